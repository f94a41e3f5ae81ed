#ifndef BALLOTS_ASSEMBLY_CONTEST_H
#define BALLOTS_ASSEMBLY_CONTEST_H

#include "ballots/assembly/proposal.h"
#include "ballots/assembly/world.h"

/*
 * A contest: proposals that rival each other, the timers they share, and the
 * question that decides between them (specs/proposals.md sections 1 to 5).
 */

/* The lead's discussion begins at now_s. */
void contest_discuss(struct world *w, struct world_contest *c, uint64_t now_s);

/* A text changed, or a rival came: discussion lasts on. */
void contest_changed(struct world *w, struct world_contest *c, uint64_t now_s);

/* A proposal was withdrawn: without any in discussion all is over. */
void contest_withdrawn(
	struct world *w, struct world_contest *c, uint64_t now_s);

/* The admission timer of proposal number is due. */
void contest_fire_admission(
	struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s);

/* The timer of contest number is due. */
void contest_fire(
	struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s);

/* The vote on holding proposal number is due to close. */
void contest_fire_hold(struct world *w, uint32_t number);

/* Enough members ask to hold p: open the vote on it. */
void contest_hold(struct world *w, struct world_proposal *p, uint64_t now_s);

/* The close of q was moved: set its timer anew. */
void contest_moved(struct world *w, const struct question *q);

/*
 * Apply the result of q, a decision or a hold, recorded at now_s as record
 * number.  q is gone afterwards, or the contest's.
 */
void contest_result(struct world *w, struct question *q, const struct tally *t,
	uint64_t record, uint64_t now_s);

#endif
