#include "ballots/assembly/contest.h"

#include <assert.h>
#include <string.h>

#include "ballots/assembly/enact.h"
#include "ballots/base/mem.h"
#include "ballots/count/methods.h"

struct world_proposal *
contest_proposal(
	const struct world *w, const struct world_contest *c, uint32_t i)
{
	return w->proposals[c->proposals[i]];
}

static uint32_t
number_of(const struct world *w, const struct world_contest *c)
{
	return contest_proposal(w, c, 0)->contest;
}

void
contest_arm(struct world *w, struct world_contest *c, uint64_t due_s)
{
	c->due_s = due_s;
	timers_set(&w->timers, TIMERS_CONTEST, number_of(w, c), due_s);
}

/* Move every proposal of the contest that can make the move. */
static uint32_t
move_all(struct world *w, struct world_contest *c, enum proposal_event event,
	uint64_t begins_s)
{
	uint32_t moved = 0;

	for (uint32_t i = 0; i < c->n; i++)
		if (proposal_can(contest_proposal(w, c, i), event)) {
			proposal_move(
				w, contest_proposal(w, c, i), event, begins_s);
			moved++;
		}
	return moved;
}

static bool
any_in(const struct world *w, const struct world_contest *c, int phase)
{
	for (uint32_t i = 0; i < c->n; i++)
		if (contest_proposal(w, c, i)->phase == phase)
			return true;
	return false;
}

/* Discussion ****************************************************************/

static void
arm_freeze(struct world *w, struct world_contest *c)
{
	uint64_t due_s = c->discussed_s + c->class.discussion_min_s;
	uint64_t last_s = c->discussed_s + c->class.discussion_max_s;

	if (c->changed_s != 0 && c->changed_s + c->class.after_change_s > due_s)
		due_s = c->changed_s + c->class.after_change_s;
	contest_arm(w, c, due_s < last_s ? due_s : last_s);
}

void
contest_discuss(struct world *w, struct world_contest *c, uint64_t now_s)
{
	c->phase = PROPOSAL_DISCUSSION;
	c->discussed_s = now_s;
	arm_freeze(w, c);
}

void
contest_changed(struct world *w, struct world_contest *c, uint64_t now_s)
{
	if (c->phase != PROPOSAL_DISCUSSION)
		return;
	c->changed_s = now_s;
	arm_freeze(w, c);
}

void
contest_withdrawn(struct world *w, struct world_contest *c, uint64_t now_s)
{
	if (any_in(w, c, PROPOSAL_DISCUSSION))
		return;
	move_all(w, c, PROPOSAL_ON_UNSPONSORED, now_s);
	c->due_s = TIMERS_NEVER;
}

void
contest_fire_admission(
	struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s)
{
	proposal_move(w, w->proposals[number], PROPOSAL_ON_UNSPONSORED,
		world_begins(due_s, now_s));
}

/* An election in which nobody stands has nothing to freeze. */
static bool
nobody_stands(const struct world_proposal *p)
{
	return p->office >= 0 && p->n_candidates == 0;
}

static void
freeze(struct world *w, struct world_contest *c, uint64_t begins_s)
{
	struct world_proposal *lead = contest_proposal(w, c, 0);

	move_all(w, c, PROPOSAL_ON_FREEZE, begins_s);
	move_all(w, c, PROPOSAL_ON_UNSPONSORED, begins_s);
	c->phase = PROPOSAL_FROZEN;
	if (nobody_stands(lead))
		proposal_move(w, lead, PROPOSAL_ON_UNSUPPORTED, begins_s);
	else
		contest_arm(w, c, begins_s + c->class.frozen_s);
}

/* Opening *******************************************************************/

/* Lay out the options of one proposal behind the n there are. */
static uint32_t
put_options(const struct world *w, const struct world_proposal *p,
	struct question_option *out, uint32_t n)
{
	struct bytes options = writer_view(&p->options);
	uint32_t count = p->office >= 0 ? p->n_candidates
			 : p->mandate != IDMAP_NONE
				 ? 1
				 : effect_options_count(options);

	for (uint32_t k = 0; k < count; k++, n++) {
		struct effect_option option = {0};
		bool stands = p->office >= 0;

		assert(n < LIMIT_OPTIONS - 1); /* opening_options() saw to it */
		effect_option_at(options, k, &option);
		memcpy(out[n].act, stands ? p->candidates[k].act : p->text_act,
			32);
		out[n].proposal = proposal_number(w, p);
		out[n].k = stands ? 0 : k;
		out[n].place = k;
		out[n].cost = enact_cost(option.effects);
	}
	return n;
}

