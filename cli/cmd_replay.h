#ifndef CLI_CMD_REPLAY_H
#define CLI_CMD_REPLAY_H

#include "cli/call.h"
#include "cli/replica.h"

/* The auditor's commands: see "union help replay". */
extern const struct option cmd_replay_options[];

int cmd_replay_ledger(const struct call *call);

/* For others who replay: tell what came of it, with no findings or some. */
void cmd_replay_tell(struct output *out, const struct replica *r);

#endif
