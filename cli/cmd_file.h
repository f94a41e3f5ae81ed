#ifndef CLI_CMD_FILE_H
#define CLI_CMD_FILE_H

#include "cli/command.h"

/* File what was signed without a network, by oneself or by others. */
int cmd_file_acts(const struct call *call);

extern const struct option cmd_file_options[];

#endif
