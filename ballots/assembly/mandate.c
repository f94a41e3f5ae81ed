#include "ballots/assembly/mandate.h"

#include <assert.h>
#include <string.h>

#include "ballots/assembly/mandate_acts.h"
#include "ballots/base/mem.h"
#include "ballots/count/methods.h"

#define ACCEPTANCE_S 604800 /* from AUTHORISED on: seven days */
#define SUSPENDABLE                                                            \
	(LIFECYCLE_IN(MANDATE_ACTIVE) | LIFECYCLE_IN(MANDATE_NEGOTIATING) |    \
		LIFECYCLE_IN(MANDATE_SUSPENDED))

/* Moving ********************************************************************/

static bool
allows(const struct world_mandate *m, enum mandate_event event)
{
	return mandate_life_step(m, event) != LIFECYCLE_NO;
}

const struct world_mandate *
mandate_find(const struct world *w, const uint8_t id[static 32])
{
	uint32_t number = idmap_get(&w->mandate_ids, id);

	return number == IDMAP_NONE ? NULL : w->mandates[number];
}

/* What is over keeps a husk; the vote on a petition goes on. */
static void
wipe(struct world_mandate *m)
{
	for (uint32_t i = 0; i < m->n_seals; i++)
		mem_free(m->seals[i].texts);
	mem_free(m->seals);
	mem_free(m->holds);
	mem_free(m->published);
	mem_free(m->endorsers);
	m->seals = NULL;
	m->holds = NULL;
	m->published = NULL;
	m->endorsers = NULL; /* their number stays */
	m->n_seals = m->n_holds = m->n_published = m->n_delegates =
		m->n_concluded = 0;
	m->seals_cap = m->holds_cap = m->published_cap = m->endorsers_cap = 0;
	m->causes = 0;
}

static uint64_t
later(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* Begin the state to at at_s. */
static void
enter(struct world *w, struct world_mandate *m, int to, uint64_t at_s)
{
	int from = m->state;

	(void)w;
	if (to == from)
		return;
	m->state = to;
	m->since_s = at_s;
	if (to == MANDATE_AUTHORISED)
		m->acceptance_s = at_s + ACCEPTANCE_S;
	if (from == MANDATE_AUTHORISED && to == MANDATE_ACTIVE)
		m->report_due_s =
			later(at_s, m->valid_from_s) + m->report_every_s;
	if (to == MANDATE_SUSPENDED)
		m->before = from;
	if (mandate_life_final(m))
		wipe(m);
	else if (from == MANDATE_SUSPENDED && m->report_due_s < at_s)
		m->report_due_s = at_s + m->report_every_s;
}

static void
move(struct world *w, struct world_mandate *m, enum mandate_event event,
	uint64_t at_s)
{
	int to = mandate_life_step(m, event);

	assert(to != LIFECYCLE_NO);
	enter(w, m, to, at_s);
}

/* Timers ********************************************************************/

static void
fire_expiry(struct world *w, struct world_mandate *m, uint64_t at_s)
{
	move(w, m, MANDATE_ON_EXPIRY, at_s);
}

static void
fire_cure(struct world *w, struct world_mandate *m, uint64_t at_s)
{
	move(w, m, MANDATE_ON_CURE, at_s);
}

static uint32_t
count_accepted(const struct world_mandate *m)
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
		move(w, m, MANDATE_ON_ACCEPTANCE, at_s);
	else if (m->n_delegates >= m->needed)
		move(w, m, MANDATE_ON_ACCEPTANCE_ENOUGH, at_s);
	else
		move(w, m, MANDATE_ON_ACCEPTANCE_FEW, at_s);
}

static void
fire_report(struct world *w, struct world_mandate *m, uint64_t at_s)
{
	m->causes |= LIFECYCLE_IN(MANDATE_REPORT);
	move(w, m, MANDATE_ON_OVERDUE, at_s);
}