static const struct method *
method_for(const struct world_contest *c, uint32_t n_options)
{
	if (n_options > 1 && strcmp(c->method->name, "yes-no") == 0)
		return methods_find(BYTES("schulze"));
	return c->method;
}

/* The scopes of delegation, narrowest first. */
static void
put_scopes(const struct world *w, const struct world_contest *c,
	struct question_form *form)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < c->n; i++)
		if (i == 0 ||
			contest_proposal(w, c, i)->phase == PROPOSAL_VOTING)
			form->scopes[n++] = (struct clocks_subject){
				CLOCKS_PROPOSAL, c->proposals[i]};
	if (c->topic != IDMAP_NONE)
		form->scopes[n++] =
			(struct clocks_subject){CLOCKS_TOPIC, c->topic};
	if (c->chapter != IDMAP_NONE)
		form->scopes[n++] =
			(struct clocks_subject){CLOCKS_CHAPTER, c->chapter};
	form->scopes[n++] = (struct clocks_subject){CLOCKS_UNION, 0};
	form->n_scopes = n;
}

void
contest_ask(struct world *w, struct world_contest *c,
	const struct question_option *options, uint32_t n, uint32_t seats,
	uint64_t begins_s)
{
	struct question_form form = {.kind = QUESTION_DECISION,
		.owner = number_of(w, c),
		.log = w->log,
		.method = method_for(c, n),
		.n_options = n,
		.seats = seats,
		.scaled = c->scaled,
		.low = c->low,
		.high = c->high,
		.budget = c->budget,
		.opens_s = begins_s,
		.period_s = c->class.voting_s,
		.late_s = c->class.late_s,
		.delegation = c->class.delegation,
		.quorum = c->class.quorum,
		.majority = c->class.majority,
		.chapter = c->chapter};

	memcpy(form.class, c->class.name, sizeof(form.class));
	memcpy(form.charter, c->class.charter, 32);
	memcpy(form.about, contest_proposal(w, c, 0)->id, 32);
	put_scopes(w, c, &form);
	c->question = world_open_question(w, &form, options, NULL, 0);
	memcpy(c->question_id, c->question->id, 32);
	c->phase = PROPOSAL_VOTING;
	contest_arm(w, c, c->question->close_s);
}

static void
open_question(struct world *w, struct world_contest *c, uint64_t begins_s)
{
	struct question_option options[LIMIT_OPTIONS] = {0};
	uint32_t n = 0;

	for (uint32_t i = 0; i < c->n; i++)
		if (contest_proposal(w, c, i)->phase == PROPOSAL_VOTING)
			n = put_options(
				w, contest_proposal(w, c, i), options, n);
	contest_ask(w, c, options, n, c->seats, begins_s);
}

static bool
carries_on(const struct world_proposal *p)
{
	return p->by == IDMAP_NONE || proposal_supported(p) >= p->needed;
}

static void
open_vote(struct world *w, struct world_contest *c, uint64_t begins_s)
{
	for (uint32_t i = 0; i < c->n; i++) {
		struct world_proposal *p = contest_proposal(w, c, i);

		if (p->phase == PROPOSAL_FROZEN)
			proposal_move(w, p,
				carries_on(p) ? PROPOSAL_ON_OPEN
					      : PROPOSAL_ON_UNSUPPORTED,
				begins_s);
	}
	if (any_in(w, c, PROPOSAL_VOTING))
		open_question(w, c, begins_s);
	else
		c->due_s = TIMERS_NEVER;
}

/* Closing *******************************************************************/

/* Which options amend the amendment rules, by the charter in force. */
static void
mark_entrenched(const struct world *w, struct question *q)
{
	for (uint32_t i = 0; i < q->form.n_options; i++) {
		const struct world_proposal *p =
			w->proposals[q->options[i].proposal];
		struct effect_option option;

		if (p->office < 0 && effect_option_at(writer_view(&p->options),
					     q->options[i].k, &option))
			q->options[i].entrenched =
				enact_entrenched(w, option.effects);
	}
	q->form.entrenched = w->charter.entrenched;
}

