#ifndef CLI_CMD_AGREEMENT_H
#define CLI_CMD_AGREEMENT_H

#include "cli/command.h"

/* Agreements: tabling one, and where they stand.  What is signed about them
 * later is in cmd_act.h. */
extern const struct option cmd_agreement_terms[], cmd_agreement_all[],
	cmd_agreement_out[];

int cmd_agreement_table(const struct call *call);
int cmd_agreement_list(const struct call *call);
int cmd_agreement_show(const struct call *call);

#endif
