#include "ballots/assembly/agreement.h"

#include <assert.h>
#include <string.h>

#include "ballots/assembly/agreement_acts.h"
#include "ballots/assembly/mandate.h"
#include "ballots/base/mem.h"

static struct world_mandate *
mandate_of(const struct world *w, const struct world_agreement *g)
{
	return w->mandates[g->mandate];
}

static struct world_agreement *
named(const struct world *w, const uint8_t id[static 32])
{
	uint32_t number = idmap_get(&w->agreement_ids, id);

	return number == IDMAP_NONE ? NULL : w->agreements[number];
}

const struct world_agreement *
agreement_find(const struct world *w, const uint8_t id[static 32])
{
	return named(w, id);
}

bool
agreement_monitored(const struct world *w, const struct world_agreement *g)
{
	return !agreement_life_in(g, AGREEMENT_BINDING) ||
	       !mandate_life_final(mandate_of(w, g));
}

/* Conduct *******************************************************************/

/* Where the conduct of its counterparty is kept, or NULL. */
static struct world_conduct *
conduct_of(struct world *w, const struct world_agreement *g)
{
	for (uint32_t i = 0; i < w->n_gateways; i++)
		if (!w->gateways[i].struck &&
			memcmp(w->gateways[i].key, g->key, 32) == 0)
			return &w->gateways[i].conduct;
	return NULL;
}

/* Add one to what the member called name of its conduct counts. */
#define COUNT(w, g, name)                                                      \
	do {                                                                   \
		struct world_conduct *counted = conduct_of(w, g);              \
		if (counted != NULL)                                           \
			counted->name++;                                       \
	} while (0)

/* Moving ********************************************************************/

static void move(struct world *w, struct world_agreement *g,
	enum agreement_event event, uint64_t at_s);

/* Tell its mandate, if it is the one that the mandate waits for. */
static void
tell(struct world *w, struct world_agreement *g, enum mandate_event event,
	uint64_t at_s)
{
	if (event == MANDATE_ON_TENTATIVE ||
		mandate_of(w, g)->agreement == g->number)
		mandate_tell(w, g->mandate, g->number, event, at_s);
}

static void
begin_ratified(struct world *w, struct world_agreement *g, uint64_t at_s)
{
	g->ratified_s = at_s;
	COUNT(w, g, accepted);
	tell(w, g, MANDATE_ON_RATIFIED, at_s);
	if (g->valid_from_s <= at_s)
		move(w, g, AGREEMENT_ON_BEGIN, at_s);
}

static void
begin_rejected(struct world *w, struct world_agreement *g, uint64_t at_s)
{
	tell(w, g, MANDATE_ON_REJECTED, at_s);
	if (mandate_life_below(mandate_of(w, g)) == MANDATE_NEGOTIATING)
		world_list_add(&w->surveys_due, g->number);
}

/* What begins with a state. */
static void
begin(struct world *w, struct world_agreement *g, uint64_t at_s)
{
	switch (g->state) {
	case AGREEMENT_TENTATIVE:
		g->timer_s = at_s + w->charter.scope_s;
		tell(w, g, MANDATE_ON_TENTATIVE, at_s);
		break;
	case AGREEMENT_RATIFYING:
		world_list_add(&w->ballots_due, g->number);
		tell(w, g, MANDATE_ON_BALLOT, at_s);
		break;
	case AGREEMENT_RATIFIED:
		begin_ratified(w, g, at_s);
		break;
	case AGREEMENT_BREACH_ALLEGED:
		g->timer_s = at_s + w->charter.answer_s;
		COUNT(w, g, alleged);
		break;
	case AGREEMENT_WITHDRAWN:
	case AGREEMENT_LAPSED:
		tell(w, g, MANDATE_ON_WITHDRAWN, at_s);
		break;
	case AGREEMENT_REJECTED:
		begin_rejected(w, g, at_s);
		break;
	case AGREEMENT_ENDED:
	case AGREEMENT_TERMINATED:
		tell(w, g, MANDATE_ON_OVER, at_s);
		break;
	default:
		assert(g->state == AGREEMENT_IN_FORCE);
	}
}

static void
move(struct world *w, struct world_agreement *g, enum agreement_event event,
	uint64_t at_s)
{
	int to = agreement_life_step(g, event);

	assert(to != LIFECYCLE_NO);
	if (to == g->state)
		return;
	g->state = to;
	g->since_s = at_s;
	if (g->overdue) {
		g->overdue = false;
		mandate_unanswered(w, g->mandate, false, at_s);
	}
	if (agreement_life_final(g))
		world_list_drop(&mandate_of(w, g)->agreements, g->number);
	begin(w, g, at_s);
}

