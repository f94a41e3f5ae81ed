#ifndef CLI_CMD_GUARDIANS_H
#define CLI_CMD_GUARDIANS_H

#include "cli/command.h"

/* Guardians: members who together can vouch for one's new key. */
extern const struct option cmd_guardians_needed[], cmd_guardians_out[];

int cmd_guardians_set(const struct call *call);
int cmd_guardians_show(const struct call *call);
int cmd_guardians_card(const struct call *call);

#endif
