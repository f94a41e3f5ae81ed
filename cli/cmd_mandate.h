#ifndef CLI_CMD_MANDATE_H
#define CLI_CMD_MANDATE_H

#include "cli/command.h"

/* Mandates: what delegates may do, and where that stands. */
extern const struct option cmd_mandate_all[];

int cmd_mandate_list(const struct call *call);
int cmd_mandate_show(const struct call *call);

#endif
