#include "ballots/assembly/transition.h"

#include <assert.h>
#include <string.h>

#include "ballots/assembly/agreement.h"
#include "ballots/assembly/calling.h"
#include "ballots/assembly/contest.h"
#include "ballots/assembly/decision.h"
#include "ballots/assembly/drafting.h"
#include "ballots/assembly/mandate.h"
#include "ballots/assembly/measure.h"
#include "ballots/assembly/office.h"
#include "ballots/assembly/panel.h"
#include "ballots/assembly/people.h"
#include "ballots/assembly/proposal.h"
#include "ballots/assembly/recovery.h"
#include "ballots/assembly/ruling.h"
#include "ballots/assembly/voting.h"
#include "ballots/rules/minutes.h"

#define OUTAGE_S 3600

/* What is over **************************************************************/

bool
transition_over(const struct world *w, struct clocks_subject s)
{
	switch (s.about) {
	case CLOCKS_PROPOSAL:
		return proposal_final(w->proposals[s.number]->phase);
	case CLOCKS_MANDATE:
		return mandate_life_final(w->mandates[s.number]);
	case CLOCKS_AGREEMENT:
		return agreement_life_final(w->agreements[s.number]);
	case CLOCKS_GRANT:
		return delegation_get(&w->delegation, s.number)->ended;
	default:
		return false;
	}
}

static bool
over(const void *ctx, struct clocks_subject s)
{
	return transition_over(ctx, s);
}

void
transition_begin(struct world *w)
{
	w->clocks.over = over;
	w->clocks.ctx = w;
}

/* Timers ********************************************************************/

/* When the thing that a timer names is due by its own account. */
static uint64_t
due_of(const struct world *w, const struct timers_entry *e)
{
	const struct world_proposal *p;

	switch (e->class) {
	case TIMERS_PROPOSAL:
		p = w->proposals[e->number];
		return p->phase == PROPOSAL_ADMISSION ? p->due_s : TIMERS_NEVER;
	case TIMERS_HOLD:
		p = w->proposals[e->number];
		return p->phase == PROPOSAL_HELD ? p->due_s : TIMERS_NEVER;
	case TIMERS_CONTEST:
		return w->contests[e->number]->due_s;
	case TIMERS_MANDATE:
		return w->mandates[e->number]->due_s;
	case TIMERS_AGREEMENT:
		return w->agreements[e->number]->due_s;
	case TIMERS_CASE:
		return w->cases[e->number]->due_s;
	case TIMERS_RECOVERY:
		return w->recoveries[e->number]->due_s;
	default:
		return w->offices[e->number].due_s;
	}
}

/* The front timer that is meant; drops those that are not. */
static bool
front(struct world *w, struct timers_entry *out)
{
	while (timers_front(&w->timers, out)) {
		if (due_of(w, out) == out->due_s)
			return true;
		timers_drop(&w->timers);
	}
	return false;
}

uint64_t
transition_next_s(struct world *w)
{
	struct timers_entry e;

	return front(w, &e) ? e.due_s : UINT64_MAX;
}

bool
transition_due(struct world *w, uint64_t now_s)
{
	return transition_next_s(w) <= now_s;
}

static void
fire(struct world *w, const struct timers_entry *e, uint64_t now_s)
{
	switch (e->class) {
	case TIMERS_PROPOSAL:
		contest_fire_admission(w, e->number, e->due_s, now_s);
		break;
	case TIMERS_CONTEST:
		contest_fire(w, e->number, e->due_s, now_s);
		break;
	case TIMERS_HOLD:
		contest_fire_hold(w, e->number);
		break;
	case TIMERS_MANDATE:
		mandate_fire(w, e->number, e->due_s, now_s);
		break;
	case TIMERS_AGREEMENT:
		agreement_fire(w, e->number, e->due_s, now_s);
		break;
	case TIMERS_CASE:
		ruling_fire(w, e->number, e->due_s, now_s);
		break;
	case TIMERS_RECOVERY:
		recovery_fire(w, e->number, e->due_s, now_s);
		break;
	default:
		office_fire(w, (enum charter_office)e->number,
			world_begins(e->due_s, now_s));
	}
}

