#ifndef CLI_CMD_VERIFY_H
#define CLI_CMD_VERIFY_H

#include "cli/command.h"

/*
 * What proves itself is checked by whoever has it: no daemon, no key, no
 * network.
 */
int cmd_verify_files(const struct call *call);

#endif
