#ifndef CLI_CMD_PROPOSAL_H
#define CLI_CMD_PROPOSAL_H

#include "cli/command.h"

/* Proposals as they stand. */
int cmd_proposal_list(const struct call *call);
int cmd_proposal_show(const struct call *call);

extern const struct option cmd_proposal_all[];

#endif