/* An outage moves the close of every vote that it fell into. */
static void
move_closes(struct world *w, uint64_t now_s)
{
	if (w->n_open == 0 || now_s - w->time_s <= OUTAGE_S)
		return;
	for (uint32_t i = 0; i < w->n_questions; i++) {
		struct question *q = w->questions[i];
		uint64_t close_s = q == NULL ? 0 : q->close_s;

		if (q == NULL)
			continue;
		question_outage(q, w->time_s, now_s);
		if (q->close_s == close_s)
			continue;
		/* A mandate looks at its vote by itself. */
		if (q->form.kind == QUESTION_PANEL)
			panel_moved(w, q);
		else if (q->form.kind != QUESTION_MANDATE_HOLD)
			contest_moved(w, q);
	}
}

/* What follows from all that moved at at_s. */
static void
follow(struct world *w, uint64_t at_s)
{
	agreement_follow(w, at_s);
	calling_open(w, at_s);
}

void
transition_fire(struct world *w, uint64_t now_s)
{
	struct timers_entry e;

	move_closes(w, now_s);
	while (w->due == NULL && front(w, &e) && e.due_s <= now_s) {
		timers_drop(&w->timers);
		fire(w, &e, now_s);
		follow(w, world_begins(e.due_s, now_s));
	}
}

/* Judging *******************************************************************/

#define KIND(kind) ((uint64_t)1 << ACT_##kind)

/* What one may still do without being in good standing. */
#define ANY_TIME (KIND(MEMBER_RENEW) | KIND(KEY_ROTATE) | KIND(MEMBER_LEAVE))
#define SUSPENDED                                                              \
	(ANY_TIME | KIND(BALLOT_CAST) | KIND(CASE_APPEAL) | KIND(KEY_OBJECT))
#define UNREMINDED                                                             \
	(KIND(MEMBER_APPLY) | KIND(MEMBER_ADMIT) | KIND(BALLOT_CAST) |         \
		KIND(LOT_COMMIT) | KIND(LOT_REVEAL) | KIND(TEXT_ERASE))

static enum verdict
judge_standing(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	const struct roster_member *m = roster_get(&w->roster, member);
	struct roster_rules rules = world_rules(w);
	uint64_t kind = (uint64_t)1 << a->kind;

	if (m->left)
		return VERDICT_NOT_A_MEMBER;
	if (roster_suspended(m, now_s) && (kind & SUSPENDED) == 0)
		return VERDICT_NOT_A_MEMBER;
	if (roster_overdue(m, &rules, now_s) && (kind & ANY_TIME) == 0)
		return VERDICT_NOT_A_MEMBER;
	if (a->kind == ACT_BALLOT_CAST && roster_quarantined(m, now_s))
		return VERDICT_NOT_A_MEMBER;
	return recovery_freezes(m, a->kind) ? VERDICT_FROZEN : VERDICT_OK;
}

/* The thing that the memory of an act's seq hangs on. */
static struct clocks_subject
subject_of(const struct world *w, const struct act *a)
{
	const uint8_t *on = act_hash(a, ACT_HAS_ON);
	struct clocks_subject s = people_scope(w, on);

	if ((((uint64_t)1 << a->kind) & UNREMINDED) != 0)
		return (struct clocks_subject){CLOCKS_NOTHING, 0};
	if (a->kind >= ACT_MANDATE_PROPOSE &&
		a->kind <= ACT_AGREEMENT_TENTATIVE && s.about != CLOCKS_UNION)
		s = (struct clocks_subject){
			CLOCKS_MANDATE, idmap_get(&w->mandate_ids, on)};
	else if (agreement_knows(a->kind)) /* breaches remember themselves */
		s = (struct clocks_subject){
			CLOCKS_AGREEMENT, idmap_get(&w->agreement_ids, on)};
	else if (a->kind == ACT_DELEGATION_ACCEPT ||
		 a->kind == ACT_DELEGATION_DROP)
		s = (struct clocks_subject){
			CLOCKS_GRANT, delegation_find(&w->delegation, on)};
	else if (s.about == CLOCKS_NOTHING)
		s = (struct clocks_subject){
			CLOCKS_MEMBER, roster_find(&w->roster, on)};
	if (s.number == IDMAP_NONE || transition_over(w, s))
		s.about = CLOCKS_NOTHING;
	return s;
}

