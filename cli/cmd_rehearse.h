#ifndef CLI_CMD_REHEARSE_H
#define CLI_CMD_REHEARSE_H

#include "cli/call.h"

/* A practice union that decides an election of a file, from end to end. */
extern const struct option cmd_rehearse_options[];

int cmd_rehearse_file(const struct call *call);

#endif
