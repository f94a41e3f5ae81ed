#ifndef CLI_CMD_PUBLISH_H
#define CLI_CMD_PUBLISH_H

#include "cli/command.h"

/*
 * A steward publishes a mandate: signs, for each delegate who accepted, the
 * credential that strangers can check (specs/capsule.md section 2).
 */
int cmd_publish_mandate(const struct call *call);

#endif
