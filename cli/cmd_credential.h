#ifndef CLI_CMD_CREDENTIAL_H
#define CLI_CMD_CREDENTIAL_H

#include "cli/command.h"

/* Credentials that strangers can check (specs/credentials.md). */

extern const struct option cmd_credential_issue_options[];

/* Sign a credential for the holder of a key, whom the ledger may know. */
int cmd_credential_issue(const struct call *call);

/* Put one's own proof on a credential that others signed. */
int cmd_credential_sign(const struct call *call);

/* Sign a status list: of the ledger, or of bits that are given. */
int cmd_credential_list(const struct call *call);

/* Answer a request with a credential of one's own. */
int cmd_credential_present(const struct call *call);

#endif