/* Set the timer of what is due next. */
static void
arm(struct world *w, struct world_agreement *g)
{
	uint64_t due_s;

	agreement_life_next(w, g, &due_s);
	if (due_s == g->due_s)
		return;
	g->due_s = due_s;
	timers_set(&w->timers, TIMERS_AGREEMENT, g->number, due_s);
}

/* Timers ********************************************************************/

static void
fire_offer(struct world *w, struct world_agreement *g, uint64_t at_s)
{
	move(w, g, AGREEMENT_ON_OFFER_OVER, at_s);
}

static void
fire_scope(struct world *w, struct world_agreement *g, uint64_t at_s)
{
	move(w, g,
		g->ratify || g->challenged ? AGREEMENT_ON_BALLOT
					   : AGREEMENT_ON_UNCHALLENGED,
		at_s);
}

static void
fire_begin(struct world *w, struct world_agreement *g, uint64_t at_s)
{
	move(w, g, AGREEMENT_ON_BEGIN, at_s);
}

static void
fire_term(struct world *w, struct world_agreement *g, uint64_t at_s)
{
	move(w, g, AGREEMENT_ON_TERM_OVER, at_s);
}

static void
fire_answer(struct world *w, struct world_agreement *g, uint64_t at_s)
{
	move(w, g, AGREEMENT_ON_UNANSWERED, at_s);
	g->overdue = true;
	mandate_unanswered(w, g->mandate, true, at_s);
}

static void (*const fire[])(
	struct world *w, struct world_agreement *g, uint64_t at_s) = {
	[AGREEMENT_OFFER] = fire_offer,
	[AGREEMENT_SCOPE] = fire_scope,
	[AGREEMENT_BEGIN] = fire_begin,
	[AGREEMENT_TERM] = fire_term,
	[AGREEMENT_ANSWER] = fire_answer,
};

void
agreement_fire(struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s)
{
	struct world_agreement *g = w->agreements[number];
	uint64_t next_s;
	enum agreement_timer next = agreement_life_next(w, g, &next_s);

	g->due_s = TIMERS_NEVER;
	if (next_s <= due_s)
		fire[next](w, g, world_begins(due_s, now_s));
	arm(w, g);
}

/* The time to challenge may be over since, now that nothing is in the way. */
static void
resume(struct world *w, struct world_agreement *g, uint64_t at_s)
{
	uint64_t next_s;

	if (agreement_life_next(w, g, &next_s) == AGREEMENT_SCOPE &&
		next_s <= at_s)
		fire_scope(w, g, at_s);
	arm(w, g);
}

/* Mandates that moved *******************************************************/

/* What the end of its mandate m is to it. */
static enum agreement_event
end_of(const struct world_mandate *m, const struct world_agreement *g)
{
	if (m->state != MANDATE_VOIDED)
		return AGREEMENT_ON_MANDATE_OVER;
	/* It binds by the ceiling of a mandate that nobody lawfully gave. */
	return agreement_life_in(g, AGREEMENT_BINDING) && !g->taken_over &&
			       g->ratification == IDMAP_NONE
		       ? AGREEMENT_ON_NEVER_VOTED
		       : AGREEMENT_ON_MANDATE_VOID;
}

static void
look(struct world *w, struct world_agreement *g, uint64_t at_s)
{
	const struct world_mandate *m = mandate_of(w, g);
	enum agreement_event event = end_of(m, g);

	if (mandate_life_final(m) &&
		agreement_life_step(g, event) != LIFECYCLE_NO)
		move(w, g, event, at_s);
	resume(w, g, at_s);
}

/* As soon as a mandate is active it takes over, or does not. */
static void
take_over(struct world *w, struct world_mandate *m, uint64_t at_s)
{
	struct world_agreement *g;

	if (m->takes_over == IDMAP_NONE ||
		mandate_life_step_below(m, MANDATE_ON_TAKE_OVER) ==
			LIFECYCLE_NO)
		return;
	g = w->agreements[m->takes_over];
	m->takes_over = IDMAP_NONE;
	if (agreement_monitored(w, g))
		return;
	world_list_drop(&mandate_of(w, g)->agreements, g->number);
	world_list_add(&m->agreements, g->number);
	g->mandate = m->number;
	g->taken_over = true;
	mandate_tell(w, m->number, g->number, MANDATE_ON_TAKE_OVER, at_s);
	if (g->overdue)
		mandate_unanswered(w, m->number, true, at_s);
}

void
agreement_follow(struct world *w, uint64_t now_s)
{
	for (uint32_t i = 0; i < w->moved.n; i++) {
		struct world_mandate *m = w->mandates[w->moved.at[i]];

		m->moved = false;
		take_over(w, m, now_s);
		for (uint32_t k = 0; k < m->agreements.n;) {
			uint32_t number = m->agreements.at[k];

			look(w, w->agreements[number], now_s);
			k += k < m->agreements.n &&
			     m->agreements.at[k] == number;
		}
	}
	w->moved.n = 0;
}

