#ifndef CLI_CMD_RECEIPT_H
#define CLI_CMD_RECEIPT_H

#include "cli/command.h"

/* Receipts that are kept in the member's folder: which, one, and whether they
 * hold. */
int cmd_receipt_list(const struct call *call);
int cmd_receipt_show(const struct call *call);
int cmd_receipt_check(const struct call *call);

#endif
