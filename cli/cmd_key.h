#ifndef CLI_CMD_KEY_H
#define CLI_CMD_KEY_H

#include "cli/command.h"

/* A member's own keys: to make them, keep them safe and bring them back. */
int cmd_key_new(const struct call *call);
int cmd_key_show(const struct call *call);
int cmd_key_passphrase(const struct call *call);
int cmd_key_paper(const struct call *call);
int cmd_key_restore(const struct call *call);

#endif