static void
fire_seal(struct world *w, struct world_mandate *m, uint64_t at_s)
{
	m->causes |= LIFECYCLE_IN(MANDATE_SEAL);
	move(w, m, MANDATE_ON_UNOPENED, at_s);
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

static void
settle(struct world *w, struct world_mandate *m, uint64_t at_s)
{
	uint32_t acting = 0;
	uint64_t due_s;

	m->judged_s = later(m->judged_s, at_s);
	for (uint32_t i = 0; i < m->n_delegates; i++)
		acting += mandate_acts_acting(w, &m->delegates[i], m->judged_s);
	if (mandate_life_in(m, SUSPENDABLE) && acting < m->needed) {
		m->causes |= LIFECYCLE_IN(MANDATE_DELEGATES);
		move(w, m, MANDATE_ON_FEW_ACT, at_s);
	} else {
		m->causes &= ~LIFECYCLE_IN(MANDATE_DELEGATES);
	}
	if (m->state == MANDATE_SUSPENDED && m->causes == 0)
		move(w, m, MANDATE_ON_CURED, at_s);
	mandate_life_next(w, m, &due_s);
	if (due_s == m->due_s)
		return;
	m->due_s = due_s;
	timers_set(&w->timers, TIMERS_MANDATE, m->number, due_s);
}

void
mandate_fire(struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s)
{
	struct world_mandate *m = w->mandates[number];
	uint64_t at_s = world_begins(due_s, now_s), next_s;
	enum mandate_timer next = mandate_life_next(w, m, &next_s);

	m->due_s = TIMERS_NEVER;
	if (next_s <= due_s) /* the close of a vote may have moved */
		fire[next](w, m, at_s);
	else
		at_s = m->judged_s;
	settle(w, m, at_s);
}

void
mandate_review(struct world *w, uint64_t now_s)
{
	for (uint32_t i = 0; i < w->n_mandates; i++)
		if (mandate_life_in(w->mandates[i], SUSPENDABLE))
			settle(w, w->mandates[i], now_s);
}

/* Founding ******************************************************************/

enum verdict
mandate_terms(const struct world *w, const struct act *a, uint64_t now_s)
{
	struct mandate_acts_filing f = {w, a, ROSTER_NONE, now_s};

	return mandate_acts_check(NULL, &f);
}

uint32_t
mandate_found(
	struct world *w, const struct act *a, uint32_t proposal, uint64_t now_s)
{
	struct mandate_acts_filing f = {w, a, ROSTER_NONE, now_s};
	struct world_mandate *m = mem_new(sizeof(*m));

	m->number = w->n_mandates;
	m->proposal = proposal;
	m->state = MANDATE_PROPOSED;
	m->since_s = now_s;
	m->due_s = TIMERS_NEVER;
	mandate_acts_note(m, &f);
	w->mandates = mem_grow(w->mandates, &w->mandates_cap,
		(size_t)w->n_mandates + 1, sizeof(struct world_mandate *));
	idmap_put(&w->mandate_ids, m->id, m->number);
	w->mandates[w->n_mandates++] = m;
	return m->number;
}

void
mandate_authorise(struct world *w, uint32_t number, uint64_t begins_s)
{
	struct world_mandate *m = w->mandates[number];
	const struct world_proposal *p = w->proposals[m->proposal];

	m->roll_size = w->contests[p->contest]->question->n_roll;
	move(w, m, MANDATE_ON_IN_FORCE, begins_s);
	settle(w, m, begins_s);
}

void
mandate_lapse(struct world *w, uint32_t number, uint64_t begins_s)
{
	move(w, w->mandates[number], MANDATE_ON_ENDS, begins_s);
}

/* Petitions *****************************************************************/

static bool
enough_hold(const struct world_mandate *m)
{
	const struct need twice_k = {.times = 2};

	return m->n_holds >= need_sponsors(&twice_k, m->roll_size);
}

static void
open_vote(struct world *w, struct world_mandate *m, uint64_t now_s)
{
	const struct charter_class *recall =
		charter_class(&w->charter, BYTES("recall"));
	struct question_form form = {.kind = QUESTION_MANDATE_HOLD,
		.owner = m->number,
		.log = w->log,
		.method = methods_find(BYTES("yes-no")),
		.n_options = 1,
		.seats = 1,
		.opens_s = now_s,
		.period_s = w->charter.hold_s,
		.quorum = recall->quorum,
		.majority = {1, 2},
		.chapter = m->chapter};
	struct question_option option = {.proposal = m->proposal};

	memcpy(form.charter, w->charter.hash, 32);
	memcpy(form.about, m->id, 32);
	memcpy(option.act, m->id, 32);
	m->hold = world_open_question(w, &form, &option, NULL, 0);
	m->causes |= LIFECYCLE_IN(MANDATE_HOLD);
}

void
mandate_hold_result(struct world *w, struct question *q, const struct tally *t,
	uint64_t now_s)
{
	struct world_mandate *m = w->mandates[q->form.owner];

	m->hold = NULL;
	m->n_holds = 0;
	m->causes &= ~LIFECYCLE_IN(MANDATE_HOLD);
	if (!mandate_life_final(m))
		move(w, m,
			t->outcome == TALLY_PASSED ? MANDATE_ON_HOLD_PASSED
						   : MANDATE_ON_HOLD_LOST,
			now_s);
	settle(w, m, now_s);
}

/* Acts **********************************************************************/

/* What an act is to the table: by itself, and when it is the one too many. */
static const struct {
	enum act_kind kind;
	enum mandate_event event;
} acts[] = {
	{ACT_MANDATE_ACCEPT, MANDATE_ON_ACCEPT},
	{ACT_MANDATE_PUBLISH, MANDATE_ON_PUBLISH},
	{ACT_MANDATE_ENDORSE, MANDATE_ON_ENDORSE},
	{ACT_MANDATE_UNENDORSE, MANDATE_ON_UNENDORSE},
	{ACT_MANDATE_MEETING, MANDATE_ON_MEETING},
	{ACT_MANDATE_REPORT, MANDATE_ON_REPORT},
	{ACT_MANDATE_REPORT_OPEN, MANDATE_ON_REPORT_OPEN},
	{ACT_MANDATE_REPORT_SEAL, MANDATE_ON_REPORT_SEAL},
	{ACT_MANDATE_RESIGN, MANDATE_ON_RESIGN},
	{ACT_MANDATE_HOLD, MANDATE_ON_HOLD},
	{ACT_MANDATE_CONCLUDE, MANDATE_ON_CONCLUDE},
};

static enum mandate_event
event_of(enum act_kind kind)
{
	size_t i = 0;

	while (acts[i].kind != kind)
		i++;
	return acts[i].event;
}

bool
mandate_knows(enum act_kind kind)
{
	return kind >= ACT_MANDATE_ACCEPT && kind <= ACT_MANDATE_CONCLUDE;
}

enum verdict
mandate_judge(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	const struct world_mandate *m =
		mandate_find(w, act_hash(a, ACT_HAS_ON));
	struct mandate_acts_filing f = {w, a, member, now_s};

	if (m == NULL)
		return VERDICT_UNKNOWN_SUBJECT;
	if (!allows(m, event_of(a->kind)))
		return VERDICT_NOT_NOW;
	return mandate_acts_check(m, &f);
}

static bool
may_begin(const struct world *w, const struct world_mandate *m)
{
	return m->state == MANDATE_AUTHORISED &&
	       count_accepted(m) >= m->needed &&
	       m->n_published >= w->charter.publish_needs;
}

/* The event that an act is, now that it was noted down. */
static enum mandate_event
event_after(const struct world *w, const struct world_mandate *m,
	enum act_kind kind)
{
	if (kind == ACT_MANDATE_ACCEPT && may_begin(w, m))
		return MANDATE_ON_ACCEPT_ENOUGH;
	if (kind == ACT_MANDATE_PUBLISH && may_begin(w, m))
		return MANDATE_ON_PUBLISH_ENOUGH;
	if (kind == ACT_MANDATE_HOLD && enough_hold(m))
		return MANDATE_ON_HOLD_ENOUGH;
	if (kind == ACT_MANDATE_CONCLUDE && m->n_concluded >= m->needed)
		return MANDATE_ON_CONCLUDE_ENOUGH;
	return event_of(kind);
}

void
mandate_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	uint32_t number = idmap_get(&w->mandate_ids, act_hash(a, ACT_HAS_ON));
	struct world_mandate *m = w->mandates[number];
	struct mandate_acts_filing f = {w, a, member, now_s};
	enum mandate_event event;

	mandate_acts_note(m, &f);
	event = event_after(w, m, a->kind);
	if (event == MANDATE_ON_HOLD_ENOUGH)
		open_vote(w, m, now_s);
	if (event == MANDATE_ON_REPORT || event == MANDATE_ON_REPORT_SEAL)
		m->causes &= ~LIFECYCLE_IN(MANDATE_REPORT);
	if (event == MANDATE_ON_REPORT_OPEN &&
		!mandate_acts_seal_late(m, now_s))
		m->causes &= ~LIFECYCLE_IN(MANDATE_SEAL);
	move(w, m, event, now_s);
	settle(w, m, now_s);
}

