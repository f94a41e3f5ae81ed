#ifndef BALLOTS_ASSEMBLY_MANDATE_LIFE_H
#define BALLOTS_ASSEMBLY_MANDATE_LIFE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/assembly/world.h"
#include "ballots/rules/lifecycle.h"

/*
 * The life of a mandate as tables: its states, the events that move it, and
 * its timers (specs/mandates.md section 2).  Nothing here changes a mandate.
 */
enum mandate_state {
	MANDATE_PROPOSED,
	MANDATE_AUTHORISED,
	MANDATE_ACTIVE,
	MANDATE_NEGOTIATING,
	MANDATE_TENTATIVE,
	MANDATE_RATIFYING,
	MANDATE_MONITORING,
	MANDATE_SUSPENDED,
	MANDATE_RECALLED,
	MANDATE_EXPIRED,
	MANDATE_CONCLUDED,
	MANDATE_LAPSED,
	MANDATE_VOIDED,
	MANDATE_STATES
};

/* Why a mandate is suspended. */
enum mandate_cause {
	MANDATE_ANSWER,    /* a breach of its agreement not answered */
	MANDATE_CHALLENGE, /* a panel holds it void, an appeal is open */
	MANDATE_DELEGATES, /* too few are acting */
	MANDATE_HOLD,      /* a vote on it is open */
	MANDATE_REPORT,    /* overdue */
	MANDATE_SEAL,      /* not opened in time */
	MANDATE_CAUSES
};

/*
 * What can happen to a mandate: code, and the words of the columns Event and
 * Guard of the specification.  An act that is the one too many for a state is
 * an event of its own.
 */
/* clang-format off */
#define MANDATE_EVENTS(row) \
	row(PROPOSE, "`mandate.propose`", "section 1") \
	row(IN_FORCE, "its proposal comes IN_FORCE", "–") \
	row(ENDS, "its proposal ends otherwise", "–") \
	row(ACCEPT, "`mandate.accept`", "–") \
	row(ACCEPT_ENOUGH, "`mandate.accept`", "`needed` accepted, enough published") \
	row(PUBLISH, "`mandate.publish`", "–") \
	row(PUBLISH_ENOUGH, "`mandate.publish`", "`needed` accepted, enough published") \
	row(ACCEPTANCE, "timer `acceptance`", "–") \
	row(ACCEPTANCE_ENOUGH, "timer `acceptance`", "at least `needed` accepted") \
	row(ACCEPTANCE_FEW, "timer `acceptance`", "fewer accepted") \
	row(ENDORSE, "`mandate.endorse`", "–") \
	row(UNENDORSE, "`mandate.unendorse`", "–") \
	row(MEETING, "`mandate.meeting`", "–") \
	row(REPORT, "`mandate.report`", "–") \
	row(REPORT_SEAL, "`mandate.report.seal`", "–") \
	row(REPORT_OPEN, "`mandate.report.open`", "–") \
	row(TENTATIVE, "an agreement of it becomes TENTATIVE", "–") \
	row(BALLOT, "the ballot on its agreement opens", "–") \
	row(RATIFIED, "its agreement is RATIFIED", "–") \
	row(WITHDRAWN, "its agreement is WITHDRAWN", "–") \
	row(OVERDUE, "timer `report`", "–") \
	row(UNOPENED, "timer `seal`", "–") \
	row(UNANSWERED, "timer `answer` of its agreement", "–") \
	row(HOLD, "`mandate.hold`", "–") \
	row(HOLD_ENOUGH, "`mandate.hold`", "petition reaches the number needed") \
	row(FEW_ACT, "fewer than `needed` delegates are acting", "–") \
	row(CURED, "no cause is left", "–") \
	row(CURE, "timer `cure`", "–") \
	row(REJECTED, "its agreement is REJECTED", "–") \
	row(REJECTED_LAST, "its agreement is REJECTED", "for the last time") \
	row(RECALL, "effect `recall`", "–") \
	row(RECALL_ALL, "effect `recall`", "nobody left") \
	row(HOLD_LOST, "`result` on the hold: anything else", "–") \
	row(HOLD_PASSED, "`result` on the hold: passed", "–") \
	row(EXPIRY, "timer `expiry`", "–") \
	row(RENEW, "effect `renew`", "–") \
	row(CHALLENGE, "`mandate.challenge`", "–") \
	row(UPHELD, "the case on it is upheld", "an appeal is open") \
	row(VOIDED, "the case on it is upheld", "for good") \
	row(OVER, "its agreement is over", "final report filed") \
	row(REPORT_LAST, "`mandate.report`", "final report filed, agreement over") \
	row(CONCLUDE, "`mandate.conclude`", "–") \
	row(CONCLUDE_ENOUGH, "`mandate.conclude`", "`needed` delegates concluded") \
	row(RESIGN, "`mandate.resign`", "–") \
	row(REPLACE, "effect `replace`", "–") \
	row(TAKE_OVER, "it takes over an agreement", "–")
