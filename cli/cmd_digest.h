#ifndef CLI_CMD_DIGEST_H
#define CLI_CMD_DIGEST_H

#include "cli/command.h"

/*
 * Where a union stands, on one page: small enough to read aloud, to print, or
 * to photograph, so that members without a network can compare and decide.
 */
extern const struct option cmd_digest_options[];

int cmd_digest_show(const struct call *call);

#endif
