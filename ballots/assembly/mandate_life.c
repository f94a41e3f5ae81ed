#include "ballots/assembly/mandate_life.h"

#include <assert.h>

/* Words and moves ***********************************************************/

static const char *const state_names[] = {"PROPOSED", "AUTHORISED", "ACTIVE",
	"NEGOTIATING", "TENTATIVE", "RATIFYING", "MONITORING", "SUSPENDED",
	"RECALLED", "EXPIRED", "CONCLUDED", "LAPSED", "VOIDED"};
static const char *const cause_names[] = {
	"answer", "challenge", "delegates", "hold", "report", "seal"};

static const struct {
	const char *name, *guard;
} events[] = {
#define EVENT_WORDS(code, name, guard) {name, guard},
	MANDATE_EVENTS(EVENT_WORDS)
#undef EVENT_WORDS
};

#define IN(state) LIFECYCLE_IN(MANDATE_##state)
#define BOUND     (IN(TENTATIVE) | IN(RATIFYING) | IN(MONITORING))
#define LIVE      MANDATE_LIVE
#define AGREEING  (IN(TENTATIVE) | IN(RATIFYING))
#define GOING     (IN(AUTHORISED) | LIVE | IN(SUSPENDED))
#define SAME      LIFECYCLE_SAME

/* Every move a mandate can make; specs/mandates.md prints the same table. */
static const struct lifecycle_move moves[] = {
	{0, MANDATE_ON_PROPOSE, MANDATE_PROPOSED},
	{IN(PROPOSED), MANDATE_ON_IN_FORCE, MANDATE_AUTHORISED},
	{IN(PROPOSED), MANDATE_ON_ENDS, MANDATE_LAPSED},
	{GOING, MANDATE_ON_ACCEPT, SAME},
	{IN(AUTHORISED), MANDATE_ON_ACCEPT_ENOUGH, MANDATE_ACTIVE},
	{IN(AUTHORISED) | LIVE, MANDATE_ON_PUBLISH, SAME},
	{IN(AUTHORISED), MANDATE_ON_PUBLISH_ENOUGH, MANDATE_ACTIVE},
	{IN(AUTHORISED), MANDATE_ON_ACCEPTANCE_ENOUGH, MANDATE_ACTIVE},
	{IN(AUTHORISED), MANDATE_ON_ACCEPTANCE_FEW, MANDATE_LAPSED},
	{LIVE | IN(SUSPENDED), MANDATE_ON_ACCEPTANCE, SAME},
	{LIVE, MANDATE_ON_ENDORSE, SAME},
	{LIVE, MANDATE_ON_UNENDORSE, SAME},
	{IN(ACTIVE), MANDATE_ON_MEETING, MANDATE_NEGOTIATING},
	{IN(NEGOTIATING) | BOUND, MANDATE_ON_MEETING, SAME},
	{LIVE | IN(SUSPENDED), MANDATE_ON_REPORT, SAME},
	{LIVE | IN(SUSPENDED), MANDATE_ON_REPORT_SEAL, SAME},
	{LIVE | IN(SUSPENDED), MANDATE_ON_REPORT_OPEN, SAME},
	{IN(NEGOTIATING), MANDATE_ON_TENTATIVE, MANDATE_TENTATIVE},
	{IN(TENTATIVE), MANDATE_ON_BALLOT, MANDATE_RATIFYING},
	{AGREEING, MANDATE_ON_RATIFIED, MANDATE_MONITORING},
	{AGREEING, MANDATE_ON_WITHDRAWN, MANDATE_NEGOTIATING},
	{LIVE | IN(SUSPENDED), MANDATE_ON_OVERDUE, MANDATE_SUSPENDED},
	{LIVE | IN(SUSPENDED), MANDATE_ON_UNOPENED, MANDATE_SUSPENDED},
	{LIVE | IN(SUSPENDED), MANDATE_ON_UNANSWERED, MANDATE_SUSPENDED},
	{LIVE, MANDATE_ON_HOLD, SAME},
	{LIVE, MANDATE_ON_HOLD_ENOUGH, MANDATE_SUSPENDED},
	{LIVE | IN(SUSPENDED), MANDATE_ON_FEW_ACT, MANDATE_SUSPENDED},
	{IN(SUSPENDED), MANDATE_ON_CURED, MANDATE_BACK},
	{IN(SUSPENDED), MANDATE_ON_CURE, MANDATE_EXPIRED},
	{IN(RATIFYING), MANDATE_ON_REJECTED, MANDATE_NEGOTIATING},
	{IN(RATIFYING), MANDATE_ON_REJECTED_LAST, MANDATE_CONCLUDED},
	{GOING, MANDATE_ON_RECALL, SAME},
	{GOING, MANDATE_ON_RECALL_ALL, MANDATE_RECALLED},
	{IN(SUSPENDED), MANDATE_ON_HOLD_PASSED, MANDATE_RECALLED},
	{IN(SUSPENDED), MANDATE_ON_HOLD_LOST, SAME},
	{GOING, MANDATE_ON_EXPIRY, MANDATE_EXPIRED},
	{IN(ACTIVE) | IN(NEGOTIATING), MANDATE_ON_RENEW, SAME},
	{GOING, MANDATE_ON_CHALLENGE, SAME},
	{IN(AUTHORISED), MANDATE_ON_UPHELD, SAME},
	{LIVE | IN(SUSPENDED), MANDATE_ON_UPHELD, MANDATE_SUSPENDED},
	{GOING, MANDATE_ON_VOIDED, MANDATE_VOIDED},
	{IN(MONITORING), MANDATE_ON_OVER, MANDATE_CONCLUDED},
	{IN(MONITORING), MANDATE_ON_REPORT_LAST, MANDATE_CONCLUDED},
	{IN(NEGOTIATING), MANDATE_ON_CONCLUDE, SAME},
	{IN(NEGOTIATING), MANDATE_ON_CONCLUDE_ENOUGH, MANDATE_CONCLUDED},
	{GOING, MANDATE_ON_RESIGN, SAME},
	{GOING, MANDATE_ON_REPLACE, SAME},
	{IN(ACTIVE), MANDATE_ON_TAKE_OVER, MANDATE_MONITORING},
};

