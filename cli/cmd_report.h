#ifndef CLI_CMD_REPORT_H
#define CLI_CMD_REPORT_H

#include "cli/command.h"

/*
 * What delegates tell the members: read it; and reports that stay sealed until
 * a time that is promised, and are opened then.
 */
extern const struct option cmd_report_seal_options[];

int cmd_report_list(const struct call *call);
int cmd_report_seal(const struct call *call);
int cmd_report_open(const struct call *call);

#endif
