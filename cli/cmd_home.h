#ifndef CLI_CMD_HOME_H
#define CLI_CMD_HOME_H

#include "cli/command.h"

/* What is kept on this machine: settings, and names of one's own making. */
int cmd_home_settings(const struct call *call);
int cmd_home_use(const struct call *call);
int cmd_home_names(const struct call *call);

extern const struct option cmd_home_forget[];

#endif
