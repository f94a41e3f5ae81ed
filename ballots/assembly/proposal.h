#ifndef BALLOTS_ASSEMBLY_PROPOSAL_H
#define BALLOTS_ASSEMBLY_PROPOSAL_H

#include <stdbool.h>
#include <stddef.h>

#include "ballots/assembly/world.h"
#include "ballots/rules/lifecycle.h"

/*
 * The phases of a proposal and the moves between them (specs/proposals.md
 * section 1 prints the same table).
 */

/* clang-format off */
#define PROPOSAL_PHASES(row) \
	row(ADMISSION) row(DISCUSSION) row(FROZEN) row(VOTING) row(EXTENDED) \
	row(COUNTING) row(DRAWING) row(COOLING) row(HELD) \
	row(IN_FORCE) row(VOIDED) row(REJECTED) row(NO_QUORUM) row(TIED) \
	row(LAPSED) row(WITHDRAWN)

#define PROPOSAL_EVENTS(row) \
	row(SPONSORED, "enough supporters") \
	row(UNSPONSORED, "timer admission, or the freeze") \
	row(WITHDRAW, "proposal.withdraw") \
	row(AMEND, "proposal.amend") \
	row(FREEZE, "timer freeze") \
	row(OPEN, "timer open, enough supporters") \
	row(UNSUPPORTED, "timer open, too few supporters") \
	row(EXTEND, "timer close, quorum reached late") \
	row(CLOSE, "timer close") \
	row(WIN, "result passed, an option of its own won") \
	row(LOSE, "result passed for others, or rejected") \
	row(MISS, "result no-quorum") \
	row(DRAW, "result tied, lots were committed") \
	row(TIE, "result tied in a run-off, no lots") \
	row(RUN_OFF, "result tied, no lots") \
	row(LOT, "timer lot") \
	row(TAKE_EFFECT, "timer effect") \
	row(HOLD, "petition to hold") \
	row(LIFT, "hold lost") \
	row(VOID, "hold upheld")
/* clang-format on */

enum proposal_phase {
#define PROPOSAL_PHASE(name) PROPOSAL_##name,
	PROPOSAL_PHASES(PROPOSAL_PHASE)
#undef PROPOSAL_PHASE
		PROPOSAL_PHASE_COUNT
};

enum proposal_event {
#define PROPOSAL_EVENT(code, name) PROPOSAL_ON_##code,
	PROPOSAL_EVENTS(PROPOSAL_EVENT)
#undef PROPOSAL_EVENT
		PROPOSAL_EVENT_COUNT
};

const char *proposal_phase_name(int phase);
const char *proposal_event_name(int event);

/* The table, of *n rows. */
const struct lifecycle_move *proposal_moves(size_t *n);

bool proposal_final(int phase);

/* True when the event leads anywhere from the phase of p. */
bool proposal_can(const struct world_proposal *p, enum proposal_event event);

/*
 * Make a move that the table allows, the new phase beginning at begins_s.
 * What is final lets go of all it no longer needs, and tells its mandate.
 */
void proposal_move(struct world *w, struct world_proposal *p,
	enum proposal_event event, uint64_t begins_s);

/* Supporters of the version in force, the proposer counted. */
uint32_t proposal_supported(const struct world_proposal *p);

struct world_contest *proposal_contest(
	const struct world *w, const struct world_proposal *p);

/* The number of p. */
uint32_t proposal_number(const struct world *w, const struct world_proposal *p);

#endif
