#ifndef CLI_CMD_COUNTERPARTY_H
#define CLI_CMD_COUNTERPARTY_H

#include "cli/command.h"

/* For those with whom a union agrees, who are no members: the key they sign
 * with.  What they sign is in cmd_act.h. */
int cmd_counterparty_key(const struct call *call);

#endif
