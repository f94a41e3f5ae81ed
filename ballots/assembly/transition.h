#ifndef BALLOTS_ASSEMBLY_TRANSITION_H
#define BALLOTS_ASSEMBLY_TRANSITION_H

#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"

/*
 * The one way in which the world changes: timers fire, an act is judged, and
 * what stands is applied (specs/acts.md section 3, steps 5 to 11).
 */

/* True when some timer is due at now_s. */
bool transition_due(struct world *w, uint64_t now_s);

/* When the next timer is due; UINT64_MAX for never. */
uint64_t transition_next_s(struct world *w);

/*
 * Fire what is due before a record at now_s, up to the first question that
 * closes: w->due is then its question, and its result the next record.
 */
void transition_fire(struct world *w, uint64_t now_s);

/* Judge an act of a member, a founder to be, or the ledger. */
enum verdict transition_judge(
	const struct world *w, const struct act *a, uint64_t now_s);

/* Apply an act that was judged, as record w->size at now_s. */
void transition_apply(struct world *w, const struct act *a, uint64_t now_s);

/* In a union that was founded: what is over is forgotten from now on. */
void transition_begin(struct world *w);

/* True of what is over: it refuses acts, and none is remembered of it. */
bool transition_over(const struct world *w, struct clocks_subject s);

/* Print the result object that is due. */
void transition_result(const struct world *w, struct writer *out);

#endif
