#ifndef CLI_CMD_RECOVER_H
#define CLI_CMD_RECOVER_H

#include "cli/command.h"

/* A membership comes to a new key, once others vouch for it.  Objecting to it
 * is in cmd_act.h. */
extern const struct option cmd_recover_options[], cmd_recover_all[];

int cmd_recover_ask(const struct call *call);
int cmd_recover_vouch(const struct call *call);
int cmd_recover_list(const struct call *call);

#endif
