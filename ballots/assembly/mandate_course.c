#include "ballots/assembly/mandate_course.h"

#include <assert.h>

#include "ballots/assembly/mandate_acts.h"
#include "ballots/base/mem.h"

#define ACCEPTANCE_S 604800 /* from AUTHORISED on: seven days */

/* Moving ********************************************************************/

/* What is over keeps a husk; the vote on a petition goes on. */
static void
wipe(struct world_mandate *m)
{
	for (uint32_t i = 0; i < m->n_seals; i++)
		mem_free(m->seals[i].texts);
	mem_free(m->seals);
	for (uint32_t i = 0; i < m->n_publications; i++)
		mem_free(m->publications[i].proofs);
	mem_free(m->holds);
	mem_free(m->publications);
	mem_free(m->endorsers);
	world_list_clear(&m->challengers);
	m->seals = NULL;
	m->holds = NULL;
	m->publications = NULL;
	m->endorsers = NULL; /* their number stays */
	m->n_seals = m->n_holds = m->n_publications = m->n_delegates =
		m->n_concluded = 0;
	m->seals_cap = m->holds_cap = m->publications_cap = m->endorsers_cap =
		0;
	m->causes = 0;
}

static uint64_t
later(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* Its agreements, and one that it may take over, look at it afterwards. */
static void
note_move(struct world *w, struct world_mandate *m, bool bound, uint64_t at_s)
{
	if (bound && !mandate_life_bound(m))
		m->unbound_s = at_s;
	if (m->moved || (m->agreements.n == 0 && m->takes_over == IDMAP_NONE))
		return;
	m->moved = true;
	world_list_add(&w->moved, m->number);
}

/* Begin the state to at at_s. */
static void
enter(struct world *w, struct world_mandate *m, int to, uint64_t at_s)
{
	bool bound = mandate_life_bound(m);
	int from = m->state;

	if (to == from)
		return;
	if (to == MANDATE_SUSPENDED)
		m->before = from;
	m->state = to;
	m->since_s = at_s;
	if (to == MANDATE_AUTHORISED)
		m->acceptance_s = at_s + ACCEPTANCE_S;
	if (from == MANDATE_AUTHORISED && to == MANDATE_ACTIVE)
		m->report_due_s =
			later(at_s, m->valid_from_s) + m->report_every_s;
	if (mandate_life_final(m))
		wipe(m);
	else if (from == MANDATE_SUSPENDED && m->report_due_s < at_s)
		m->report_due_s = at_s + m->report_every_s;
	note_move(w, m, bound, at_s);
}

void
mandate_course_move(struct world *w, struct world_mandate *m,
	enum mandate_event event, uint64_t at_s)
{
	int to = mandate_life_step(m, event);

	assert(to != LIFECYCLE_NO);
	enter(w, m, to, at_s);
}

void
mandate_course_move_below(struct world *w, struct world_mandate *m,
	enum mandate_event event, uint64_t at_s)
{
	struct world_mandate left = {
		.state = mandate_life_step_below(m, event)};
	bool bound = mandate_life_bound(m);

	assert(left.state != LIFECYCLE_NO);
	if (m->state != MANDATE_SUSPENDED || mandate_life_final(&left)) {
		enter(w, m, left.state, at_s);
		return;
	}
	m->before = left.state;
	note_move(w, m, bound, at_s);
}

/* Timers ********************************************************************/

static void
fire_expiry(struct world *w, struct world_mandate *m, uint64_t at_s)
{
	mandate_course_move(w, m, MANDATE_ON_EXPIRY, at_s);
}

static void
fire_cure(struct world *w, struct world_mandate *m, uint64_t at_s)
{
	mandate_course_move(w, m, MANDATE_ON_CURE, at_s);
}

uint32_t
mandate_course_accepted(const struct world_mandate *m)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < m->n_delegates; i++)
		n += m->delegates[i].accepted;
	return n;
}

