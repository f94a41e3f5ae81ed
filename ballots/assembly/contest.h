#ifndef BALLOTS_ASSEMBLY_CONTEST_H
#define BALLOTS_ASSEMBLY_CONTEST_H

#include "ballots/assembly/proposal.h"
#include "ballots/assembly/world.h"

/*
 * A contest: proposals that rival each other, the timers they share, and the
 * question that decides between them (specs/proposals.md sections 1 to 3).
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

/* Proposal number i of the contest, the lead first. */
struct world_proposal *contest_proposal(
	const struct world *w, const struct world_contest *c, uint32_t i);

/* Its next timer is due then; TIMERS_NEVER for none. */
void contest_arm(struct world *w, struct world_contest *c, uint64_t due_s);

/* Put n options to the vote for so many seats, from begins_s on. */
void contest_ask(struct world *w, struct world_contest *c,
	const struct question_option *options, uint32_t n, uint32_t seats,
	uint64_t begins_s);

/* All that waits in COOLING comes into force. */
void contest_take_effect(
	struct world *w, struct world_contest *c, uint64_t begins_s);

/* What won comes into force by that event. */
void contest_enact(struct world *w, struct world_proposal *p,
	enum proposal_event event, uint64_t begins_s);

#endif
