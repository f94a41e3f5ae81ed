#include "ballots/assembly/mandate.h"

#include <assert.h>
#include <string.h>

#include "ballots/assembly/agreement_life.h"
#include "ballots/assembly/mandate_acts.h"
#include "ballots/assembly/mandate_course.h"
#include "ballots/assembly/mandate_terms.h"
#include "ballots/base/mem.h"
#include "ballots/count/methods.h"

/* Finding *******************************************************************/

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

void
mandate_fire(struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s)
{
	mandate_course_fire(w, number, due_s, now_s);
}

void
mandate_review(struct world *w, uint64_t now_s)
{
	for (uint32_t i = 0; i < w->n_mandates; i++)
		if (mandate_life_in(w->mandates[i], MANDATE_LIVED))
			mandate_course_settle(w, w->mandates[i], now_s);
}

/* Founding ******************************************************************/

enum verdict
mandate_terms(const struct world *w, const struct act *a, uint64_t now_s)
{
	return mandate_terms_check(w, a, now_s);
}

uint32_t
mandate_found(
	struct world *w, const struct act *a, uint32_t proposal, uint64_t now_s)
{
	struct world_mandate *m = mem_new(sizeof(*m));

	m->number = w->n_mandates;
	m->proposal = proposal;
	m->state = MANDATE_PROPOSED;
	m->since_s = now_s;
	m->due_s = TIMERS_NEVER;
	mandate_terms_note(m, w, a);
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
	mandate_course_move(w, m, MANDATE_ON_IN_FORCE, begins_s);
	mandate_course_settle(w, m, begins_s);
}

void
mandate_lapse(struct world *w, uint32_t number, uint64_t begins_s)
{
	mandate_course_move(w, w->mandates[number], MANDATE_ON_ENDS, begins_s);
}

/* Agreements and cases ******************************************************/

/* REJECTED, or for the last time. */
static enum mandate_event
count_rejection(struct world_mandate *m)
{
	return ++m->rejections < m->max_rejections ? MANDATE_ON_REJECTED
						   : MANDATE_ON_REJECTED_LAST;
}

void
mandate_tell(struct world *w, uint32_t number, uint32_t agreement,
	enum mandate_event event, uint64_t at_s)
{
	struct world_mandate *m = w->mandates[number];

	if (event == MANDATE_ON_TENTATIVE || event == MANDATE_ON_TAKE_OVER)
		m->agreement = agreement;
	if (event == MANDATE_ON_WITHDRAWN || event == MANDATE_ON_REJECTED)
		m->agreement = IDMAP_NONE;
	if (mandate_life_step_below(m, event) == LIFECYCLE_NO)
		return;
	if (event == MANDATE_ON_OVER && !m->final_report)
		return;
	if (event == MANDATE_ON_REJECTED)
		event = count_rejection(m);
	mandate_course_move_below(w, m, event, at_s);
	mandate_course_settle(w, m, at_s);
}

void
mandate_unanswered(struct world *w, uint32_t number, bool late, uint64_t at_s)
{
	struct world_mandate *m = w->mandates[number];

	if (!mandate_life_in(m, MANDATE_LIVED))
		return;
	m->causes &= ~LIFECYCLE_IN(MANDATE_ANSWER);
	if (late) {
		m->causes |= LIFECYCLE_IN(MANDATE_ANSWER);
		mandate_course_move(w, m, MANDATE_ON_UNANSWERED, at_s);
	}
	mandate_course_settle(w, m, at_s);
}

void
mandate_ruling(struct world *w, const struct world_case *c,
	enum panel_news news, uint64_t at_s)
{
	struct world_mandate *m = w->mandates[c->subject];
	bool settled = news == PANEL_SETTLED;

	if (mandate_life_final(m))
		return;
	if (c->phase == PANEL_LAPSED) { /* nobody heard it: it may begin anew */
		m->disputed = false;
		world_list_clear(&m->challengers);
	}
	m->decided_s = at_s;
	m->causes &= ~LIFECYCLE_IN(MANDATE_CHALLENGE);
	if (c->upheld && !settled)
		m->causes |= LIFECYCLE_IN(MANDATE_CHALLENGE);
	if (c->upheld)
		mandate_course_move(w, m,
			settled ? MANDATE_ON_VOIDED : MANDATE_ON_UPHELD, at_s);
	mandate_course_settle(w, m, at_s);
}

/* With K who challenge it, a panel is asked. */
static void
open_case(struct world *w, struct world_mandate *m, const struct act *a,
	uint64_t now_s)
{
	const struct need k = {.times = 1};
	uint32_t number;

	if (m->challengers.n < need_sponsors(&k, m->roll_size))
		return;
	m->disputed = true;
	number = panel_open(w, PANEL_MANDATE, m->number, a->id, m->id, now_s);
	for (uint32_t i = 0; i < m->challengers.n; i++)
		panel_party(w, number, m->challengers.at[i], PANEL_FOR);
	for (uint32_t i = 0; i < m->n_delegates; i++)
		panel_party(w, number, m->delegates[i].member, PANEL_AGAINST);
}

/* True when monitoring is done: a final report, on what is over. */
static bool
monitored_out(const struct world *w, const struct world_mandate *m)
{
	return m->final_report && mandate_life_below(m) == MANDATE_MONITORING &&
	       agreement_life_final(w->agreements[m->agreement]);
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
	m->held_s = m->decided_s = now_s;
	m->causes &= ~LIFECYCLE_IN(MANDATE_HOLD);
	if (!mandate_life_final(m))
		mandate_course_move(w, m,
			t->outcome == TALLY_PASSED ? MANDATE_ON_HOLD_PASSED
						   : MANDATE_ON_HOLD_LOST,
			now_s);
	mandate_course_settle(w, m, now_s);
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
	{ACT_MANDATE_CHALLENGE, MANDATE_ON_CHALLENGE},
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
	return kind >= ACT_MANDATE_ACCEPT && kind <= ACT_MANDATE_CHALLENGE;
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
	       mandate_course_accepted(m) >= m->needed &&
	       m->n_publications >= w->charter.publish_needs;
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
	if (event == MANDATE_ON_CHALLENGE)
		open_case(w, m, a, now_s);
	if (event == MANDATE_ON_REPORT || event == MANDATE_ON_REPORT_SEAL)
		m->causes &= ~LIFECYCLE_IN(MANDATE_REPORT);
	if (event == MANDATE_ON_REPORT_OPEN &&
		!mandate_acts_seal_late(m, now_s))
		m->causes &= ~LIFECYCLE_IN(MANDATE_SEAL);
	mandate_course_move(w, m, event, now_s);
	if (event == MANDATE_ON_REPORT && monitored_out(w, m))
		mandate_course_move_below(w, m, MANDATE_ON_REPORT_LAST, now_s);
	mandate_course_settle(w, m, now_s);
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
			       until_s <= now_s + MANDATE_TERMS_LIFE_S
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
	mandate_course_move(w, m,
		m->n_delegates == 0 ? MANDATE_ON_RECALL_ALL : MANDATE_ON_RECALL,
		now_s);
	mandate_course_settle(w, m, now_s);
}

void
mandate_renew(struct world *w, const struct effect *e, uint64_t now_s)
{
	struct world_mandate *m = named(w, e);

	m->valid_until_s = (uint64_t)e->value[EFFECT_HAS_VALID_UNTIL].number;
	mandate_course_move(w, m, MANDATE_ON_RENEW, now_s);
	mandate_course_settle(w, m, now_s);
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
	mandate_course_move(w, m, MANDATE_ON_REPLACE, now_s);
	mandate_course_settle(w, m, now_s);
}
