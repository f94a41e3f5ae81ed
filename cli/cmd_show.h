#ifndef CLI_CMD_SHOW_H
#define CLI_CMD_SHOW_H

#include "cli/command.h"

/* What there is to see, and needs no key. */
int cmd_show_status(const struct call *call);
int cmd_show_sections(const struct call *call);
int cmd_show_charter(const struct call *call);
int cmd_show_offices(const struct call *call);
extern const struct option cmd_show_language[];
int cmd_show_text(const struct call *call);

#endif
