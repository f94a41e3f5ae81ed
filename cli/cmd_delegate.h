#ifndef CLI_CMD_DELEGATE_H
#define CLI_CMD_DELEGATE_H

#include "cli/command.h"

/* Letting others vote where one does not; taking it back is in cmd_act.h. */
int cmd_delegate_grant(const struct call *call);
int cmd_delegate_list(const struct call *call);

#endif
