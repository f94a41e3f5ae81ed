#ifndef BALLOTS_ASSEMBLY_AGREEMENT_LIFE_H
#define BALLOTS_ASSEMBLY_AGREEMENT_LIFE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/assembly/world.h"
#include "ballots/rules/lifecycle.h"

/*
 * The life of an agreement as tables: its states, the events that move it,
 * and its timers (specs/agreements.md section 2).  Nothing here changes one.
 */

/* clang-format off */
#define AGREEMENT_STATES(row) \
	row(OFFERED) row(TENTATIVE) row(RATIFYING) row(RATIFIED) \
	row(IN_FORCE) row(BREACH_ALLEGED) \
	row(ENDED) row(TERMINATED) row(REJECTED) row(WITHDRAWN) row(LAPSED)

/* Code, and the words of the columns Event and Guard of the specification. */
#define AGREEMENT_EVENTS(row) \
	row(PROPOSE, "`agreement.tentative`", "section 1") \
	row(SIGN, "`agreement.sign`", "–") \
	row(COUNTERSIGN, "`agreement.countersign`", "–") \
	row(SIGN_LAST, "`agreement.sign`", "all have signed") \
	row(COUNTERSIGN_LAST, "`agreement.countersign`", "all have signed") \
	row(OFFER_OVER, "timer `offer`", "–") \
	row(MANDATE_OVER, "its mandate is over", "–") \
	row(MANDATE_VOID, "its mandate is over", "VOIDED") \
	row(NEVER_VOTED, "its mandate is over", "VOIDED, no ballot ratified it") \
	row(WITHDRAW, "`agreement.withdraw`", "–") \
	row(WITHDRAW_ENOUGH, "`agreement.withdraw`", "`needed` delegates withdraw") \
	row(DECLINE, "`agreement.decline`", "–") \
	row(CHALLENGE, "`agreement.challenge`", "–") \
	row(UPHELD, "the case on it is upheld", "–") \
	row(BALLOT, "the time to challenge is over", "`ratify`, or challenged") \
	row(UNCHALLENGED, "the time to challenge is over", "neither") \
	row(RATIFY, "effect `ratify`", "–") \
	row(REJECT, "its proposal ends otherwise", "–") \
	row(BEGIN, "timer `begin`", "–") \
	row(RECEIPT, "`agreement.receipt`", "–") \
	row(BREACH, "`agreement.breach`", "–") \
	row(ENDORSE, "`agreement.endorse`", "–") \
	row(ALLEGED, "a breach is endorsed by enough", "–") \
	row(ANSWER, "`agreement.answer`", "–") \
	row(REPLY, "`agreement.reply`", "–") \
	row(UNANSWERED, "timer `answer`", "–") \
	row(END, "`agreement.end`", "–") \
	row(END_ENOUGH, "`agreement.end`", "`needed` delegates end it") \
	row(TERM_OVER, "timer `term`", "–")
/* clang-format on */

enum agreement_state {
#define AGREEMENT_STATE(name) AGREEMENT_##name,
	AGREEMENT_STATES(AGREEMENT_STATE)
#undef AGREEMENT_STATE
		AGREEMENT_STATE_COUNT
};

enum agreement_event {
#define AGREEMENT_EVENT(code, name, guard) AGREEMENT_ON_##code,
	AGREEMENT_EVENTS(AGREEMENT_EVENT)
#undef AGREEMENT_EVENT
		AGREEMENT_EVENT_COUNT
};

/* How far a breach that somebody filed has come. */
enum agreement_claim { AGREEMENT_OPEN, AGREEMENT_ALLEGED, AGREEMENT_ANSWERED };

/* Its timers, in the order in which they fire at the same second. */
enum agreement_timer {
	AGREEMENT_OFFER,
	AGREEMENT_SCOPE, /* the time to challenge */
	AGREEMENT_BEGIN,
	AGREEMENT_TERM,
	AGREEMENT_ANSWER,
	AGREEMENT_TIMERS
};

/* Sets of states: before members ratify, and while it binds. */
#define AGREEMENT_IN(state) LIFECYCLE_IN(AGREEMENT_##state)
#define AGREEMENT_EARLY                                                        \
	(AGREEMENT_IN(OFFERED) | AGREEMENT_IN(TENTATIVE) |                     \
		AGREEMENT_IN(RATIFYING))
#define AGREEMENT_BINDING                                                      \
	(AGREEMENT_IN(RATIFIED) | AGREEMENT_IN(IN_FORCE) |                     \
		AGREEMENT_IN(BREACH_ALLEGED))

/* The name in the specification: "IN_FORCE", "alleged". */
const char *agreement_life_state_name(int state);
const char *agreement_life_claim_name(int state);

/* The table of moves, of *n rows, as it stands in the specification. */
const struct lifecycle_move *agreement_life_moves(size_t *n);
const char *agreement_life_event_name(int event);
const char *agreement_life_event_guard(int event);

/* True when its state is in the set; in one that nothing leads out of. */
bool agreement_life_in(const struct world_agreement *g, uint32_t states);
bool agreement_life_final(const struct world_agreement *g);

/* The state that event leads to, or LIFECYCLE_NO. */
int agreement_life_step(
	const struct world_agreement *g, enum agreement_event event);

/*
 * The timer that fires next, and when: TIMERS_NEVER when there is none.  The
 * time to challenge rests while a case is open and while its mandate is
 * suspended.
 */
enum agreement_timer agreement_life_next(const struct world *w,
	const struct world_agreement *g, uint64_t *due_s);

#endif
