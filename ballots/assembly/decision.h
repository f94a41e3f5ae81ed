#ifndef BALLOTS_ASSEMBLY_DECISION_H
#define BALLOTS_ASSEMBLY_DECISION_H

#include "ballots/assembly/world.h"
#include "ballots/rules/tally.h"

/*
 * What a result does: who won, what ended, and what a tie leads to, a lot or
 * a run-off (specs/proposals.md sections 5 and 8).
 */

/*
 * Apply the result of q, a decision or a hold, recorded at now_s as record
 * number.  q is gone afterwards, or the contest's.
 */
void decision_result(struct world *w, struct question *q, const struct tally *t,
	uint64_t record, uint64_t now_s);

#endif
