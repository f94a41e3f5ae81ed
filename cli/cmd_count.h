#ifndef CLI_CMD_COUNT_H
#define CLI_CMD_COUNT_H

#include "cli/command.h"

/* Counting a file of ballots; needs no union. */
extern const struct option cmd_count_options[];

int cmd_count_file(const struct call *call);

#endif
