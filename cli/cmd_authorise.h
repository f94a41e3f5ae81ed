#ifndef CLI_CMD_AUTHORISE_H
#define CLI_CMD_AUTHORISE_H

#include "cli/command.h"

/* A mandate is proposed: who may negotiate, with whom, about what, how long. */
extern const struct option cmd_authorise_terms[];

int cmd_authorise_propose(const struct call *call);

#endif