/* Effects *******************************************************************/

static struct world_mandate *
named(const struct world *w, const struct effect *e)
{
	uint32_t number =
		idmap_get(&w->mandate_ids, e->value[EFFECT_HAS_MANDATE].hash);

	return number == IDMAP_NONE ? NULL : w->mandates[number];
}

static enum verdict
may(const struct world_mandate *m, enum mandate_event event)
{
	if (m == NULL)
		return VERDICT_UNKNOWN_SUBJECT;
	return allows(m, event) ? VERDICT_OK : VERDICT_NOT_NOW;
}

enum verdict
mandate_may_recall(
	const struct world *w, const struct effect *e, uint64_t now_s)
{
	(void)now_s;
	return may(named(w, e), MANDATE_ON_RECALL);
}

enum verdict
mandate_may_renew(const struct world *w, const struct effect *e, uint64_t now_s)
{
	uint64_t until_s = (uint64_t)e->value[EFFECT_HAS_VALID_UNTIL].number;
	const struct world_mandate *m = named(w, e);
	enum verdict v = may(m, MANDATE_ON_RENEW);

	if (v != VERDICT_OK)
		return v;
	return until_s > m->valid_until_s &&
			       until_s <= now_s + MANDATE_ACTS_LIFE_S
		       ? VERDICT_OK
		       : VERDICT_BAD_TERMS;
}