static void
close_vote(struct world *w, struct world_contest *c, uint64_t due_s,
	uint64_t begins_s)
{
	struct tally_union u = world_union(w);
	struct question *q = c->question;

	mark_entrenched(w, q);
	if (tally_extends(q, &u)) {
		move_all(w, c, PROPOSAL_ON_EXTEND, begins_s);
		q->extended = true;
		q->close_s = due_s + q->form.late_s;
		c->phase = PROPOSAL_EXTENDED;
		contest_arm(w, c, q->close_s);
		return;
	}
	move_all(w, c, PROPOSAL_ON_CLOSE, begins_s);
	c->phase = PROPOSAL_COUNTING;
	c->due_s = TIMERS_NEVER;
	q->counting = true;
	w->due = q;
}

static void
close_lot(struct world *w, struct world_contest *c, uint64_t begins_s)
{
	move_all(w, c, PROPOSAL_ON_LOT, begins_s);
	c->phase = PROPOSAL_COUNTING;
	c->lot = true;
	c->due_s = TIMERS_NEVER;
	w->due = c->question;
}

/* Effects *******************************************************************/

void
contest_enact(struct world *w, struct world_proposal *p,
	enum proposal_event event, uint64_t begins_s)
{
	for (uint32_t i = 0; i < p->n_won; i++)
		if (p->office >= 0)
			enact_seat(w, p, p->won[i],
				(enum charter_office)p->office,
				p->candidates[p->won[i]].member, begins_s);
		else
			enact_option(w, p, p->won[i], begins_s);
	proposal_move(w, p, event, begins_s);
}

void
contest_take_effect(struct world *w, struct world_contest *c, uint64_t begins_s)
{
	c->due_s = TIMERS_NEVER;
	for (uint32_t i = 0; i < c->n; i++)
		if (contest_proposal(w, c, i)->phase == PROPOSAL_COOLING)
			contest_enact(w, contest_proposal(w, c, i),
				PROPOSAL_ON_TAKE_EFFECT, begins_s);
}

void
contest_fire(struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s)
{
	struct world_contest *c = w->contests[number];
	uint64_t begins_s = world_begins(due_s, now_s);

	switch (c->phase) {
	case PROPOSAL_DISCUSSION:
		freeze(w, c, begins_s);
		break;
	case PROPOSAL_FROZEN:
		open_vote(w, c, begins_s);
		break;
	case PROPOSAL_VOTING:
	case PROPOSAL_EXTENDED:
		close_vote(w, c, due_s, begins_s);
		break;
	case PROPOSAL_DRAWING:
		close_lot(w, c, begins_s);
		break;
	default:
		assert(c->phase == PROPOSAL_COOLING);
		contest_take_effect(w, c, begins_s);
	}
}

/* Holding *******************************************************************/

void
contest_hold(struct world *w, struct world_proposal *p, uint64_t now_s)
{
	const struct question *decided = proposal_contest(w, p)->question;
	struct question_option option = {.proposal = proposal_number(w, p)};
	struct question_form form = {.kind = QUESTION_HOLD,
		.owner = proposal_number(w, p),
		.log = w->log,
		.method = methods_find(BYTES("yes-no")),
		.n_options = 1,
		.seats = 1,
		.opens_s = now_s,
		.period_s = w->charter.hold_s,
		.any_quorum = true,
		.majority = {1, 2},
		.chapter = ROSTER_NONE};

	memcpy(form.charter, w->charter.hash, 32);
	memcpy(form.about, p->id, 32);
	memcpy(option.act, p->id, 32);
	p->hold = world_open_question(
		w, &form, &option, decided->roll, decided->n_roll);
	proposal_move(w, p, PROPOSAL_ON_HOLD, now_s);
	p->due_s = p->hold->close_s;
	timers_set(&w->timers, TIMERS_HOLD, form.owner, p->due_s);
}

void
contest_fire_hold(struct world *w, uint32_t number)
{
	struct world_proposal *p = w->proposals[number];

	p->due_s = TIMERS_NEVER;
	p->hold->counting = true;
	w->due = p->hold;
}

void
contest_moved(struct world *w, const struct question *q)
{
	if (q->form.kind == QUESTION_DECISION) {
		contest_arm(w, w->contests[q->form.owner], q->close_s);
	} else if (q->form.kind == QUESTION_HOLD) {
		w->proposals[q->form.owner]->due_s = q->close_s;
		timers_set(&w->timers, TIMERS_HOLD, q->form.owner, q->close_s);
	}
}