const char *
mandate_life_state_name(int state)
{
	assert(state >= 0 && state < MANDATE_STATES);
	return state_names[state];
}

const char *
mandate_life_cause_name(int cause)
{
	assert(cause >= 0 && cause < MANDATE_CAUSES);
	return cause_names[cause];
}

const struct lifecycle_move *
mandate_life_moves(size_t *n)
{
	*n = sizeof(moves) / sizeof(moves[0]);
	return moves;
}

const char *
mandate_life_event_name(int event)
{
	assert(event >= 0 && event < MANDATE_EVENTS_N);
	return events[event].name;
}

const char *
mandate_life_event_guard(int event)
{
	assert(event >= 0 && event < MANDATE_EVENTS_N);
	return events[event].guard;
}

bool
mandate_life_in(const struct world_mandate *m, uint32_t states)
{
	return (states & LIFECYCLE_IN(m->state)) != 0;
}

bool
mandate_life_final(const struct world_mandate *m)
{
	return !mandate_life_in(m, IN(PROPOSED) | GOING);
}

int
mandate_life_step(const struct world_mandate *m, enum mandate_event event)
{
	int to = lifecycle_step(
		moves, sizeof(moves) / sizeof(moves[0]), m->state, event);

	return to == MANDATE_BACK ? m->before : to;
}

int
mandate_life_below(const struct world_mandate *m)
{
	return m->state == MANDATE_SUSPENDED ? m->before : m->state;
}

int
mandate_life_step_below(const struct world_mandate *m, enum mandate_event event)
{
	return lifecycle_step(moves, sizeof(moves) / sizeof(moves[0]),
		mandate_life_below(m), (int)event);
}