/* Acts **********************************************************************/

/* What an act is to the table by itself, and whether it is on a breach. */
static const struct {
	enum act_kind kind;
	enum agreement_event event;
	bool on_breach;
} acts[] = {
	{ACT_AGREEMENT_SIGN, AGREEMENT_ON_SIGN, false},
	{ACT_AGREEMENT_COUNTERSIGN, AGREEMENT_ON_COUNTERSIGN, false},
	{ACT_AGREEMENT_WITHDRAW, AGREEMENT_ON_WITHDRAW, false},
	{ACT_AGREEMENT_DECLINE, AGREEMENT_ON_DECLINE, false},
	{ACT_AGREEMENT_CHALLENGE, AGREEMENT_ON_CHALLENGE, false},
	{ACT_AGREEMENT_RECEIPT, AGREEMENT_ON_RECEIPT, false},
	{ACT_AGREEMENT_BREACH, AGREEMENT_ON_BREACH, false},
	{ACT_AGREEMENT_ENDORSE, AGREEMENT_ON_ENDORSE, true},
	{ACT_AGREEMENT_ANSWER, AGREEMENT_ON_ANSWER, true},
	{ACT_AGREEMENT_REPLY, AGREEMENT_ON_REPLY, true},
	{ACT_AGREEMENT_END, AGREEMENT_ON_END, false},
};

static size_t
row_of(enum act_kind kind)
{
	size_t i = 0;

	while (acts[i].kind != kind)
		i++;
	return i;
}

bool
agreement_knows(enum act_kind kind)
{
	return kind >= ACT_AGREEMENT_TENTATIVE && kind <= ACT_AGREEMENT_END;
}

/* The agreement, and the breach, that an act is on; false where none is. */
static bool
find(const struct world *w, const struct act *a, struct world_agreement **g,
	struct world_breach **b)
{
	const uint8_t *on = act_hash(a, ACT_HAS_ON);
	uint32_t breach = idmap_get(&w->breach_ids, on);

	*b = NULL;
	if (!acts[row_of(a->kind)].on_breach) {
		*g = named(w, on);
		return *g != NULL;
	}
	if (breach == IDMAP_NONE)
		return false;
	*b = &w->breaches[breach];
	*g = w->agreements[(*b)->agreement];
	return true;
}

enum verdict
agreement_judge(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	struct agreement_acts_filing f = {w, a, member, now_s};
	struct world_agreement *g;
	struct world_breach *b;

	if (a->kind == ACT_AGREEMENT_TENTATIVE)
		return agreement_acts_check_terms(&f);
	if (!find(w, a, &g, &b))
		return VERDICT_UNKNOWN_SUBJECT;
	if (agreement_life_step(g, acts[row_of(a->kind)].event) == LIFECYCLE_NO)
		return VERDICT_NOT_NOW;
	return agreement_acts_check(g, b, &f);
}

static void
found(struct world *w, const struct agreement_acts_filing *f)
{
	struct world_agreement *g = mem_new(sizeof(*g));
	uint32_t mandate =
		idmap_get(&w->mandate_ids, act_hash(f->a, ACT_HAS_ON));

	g->number = w->n_agreements;
	g->state = AGREEMENT_OFFERED;
	g->since_s = f->now_s;
	g->timer_s = f->now_s + w->charter.offer_s;
	g->due_s = TIMERS_NEVER;
	g->ratification = IDMAP_NONE;
	agreement_acts_note_terms(g, mandate, f);
	w->agreements = mem_grow(w->agreements, &w->agreements_cap,
		(size_t)w->n_agreements + 1, sizeof(struct world_agreement *));
	w->agreements[w->n_agreements++] = g;
	idmap_put(&w->agreement_ids, g->id, g->number);
	world_list_add(&w->mandates[mandate]->agreements, g->number);
	arm(w, g);
}

static void
open_case(struct world *w, const struct world_agreement *g,
	const struct agreement_acts_filing *f)
{
	const struct world_mandate *m = mandate_of(w, g);
	uint32_t number = panel_open(
		w, PANEL_SCOPE, g->number, f->a->id, g->id, f->now_s);

	panel_party(w, number, f->member, PANEL_FOR);
	for (uint32_t i = 0; i < m->n_delegates; i++)
		panel_party(w, number, m->delegates[i].member, PANEL_ASIDE);
}

static bool
all_signed(
	const struct world *w, const struct world_agreement *g, uint64_t now_s)
{
	return g->countersigned &&
	       agreement_acts_enough(w, g, &g->signers, now_s);
}

