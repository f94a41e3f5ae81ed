#ifndef CLI_CMD_RESULT_H
#define CLI_CMD_RESULT_H

#include "cli/command.h"

extern const struct option cmd_result_options[];

/* How a vote ended. */
int cmd_result_show(const struct call *call);

#endif
