#ifndef CLI_CMD_CASE_H
#define CLI_CMD_CASE_H

#include "cli/command.h"

/* Cases, which panels drawn by lot decide. */
extern const struct option cmd_case_all[];

int cmd_case_list(const struct call *call);
int cmd_case_show(const struct call *call);

#endif