enum verdict
mandate_may_replace(
	const struct world *w, const struct effect *e, uint64_t now_s)
{
	const struct world_mandate *m = named(w, e);
	enum verdict v = may(m, MANDATE_ON_REPLACE);

	if (v != VERDICT_OK)
		return v;
	return mandate_acts_check_list(
		w, m, e->value[EFFECT_HAS_DELEGATES].span, m->needed, now_s);
}

void
mandate_recall(struct world *w, const struct effect *e, uint64_t now_s)
{
	struct world_mandate *m = named(w, e);
	uint32_t gone[LIMIT_DELEGATES];
	uint32_t n = mandate_acts_read_list(
		w, e->value[EFFECT_HAS_DELEGATES].span, gone);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t place = mandate_acts_place(m, gone[i]);

		if (place != UINT32_MAX)
			mandate_acts_drop(m, place);
	}
	move(w, m,
		m->n_delegates == 0 ? MANDATE_ON_RECALL_ALL : MANDATE_ON_RECALL,
		now_s);
	settle(w, m, now_s);
}

void
mandate_renew(struct world *w, const struct effect *e, uint64_t now_s)
{
	struct world_mandate *m = named(w, e);

	m->valid_until_s = (uint64_t)e->value[EFFECT_HAS_VALID_UNTIL].number;
	move(w, m, MANDATE_ON_RENEW, now_s);
	settle(w, m, now_s);
}

void
mandate_replace(struct world *w, const struct effect *e, uint64_t now_s)
{
	struct world_mandate *m = named(w, e);
	struct world_mandate old = *m;
	uint32_t new[LIMIT_DELEGATES];

	m->n_delegates = mandate_acts_read_list(
		w, e->value[EFFECT_HAS_DELEGATES].span, new);
	for (uint32_t i = 0; i < m->n_delegates; i++) {
		uint32_t place = mandate_acts_place(&old, new[i]);

		m->delegates[i] =
			place == UINT32_MAX
				? (struct world_delegate){.member = new[i]}
				: old.delegates[place];
	}
	move(w, m, MANDATE_ON_REPLACE, now_s);
	settle(w, m, now_s);
}