static void
fire_acceptance(struct world *w, struct world_mandate *m, uint64_t at_s)
{
	for (uint32_t i = m->n_delegates; i > 0; i--)
		if (!m->delegates[i - 1].accepted)
			mandate_acts_drop(m, i - 1);
	m->roles_dropped = true;
	if (m->state != MANDATE_AUTHORISED)
		mandate_course_move(w, m, MANDATE_ON_ACCEPTANCE, at_s);
	else if (m->n_delegates >= m->needed)
		mandate_course_move(w, m, MANDATE_ON_ACCEPTANCE_ENOUGH, at_s);
	else
		mandate_course_move(w, m, MANDATE_ON_ACCEPTANCE_FEW, at_s);
}

static void
fire_report(struct world *w, struct world_mandate *m, uint64_t at_s)
{
	m->causes |= LIFECYCLE_IN(MANDATE_REPORT);
	mandate_course_move(w, m, MANDATE_ON_OVERDUE, at_s);
}

static void
fire_seal(struct world *w, struct world_mandate *m, uint64_t at_s)
{
	m->causes |= LIFECYCLE_IN(MANDATE_SEAL);
	mandate_course_move(w, m, MANDATE_ON_UNOPENED, at_s);
}

/* Settling looks at who is acting. */
static void
fire_return(struct world *w, struct world_mandate *m, uint64_t at_s)
{
	(void)w;
	(void)m;
	(void)at_s;
}

static void
fire_hold(struct world *w, struct world_mandate *m, uint64_t at_s)
{
	(void)at_s;
	m->hold->counting = true;
	w->due = m->hold;
}

static void (*const fire[])(
	struct world *w, struct world_mandate *m, uint64_t at_s) = {
	[MANDATE_EXPIRY] = fire_expiry,
	[MANDATE_CURE] = fire_cure,
	[MANDATE_ACCEPTANCE] = fire_acceptance,
	[MANDATE_OVERDUE] = fire_report,
	[MANDATE_UNOPENED] = fire_seal,
	[MANDATE_RETURN] = fire_return,
	[MANDATE_CLOSE] = fire_hold,
};

/* After each change *********************************************************/

void
mandate_course_settle(struct world *w, struct world_mandate *m, uint64_t at_s)
{
	uint32_t acting = 0;
	uint64_t due_s;

	m->judged_s = later(m->judged_s, at_s);
	for (uint32_t i = 0; i < m->n_delegates; i++)
		acting += mandate_acts_acting(w, &m->delegates[i], m->judged_s);
	if (mandate_life_in(m, MANDATE_LIVED) && acting < m->needed) {
		m->causes |= LIFECYCLE_IN(MANDATE_DELEGATES);
		mandate_course_move(w, m, MANDATE_ON_FEW_ACT, at_s);
	} else {
		m->causes &= ~LIFECYCLE_IN(MANDATE_DELEGATES);
	}
	if (mandate_life_in(m, MANDATE_LIVE) &&
		(m->causes & LIFECYCLE_IN(MANDATE_CHALLENGE)) != 0)
		mandate_course_move(w, m, MANDATE_ON_UPHELD, at_s);
	if (m->state == MANDATE_SUSPENDED && m->causes == 0)
		mandate_course_move(w, m, MANDATE_ON_CURED, at_s);
	mandate_life_next(w, m, &due_s);
	if (due_s == m->due_s)
		return;
	m->due_s = due_s;
	timers_set(&w->timers, TIMERS_MANDATE, m->number, due_s);
}

void
mandate_course_fire(
	struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s)
{
	struct world_mandate *m = w->mandates[number];
	uint64_t at_s = world_begins(due_s, now_s), next_s;
	enum mandate_timer next = mandate_life_next(w, m, &next_s);

	m->due_s = TIMERS_NEVER;
	if (next_s <= due_s) /* the close of a vote may have moved */
		fire[next](w, m, at_s);
	else
		at_s = m->judged_s;
	mandate_course_settle(w, m, at_s);
}
