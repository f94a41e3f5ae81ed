#ifndef CLI_CMD_GATHER_H
#define CLI_CMD_GATHER_H

#include "cli/command.h"

extern const struct option cmd_gather_options[];

/* The capsule of a mandate: as a file, as lines, as QR codes. */
int cmd_gather_capsule(const struct call *call);

#endif