/* The event that an act is, now that it was noted down. */
static enum agreement_event
event_after(const struct world *w, const struct world_agreement *g,
	enum act_kind kind, uint64_t now_s)
{
	if (kind == ACT_AGREEMENT_SIGN && all_signed(w, g, now_s))
		return AGREEMENT_ON_SIGN_LAST;
	if (kind == ACT_AGREEMENT_COUNTERSIGN && all_signed(w, g, now_s))
		return AGREEMENT_ON_COUNTERSIGN_LAST;
	if (kind == ACT_AGREEMENT_WITHDRAW &&
		agreement_acts_enough(w, g, &g->withdrawn, now_s))
		return AGREEMENT_ON_WITHDRAW_ENOUGH;
	if (kind == ACT_AGREEMENT_END &&
		agreement_acts_enough(w, g, &g->ending, now_s))
		return AGREEMENT_ON_END_ENOUGH;
	return acts[row_of(kind)].event;
}

/* What an act adds to the conduct of the counterparty. */
static void
count_act(struct world *w, const struct world_agreement *g,
	const struct world_breach *b, enum act_kind kind)
{
	if (kind == ACT_AGREEMENT_REPLY)
		COUNT(w, g, answered);
	if (kind == ACT_AGREEMENT_ANSWER && b->breached)
		COUNT(w, g, breached);
	if (kind == ACT_AGREEMENT_DECLINE &&
		agreement_life_in(g, AGREEMENT_BINDING))
		COUNT(w, g, terminated);
	else if (kind == ACT_AGREEMENT_DECLINE)
		COUNT(w, g, refused);
}

/* Acts by which a breach may become the one that is alleged. */
static bool
may_allege(enum act_kind kind)
{
	return kind == ACT_AGREEMENT_BREACH || kind == ACT_AGREEMENT_ENDORSE ||
	       kind == ACT_AGREEMENT_ANSWER;
}

/* The earliest breach that enough endorse is alleged, one at a time. */
static void
allege(struct world *w, struct world_agreement *g, uint64_t now_s)
{
	struct world_breach *b = agreement_acts_ripe(w, g);

	if (b == NULL ||
		agreement_life_step(g, AGREEMENT_ON_ALLEGED) == LIFECYCLE_NO)
		return;
	b->state = AGREEMENT_ALLEGED;
	move(w, g, AGREEMENT_ON_ALLEGED, now_s);
}

void
agreement_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	struct agreement_acts_filing f = {w, a, member, now_s};
	struct world_agreement *g;
	struct world_breach *b;

	if (a->kind == ACT_AGREEMENT_TENTATIVE) {
		found(w, &f);
		return;
	}
	find(w, a, &g, &b);
	agreement_acts_note(w, g, b, &f);
	count_act(w, g, b, a->kind);
	if (a->kind == ACT_AGREEMENT_CHALLENGE)
		open_case(w, g, &f);
	move(w, g, event_after(w, g, a->kind, now_s), now_s);
	if (may_allege(a->kind))
		allege(w, g, now_s);
	arm(w, g);
}

/* Ballots and cases *********************************************************/

void
agreement_balloted(struct world *w, uint32_t number, uint32_t proposal)
{
	w->agreements[number]->ratification = proposal;
}

enum verdict
agreement_may_ratify(const struct world *w, const uint8_t id[static 32])
{
	const struct world_agreement *g = named(w, id);

	return g != NULL && agreement_life_step(g, AGREEMENT_ON_RATIFY) !=
				       LIFECYCLE_NO
		       ? VERDICT_OK
		       : VERDICT_NOT_NOW;
}

void
agreement_ratify(struct world *w, const uint8_t id[static 32], uint64_t now_s)
{
	struct world_agreement *g = named(w, id);

	move(w, g, AGREEMENT_ON_RATIFY, now_s);
	arm(w, g);
}

void
agreement_reject(struct world *w, uint32_t number, uint64_t begins_s)
{
	struct world_agreement *g = w->agreements[number];

	if (agreement_life_step(g, AGREEMENT_ON_REJECT) == LIFECYCLE_NO)
		return;
	move(w, g, AGREEMENT_ON_REJECT, begins_s);
	arm(w, g);
}

void
agreement_ruling(struct world *w, const struct world_case *c,
	enum panel_news news, uint64_t at_s)
{
	struct world_agreement *g = w->agreements[c->subject];

	(void)news; /* nobody appeals */
	g->disputed = false;
	if (c->upheld &&
		agreement_life_step(g, AGREEMENT_ON_UPHELD) != LIFECYCLE_NO)
		move(w, g, AGREEMENT_ON_UPHELD, at_s);
	resume(w, g, at_s);
}
