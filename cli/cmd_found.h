#ifndef CLI_CMD_FOUND_H
#define CLI_CMD_FOUND_H

#include "cli/command.h"

/* A union begins: the founding file, and a rehearsal's clock. */
int cmd_found_union(const struct call *call);
int cmd_found_advance(const struct call *call);

extern const struct option cmd_found_options[];

#endif
