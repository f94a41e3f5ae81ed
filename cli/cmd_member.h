#ifndef CLI_CMD_MEMBER_H
#define CLI_CMD_MEMBER_H

#include "cli/command.h"

/* Members: applying, admitting, a new key, and who there is. */
int cmd_member_join(const struct call *call);
int cmd_member_admit(const struct call *call);
int cmd_member_rotate(const struct call *call);
int cmd_member_list(const struct call *call);
int cmd_member_show(const struct call *call);

extern const struct option cmd_member_join_options[];

#endif