static uint64_t
window_of(const struct world *w, enum act_kind kind, uint64_t now_s)
{
	return now_s / w->charter.limits[kind].window_s;
}

static enum verdict
judge_order(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	enum verdict v = clocks_check(&w->clocks, member, (uint8_t)a->kind,
		subject_of(w, a), (uint64_t)act_int(a, ACT_HAS_SEQ));

	if (v != VERDICT_OK || w->charter.limits[a->kind].max == 0)
		return v;
	return clocks_room(&w->clocks, member, (uint8_t)a->kind,
		window_of(w, a->kind, now_s), w->charter.limits[a->kind].max);
}

static enum verdict
judge_dates(const struct act *a, uint64_t now_s)
{
	if (now_s > (uint64_t)act_int(a, ACT_HAS_UNTIL))
		return VERDICT_LAPSED;
	if ((uint64_t)act_int(a, ACT_HAS_SEQ) > now_s + LIMIT_SEQ_AHEAD_S)
		return VERDICT_EARLY;
	return VERDICT_OK;
}

/* The rooms that know kinds of acts by members and by other keys. */
static const struct room {
	bool (*knows)(enum act_kind kind);
	enum verdict (*judge)(const struct world *w, const struct act *a,
		uint32_t member, uint64_t now_s);
	void (*apply)(struct world *w, const struct act *a, uint32_t member,
		uint64_t now_s);
} rooms[] = {
	{people_knows, people_judge, people_apply},
	{drafting_knows, drafting_judge, drafting_apply},
	{voting_knows, voting_judge, voting_apply},
	{mandate_knows, mandate_judge, mandate_apply},
	{agreement_knows, agreement_judge, agreement_apply},
	{panel_knows, panel_judge, panel_apply},
	{recovery_knows, recovery_judge, recovery_apply},
	{measure_knows, measure_judge, measure_apply},
};

static const struct room *
room_of(enum act_kind kind)
{
	for (size_t i = 0; i < sizeof(rooms) / sizeof(rooms[0]); i++)
		if (rooms[i].knows(kind))
			return &rooms[i];
	return NULL;
}

static enum verdict
judge_result(const struct world *w, const struct act *a)
{
	struct writer expected = {0};
	enum verdict v = VERDICT_OK;

	if (w->due == NULL)
		return VERDICT_NOT_NOW;
	transition_result(w, &expected);
	if (memcmp(act_hash(a, ACT_HAS_ON), w->due->id, 32) != 0 ||
		!bytes_equal(
			writer_view(&expected), act_span(a, ACT_HAS_OUTCOME)))
		v = VERDICT_RESULT_WRONG;
	writer_clear(&expected);
	return v;
}

static enum verdict
judge_ledger(const struct world *w, const struct act *a, uint64_t now_s)
{
	if ((uint64_t)act_int(a, ACT_HAS_SEQ) != now_s)
		return VERDICT_MALFORMED;
	if (a->kind == ACT_RESULT)
		return judge_result(w, a);
	return memcmp(act_hash(a, ACT_HAS_ON), w->id, 32) == 0
		       ? VERDICT_OK
		       : VERDICT_UNKNOWN_SUBJECT;
}

