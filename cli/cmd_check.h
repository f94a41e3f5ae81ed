#ifndef CLI_CMD_CHECK_H
#define CLI_CMD_CHECK_H

#include "cli/command.h"

/* What strangers check, with no daemon, no key and no network. */

extern const struct option cmd_check_options[];

/* A credential, or the answer to a request. */
int cmd_check_credential(const struct call *call);

#endif
