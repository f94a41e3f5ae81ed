#ifndef CLI_CMD_REPLAY_H
#define CLI_CMD_REPLAY_H

#include "cli/call.h"
#include "cli/replica.h"

/* The auditor's commands: see "union help replay". */
extern const struct option cmd_replay_options[];

int cmd_replay_ledger(const struct call *call);

/*
 * Replay the export in the directory path as the options say, and tell what
 * came of it; -1 also where there are findings.  r is zeroed; given back with
 * replica_clear(), also after -1.
 */
int cmd_replay_export(
	const struct call *call, const char *path, struct replica *r);

/* For others who replay: tell what came of it, with no findings or some. */
void cmd_replay_tell(struct output *out, const struct replica *r);

#endif