/* clang-format on */

enum mandate_event {
#define MANDATE_EVENT_CODE(code, name, guard) MANDATE_ON_##code,
	MANDATE_EVENTS(MANDATE_EVENT_CODE)
#undef MANDATE_EVENT_CODE
		MANDATE_EVENTS_N
};

/* Sets of states: LIVE, and after AUTHORISED but not over. */
#define MANDATE_LIVE                                                           \
	(LIFECYCLE_IN(MANDATE_ACTIVE) | LIFECYCLE_IN(MANDATE_NEGOTIATING) |    \
		LIFECYCLE_IN(MANDATE_TENTATIVE) |                              \
		LIFECYCLE_IN(MANDATE_RATIFYING) |                              \
		LIFECYCLE_IN(MANDATE_MONITORING))
#define MANDATE_LIVED (MANDATE_LIVE | LIFECYCLE_IN(MANDATE_SUSPENDED))

/* Its timers, in the order in which they fire at the same second. */
enum mandate_timer {
	MANDATE_EXPIRY,
	MANDATE_CURE,
	MANDATE_ACCEPTANCE,
	MANDATE_OVERDUE,  /* report */
	MANDATE_UNOPENED, /* seal */
	MANDATE_RETURN,   /* a delegate's suspension ends */
	MANDATE_CLOSE,    /* of the vote on a petition */
	MANDATE_TIMERS
};

/* The name in the specification: "PROPOSED", "delegates". */
const char *mandate_life_state_name(int state);
const char *mandate_life_cause_name(int cause);

/*
 * The table of moves, as it stands in the specification.  A move to
 * MANDATE_BACK leads to the state that the mandate left when it was suspended.
 */
#define MANDATE_BACK (-3)

const struct lifecycle_move *mandate_life_moves(size_t *n);
const char *mandate_life_event_name(int event);
const char *mandate_life_event_guard(int event);

/* True when the state is in the set; in one that nothing leads out of. */
bool mandate_life_in(const struct world_mandate *m, uint32_t states);
bool mandate_life_final(const struct world_mandate *m);

/* The state that event leads to, or LIFECYCLE_NO. */
int mandate_life_step(const struct world_mandate *m, enum mandate_event event);

/*
 * The same for the rows on agreements, which happen to the state that a
 * suspended mandate left; and that state, or the one it is in.
 */
int mandate_life_step_below(
	const struct world_mandate *m, enum mandate_event event);
int mandate_life_below(const struct world_mandate *m);

/* True while its end waits for that of an agreement: expiry rests. */
bool mandate_life_bound(const struct world_mandate *m);

/* The timer that fires next, and when: TIMERS_NEVER when there is none. */
enum mandate_timer mandate_life_next(
	const struct world *w, const struct world_mandate *m, uint64_t *due_s);

#endif
