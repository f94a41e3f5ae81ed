#ifndef CLI_CMD_PROPOSE_H
#define CLI_CMD_PROPOSE_H

#include "cli/command.h"

/* What members want decided: a proposal, another version of it. */
int cmd_propose_open(const struct call *call);
int cmd_propose_amend(const struct call *call);

extern const struct option cmd_propose_options[];

#endif
