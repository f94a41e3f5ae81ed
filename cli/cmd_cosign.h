#ifndef CLI_CMD_COSIGN_H
#define CLI_CMD_COSIGN_H

#include "cli/call.h"

/*
 * A witness vouches for a checkpoint after replaying what it stands for: one
 * line more in EXPORT/checkpoint (cosignature/v1), by the key of a folder of
 * its own.
 */
extern const struct option cmd_cosign_options[];

int cmd_cosign_export(const struct call *call);

#endif
