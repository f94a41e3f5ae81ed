#ifndef DAEMON_LOOP_H
#define DAEMON_LOOP_H

#include "ballots/machine/crew.h"
#include "daemon/clerk.h"
#include "daemon/endpoint.h"
#include "daemon/scrub.h"

/*
 * The daemon at work, turn after turn: gather requests, check their acts on
 * all cores, decide on one thread, commit once for all, answer.
 *
 * While the disk is flushed for one turn, the acts of the next are checked.
 * Nothing is answered before what it tells is durable.  Between turns, when
 * nobody asks, the ledger is scrubbed.
 *
 * Serves until the process is asked to stop (signals.h), stop being what
 * signals_catch() gave, and finishes the batch.  Returns 0, or -1 once
 * something went wrong that only a new start can mend.
 */
int loop_run(struct clerk *c, struct endpoint *ep, struct scrub *scrub,
	struct crew *crew, int stop);

#endif
