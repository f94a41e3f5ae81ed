#ifndef CLI_CMD_ISSUE_H
#define CLI_CMD_ISSUE_H

#include "ballots/record/credential.h"
#include "cli/command.h"

extern const struct option cmd_issue_options[];

/* Issue a credential of the union's own for a member or gateway of the ledger.
 */
int cmd_issue_known(const struct call *call, enum credential_type type);

#endif
