#ifndef CLI_CMD_HELP_H
#define CLI_CMD_HELP_H

#include "cli/command.h"

/* Help, version and completion: all printed from the table. */
int cmd_help_list(const struct call *call);
int cmd_help_version(const struct call *call);
int cmd_help_completion(const struct call *call);

extern const struct option cmd_help_options[];

/* What --help answers for one command. */
int cmd_help_of(const struct call *call, const struct command *c);

#endif
