#ifndef CLI_CMD_WATCH_H
#define CLI_CMD_WATCH_H

#include "cli/command.h"

/* What happens in a union, as it happens. */
extern const struct option cmd_watch_options[];

int cmd_watch_records(const struct call *call);

#endif
