#ifndef CLI_CMD_TRUST_H
#define CLI_CMD_TRUST_H

#include "cli/command.h"

extern const struct option cmd_trust_options[];

/* Whom to believe, as a text to be handed out on paper. */
int cmd_trust_show(const struct call *call);

#endif
