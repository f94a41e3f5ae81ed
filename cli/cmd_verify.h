#ifndef CLI_CMD_VERIFY_H
#define CLI_CMD_VERIFY_H

#include "cli/command.h"

/* Proofs checked without a network: verify FILE...; receipt list, show, check.
 */
extern const struct option cmd_verify_options[];

int cmd_verify_files(const struct call *call);
int cmd_verify_receipts(const struct call *call);
int cmd_verify_show(const struct call *call);
int cmd_verify_kept(const struct call *call);

#endif