static enum verdict
judge_member(const struct world *w, const struct act *a, uint64_t now_s)
{
	uint32_t member = roster_find(&w->roster, act_by(a));
	enum verdict v;

	v = judge_dates(a, now_s);
	if (v == VERDICT_OK)
		v = judge_standing(w, a, member, now_s);
	if (v == VERDICT_OK)
		v = judge_order(w, a, member, now_s);
	if (v == VERDICT_OK && room_of(a->kind) == NULL)
		v = VERDICT_UNKNOWN_KIND;
	if (v == VERDICT_OK)
		v = room_of(a->kind)->judge(w, a, member, now_s);
	return v;
}

enum verdict
transition_judge(const struct world *w, const struct act *a, uint64_t now_s)
{
	bool founded = w->n_joined == w->n_founders;
	enum verdict v;

	if (a->kind == ACT_UNION_FOUND)
		return VERDICT_NOT_NOW;
	if (w->due != NULL && a->kind != ACT_RESULT)
		return VERDICT_RESULT_DUE;
	if (a->author == FORM_BY_LEDGER)
		return judge_ledger(w, a, now_s);
	if (!founded && a->kind != ACT_MEMBER_APPLY)
		return VERDICT_NOT_FOUNDED;
	if (a->author == FORM_BY_MEMBER)
		return judge_member(w, a, now_s);
	v = judge_dates(a, now_s);
	if (v == VERDICT_OK && room_of(a->kind) == NULL)
		v = VERDICT_UNKNOWN_KIND;
	return v == VERDICT_OK
		       ? room_of(a->kind)->judge(w, a, ROSTER_NONE, now_s)
		       : v;
}

/* Applying ******************************************************************/

void
transition_result(const struct world *w, struct writer *out)
{
	const struct question *q = w->due;
	struct tally_union u = world_union(w);
	struct tally t;

	tally_count(q, &u, UINT64_MAX,
		q->form.kind == QUESTION_DECISION &&
			w->contests[q->form.owner]->lot,
		&t);
	minutes_print(&t, q, &w->roster, out);
	tally_clear(&t);
}

static void
apply_result(struct world *w, uint64_t now_s)
{
	struct question *q = w->due;
	struct tally_union u = world_union(w);
	struct tally t;

	tally_count(q, &u, UINT64_MAX,
		q->form.kind == QUESTION_DECISION &&
			w->contests[q->form.owner]->lot,
		&t);
	w->due = NULL;
	if (q->form.kind <= QUESTION_HOLD) {
		decision_result(w, q, &t, w->size, now_s);
		tally_clear(&t);
		return;
	}
	if (q->form.kind == QUESTION_PANEL)
		ruling_result(w, q, &t, now_s);
	else
		mandate_hold_result(w, q, &t, now_s);
	world_retire_question(w, q);
	question_free(q);
	tally_clear(&t);
}

static void
apply_member(struct world *w, const struct act *a, uint64_t now_s)
{
	uint32_t member = roster_find(&w->roster, act_by(a));

	clocks_set(&w->clocks, member, (uint8_t)a->kind, subject_of(w, a),
		(uint64_t)act_int(a, ACT_HAS_SEQ));
	if (w->charter.limits[a->kind].max != 0)
		clocks_count(&w->clocks, member, (uint8_t)a->kind,
			window_of(w, a->kind, now_s));
	room_of(a->kind)->apply(w, a, member, now_s);
	if (a->kind != ACT_MEMBER_LEAVE)
		return;
	recovery_leave(w, member, now_s);
	mandate_review(w, now_s);
}

void
transition_apply(struct world *w, const struct act *a, uint64_t now_s)
{
	if (a->kind == ACT_RESULT)
		apply_result(w, now_s);
	else if (a->author == FORM_BY_MEMBER)
		apply_member(w, a, now_s);
	else if (a->author == FORM_BY_KEY)
		room_of(a->kind)->apply(w, a, ROSTER_NONE, now_s);
	follow(w, now_s);
}
