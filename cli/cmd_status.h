#ifndef CLI_CMD_STATUS_H
#define CLI_CMD_STATUS_H

#include "cli/command.h"

/*
 * What becomes of credentials once they are issued: status lists that follow
 * the ledger, and new ones for new keys.
 */
extern const struct option cmd_status_list_options[];
extern const struct option cmd_status_again_options[];

/* Sign a status list, as the records have it. */
int cmd_status_list(const struct call *call);

/* Issue again what was issued for, or by, keys that are no longer in force. */
int cmd_status_again(const struct call *call);

#endif
