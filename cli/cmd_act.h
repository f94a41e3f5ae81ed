#ifndef CLI_CMD_ACT_H
#define CLI_CMD_ACT_H

#include "cli/command.h"

/* Acts that say little beyond what they are about: one table of them. */
int cmd_act_sign(const struct call *call);

extern const struct option cmd_act_on[];

#endif