bool
mandate_life_bound(const struct world_mandate *m)
{
	return (LIFECYCLE_IN(mandate_life_below(m)) & BOUND) != 0;
}

/* Timers ********************************************************************/

static uint64_t
expiry_due(const struct world *w, const struct world_mandate *m)
{
	(void)w;
	if (!mandate_life_in(m, GOING) || mandate_life_bound(m))
		return TIMERS_NEVER;
	return m->unbound_s > m->valid_until_s ? m->unbound_s
					       : m->valid_until_s;
}

/* Causes that delegates cannot cure: members or a panel decide. */
#define OTHERS_DECIDE                                                          \
	(LIFECYCLE_IN(MANDATE_CHALLENGE) | LIFECYCLE_IN(MANDATE_HOLD))

static uint64_t
cure_due(const struct world *w, const struct world_mandate *m)
{
	uint64_t due_s = m->since_s + w->charter.cure_s;

	if (m->state != MANDATE_SUSPENDED || (m->causes & OTHERS_DECIDE) != 0)
		return TIMERS_NEVER;
	return m->decided_s > due_s ? m->decided_s : due_s;
}

static uint64_t
acceptance_due(const struct world *w, const struct world_mandate *m)
{
	(void)w;
	return mandate_life_in(m, GOING) && !m->roles_dropped ? m->acceptance_s
							      : TIMERS_NEVER;
}

static bool
rests(const struct world_mandate *m, enum mandate_cause cause)
{
	return !mandate_life_in(m, LIVE | IN(SUSPENDED)) ||
	       (m->causes & LIFECYCLE_IN(cause)) != 0;
}

static uint64_t
report_due(const struct world *w, const struct world_mandate *m)
{
	(void)w;
	return rests(m, MANDATE_REPORT) ? TIMERS_NEVER
					: m->report_due_s + m->report_grace_s;
}

static uint64_t
seal_due(const struct world *w, const struct world_mandate *m)
{
	uint64_t due = TIMERS_NEVER;

	(void)w;
	for (uint32_t i = 0; i < m->n_seals; i++)
		if (!m->seals[i].opened && m->seals[i].opens_s < due)
			due = m->seals[i].opens_s;
	return rests(m, MANDATE_SEAL) ? TIMERS_NEVER : due;
}

/* When the next delegate's suspension ends, while too few are acting. */
static uint64_t
return_due(const struct world *w, const struct world_mandate *m)
{
	uint64_t due = TIMERS_NEVER;

	if ((m->causes & LIFECYCLE_IN(MANDATE_DELEGATES)) == 0)
		return due;
	for (uint32_t i = 0; i < m->n_delegates; i++) {
		uint64_t ends_s = roster_get(&w->roster, m->delegates[i].member)
					  ->suspended_s;

		if (ends_s > m->judged_s && ends_s < due)
			due = ends_s;
	}
	return due;
}

static uint64_t
hold_due(const struct world *w, const struct world_mandate *m)
{
	(void)w;
	return m->hold != NULL && !m->hold->counting ? m->hold->close_s
						     : TIMERS_NEVER;
}

/* In the order in which they fire at the same second. */
static uint64_t (*const timers[])(
	const struct world *w, const struct world_mandate *m) = {
	[MANDATE_EXPIRY] = expiry_due,
	[MANDATE_CURE] = cure_due,
	[MANDATE_ACCEPTANCE] = acceptance_due,
	[MANDATE_OVERDUE] = report_due,
	[MANDATE_UNOPENED] = seal_due,
	[MANDATE_RETURN] = return_due,
	[MANDATE_CLOSE] = hold_due,
};

enum mandate_timer
mandate_life_next(
	const struct world *w, const struct world_mandate *m, uint64_t *due_s)
{
	int next = 0;

	*due_s = TIMERS_NEVER;
	for (int i = 0; i < MANDATE_TIMERS; i++) {
		uint64_t due = timers[i](w, m);

		if (due < *due_s) {
			*due_s = due;
			next = i;
		}
	}
	return (enum mandate_timer)next;
}
