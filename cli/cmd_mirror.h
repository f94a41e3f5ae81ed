#ifndef CLI_CMD_MIRROR_H
#define CLI_CMD_MIRROR_H

#include "cli/call.h"

/* A copy of the ledger for everybody, from a running daemon. */
int cmd_mirror_ledger(const struct call *call);

#endif
