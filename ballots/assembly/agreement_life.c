#include "ballots/assembly/agreement_life.h"

#include <assert.h>

#include "ballots/assembly/mandate_life.h"

/* Words and moves ***********************************************************/

static const char *const state_names[] = {
#define STATE_NAME(name) #name,
	AGREEMENT_STATES(STATE_NAME)
#undef STATE_NAME
};

static const struct {
	const char *name, *guard;
} events[] = {
#define EVENT_WORDS(code, name, guard) {name, guard},
	AGREEMENT_EVENTS(EVENT_WORDS)
#undef EVENT_WORDS
};

#define IN(state) AGREEMENT_IN(state)
#define ON(event) AGREEMENT_ON_##event
#define EARLY     AGREEMENT_EARLY
#define BINDING   AGREEMENT_BINDING
#define BOUND     (IN(IN_FORCE) | IN(BREACH_ALLEGED))
#define SAME      LIFECYCLE_SAME

/* Every move it can make; specs/agreements.md prints the same table. */
static const struct lifecycle_move moves[] = {
	{0, ON(PROPOSE), AGREEMENT_OFFERED},
	{IN(OFFERED), ON(SIGN), SAME},
	{IN(OFFERED), ON(COUNTERSIGN), SAME},
	{IN(OFFERED), ON(SIGN_LAST), AGREEMENT_TENTATIVE},
	{IN(OFFERED), ON(COUNTERSIGN_LAST), AGREEMENT_TENTATIVE},
	{IN(OFFERED), ON(OFFER_OVER), AGREEMENT_LAPSED},
	{IN(OFFERED) | IN(TENTATIVE), ON(MANDATE_OVER), AGREEMENT_LAPSED},
	{EARLY, ON(MANDATE_VOID), AGREEMENT_LAPSED},
	{BINDING, ON(NEVER_VOTED), AGREEMENT_TERMINATED},
	{EARLY, ON(WITHDRAW), SAME},
	{EARLY, ON(WITHDRAW_ENOUGH), AGREEMENT_WITHDRAWN},
	{EARLY, ON(DECLINE), AGREEMENT_WITHDRAWN},
	{IN(TENTATIVE), ON(CHALLENGE), SAME},
	{IN(TENTATIVE), ON(UPHELD), AGREEMENT_WITHDRAWN},
	{IN(TENTATIVE), ON(BALLOT), AGREEMENT_RATIFYING},
	{IN(TENTATIVE), ON(UNCHALLENGED), AGREEMENT_RATIFIED},
	{IN(RATIFYING), ON(RATIFY), AGREEMENT_RATIFIED},
	{IN(RATIFYING), ON(REJECT), AGREEMENT_REJECTED},
	{IN(RATIFIED), ON(BEGIN), AGREEMENT_IN_FORCE},
	{BINDING, ON(RECEIPT), SAME},
	{BOUND, ON(BREACH), SAME},
	{BOUND, ON(ENDORSE), SAME},
	{IN(IN_FORCE), ON(ALLEGED), AGREEMENT_BREACH_ALLEGED},
	{IN(BREACH_ALLEGED), ON(ANSWER), AGREEMENT_IN_FORCE},
	{BOUND, ON(REPLY), SAME},
	{IN(BREACH_ALLEGED), ON(UNANSWERED), SAME},
	{BINDING, ON(END), SAME},
	{BINDING, ON(END_ENOUGH), AGREEMENT_TERMINATED},
	{BINDING, ON(DECLINE), AGREEMENT_TERMINATED},
	{BINDING, ON(TERM_OVER), AGREEMENT_ENDED},
};

const char *
agreement_life_state_name(int state)
{
	assert(state >= 0 && state < AGREEMENT_STATE_COUNT);
	return state_names[state];
}

const char *
agreement_life_claim_name(int state)
{
	static const char *const names[] = {"open", "alleged", "answered"};

	assert(state >= 0 && state <= AGREEMENT_ANSWERED);
	return names[state];
}

const struct lifecycle_move *
agreement_life_moves(size_t *n)
{
	*n = sizeof(moves) / sizeof(moves[0]);
	return moves;
}

const char *
agreement_life_event_name(int event)
{
	assert(event >= 0 && event < AGREEMENT_EVENT_COUNT);
	return events[event].name;
}

const char *
agreement_life_event_guard(int event)
{
	assert(event >= 0 && event < AGREEMENT_EVENT_COUNT);
	return events[event].guard;
}

bool
agreement_life_in(const struct world_agreement *g, uint32_t states)
{
	return (states & LIFECYCLE_IN(g->state)) != 0;
}

bool
agreement_life_final(const struct world_agreement *g)
{
	return !agreement_life_in(g, EARLY | BINDING);
}

int
agreement_life_step(const struct world_agreement *g, enum agreement_event event)
{
	return lifecycle_step(
		moves, sizeof(moves) / sizeof(moves[0]), g->state, (int)event);
}

/* Timers ********************************************************************/

static uint64_t
later(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static uint64_t
offer_due(const struct world *w, const struct world_agreement *g)
{
	(void)w;
	return g->state == AGREEMENT_OFFERED ? g->timer_s : TIMERS_NEVER;
}

static uint64_t
scope_due(const struct world *w, const struct world_agreement *g)
{
	return g->state == AGREEMENT_TENTATIVE && !g->disputed &&
			       w->mandates[g->mandate]->state ==
				       MANDATE_TENTATIVE
		       ? g->timer_s
		       : TIMERS_NEVER;
}

static uint64_t
begin_due(const struct world *w, const struct world_agreement *g)
{
	(void)w;
	return g->state == AGREEMENT_RATIFIED
		       ? later(g->valid_from_s, g->since_s)
		       : TIMERS_NEVER;
}

static uint64_t
term_due(const struct world *w, const struct world_agreement *g)
{
	(void)w;
	return agreement_life_in(g, BINDING)
		       ? later(g->valid_until_s, g->ratified_s)
		       : TIMERS_NEVER;
}

static uint64_t
answer_due(const struct world *w, const struct world_agreement *g)
{
	(void)w;
	return g->state == AGREEMENT_BREACH_ALLEGED && !g->overdue
		       ? g->timer_s
		       : TIMERS_NEVER;
}

/* In the order in which they fire at the same second. */
static uint64_t (*const timers[])(
	const struct world *w, const struct world_agreement *g) = {
	[AGREEMENT_OFFER] = offer_due,
	[AGREEMENT_SCOPE] = scope_due,
	[AGREEMENT_BEGIN] = begin_due,
	[AGREEMENT_TERM] = term_due,
	[AGREEMENT_ANSWER] = answer_due,
};

enum agreement_timer
agreement_life_next(
	const struct world *w, const struct world_agreement *g, uint64_t *due_s)
{
	int next = 0;

	*due_s = TIMERS_NEVER;
	for (int i = 0; i < AGREEMENT_TIMERS; i++) {
		uint64_t due = timers[i](w, g);

		if (due < *due_s) {
			*due_s = due;
			next = i;
		}
	}
	return (enum agreement_timer)next;
}
