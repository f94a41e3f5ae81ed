#include "ballots/assembly/decision.h"

#include <string.h>

#include "ballots/assembly/contest.h"
#include "ballots/base/mem.h"

static bool
is_in(const struct result_list *list, uint32_t option)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i] == option)
			return true;
	return false;
}

/* Note an option that won, in the order of their places. */
static void
note_winner(struct world_proposal *p, uint32_t place)
{
	uint32_t at = p->n_won;

	p->won = mem_grow(
		p->won, &p->won_cap, (size_t)p->n_won + 1, sizeof(*p->won));
	for (; at > 0 && p->won[at - 1] > place; at--)
		p->won[at] = p->won[at - 1];
	p->won[at] = place;
	p->n_won++;
}

/* Note at each proposal which of its options won; true when any did. */
static bool
note_winners(struct world *w, const struct question *q, const struct tally *t)
{
	for (uint32_t i = 0; i < q->form.n_options; i++)
		if (is_in(&t->result.winners, i + 1))
			note_winner(w->proposals[q->options[i].proposal],
				q->options[i].place);
	for (uint32_t i = 0; i < q->form.n_options; i++)
		if (w->proposals[q->options[i].proposal]->n_won > 0)
			return true;
	return false;
}

/* What a result means for one proposal of the contest. */
static enum proposal_event
meaning(const struct world_proposal *p, const struct tally *t)
{
	if (p->n_won > 0)
		return PROPOSAL_ON_WIN;
	switch (t->outcome) {
	case TALLY_NO_QUORUM:
		return PROPOSAL_ON_MISS;
	case TALLY_TIED:
		return PROPOSAL_ON_TIE;
	default:
		return PROPOSAL_ON_LOSE;
	}
}

/* Move all that is counted, which now has a result. */
static void
tell(struct world *w, struct world_contest *c, const struct tally *t,
	uint64_t record, uint64_t now_s)
{
	for (uint32_t i = 0; i < c->n; i++) {
		struct world_proposal *p = contest_proposal(w, c, i);

		if (p->phase != PROPOSAL_COUNTING)
			continue;
		p->result_record = record;
		proposal_move(w, p,
			t == NULL ? PROPOSAL_ON_DRAW : meaning(p, t), now_s);
	}
}

static void
begin_lot(struct world *w, struct world_contest *c, uint64_t record,
	uint64_t now_s)
{
	struct tally_union u = world_union(w);

	tally_keep(c->question, &u);
	c->phase = PROPOSAL_DRAWING;
	contest_arm(w, c, now_s + w->charter.lot_s);
	tell(w, c, NULL, record, now_s);
}

/* Option i (not the status quo) of a tie stands again. */
static bool
stands_again(const struct question *q, const struct tally *t, uint32_t i)
{
	const char *method = q->form.method->name;

	if (is_in(&t->result.winners, i))
		return false;
	/* Where votes move on, a tie on the way leaves all in the run. */
	if (strcmp(method, "irv") == 0 || strncmp(method, "stv-", 4) == 0)
		return t->options[i].quorum && t->options[i].majority;
	for (size_t tie = 0; tie < t->result.n_ties; tie++)
		if (is_in(&t->result.ties[tie].options, i))
			return true;
	return false;
}

/* Equal shares fill no seats: there a run-off has as many as before. */
static uint32_t
seats_left(const struct question *q, const struct tally *t)
{
	if (strcmp(q->form.method->name, "equal-shares") == 0)
		return q->form.seats;
	return q->form.seats - (uint32_t)t->result.winners.n;
}

/* Nobody drew: what is tied is voted on again, once. */
static void
begin_run_off(struct world *w, struct world_contest *c, const struct tally *t,
	uint64_t record, uint64_t now_s)
{
	struct question *q = c->question;
	struct question_option options[LIMIT_OPTIONS];
	bool stands[LIMIT_RIVALS] = {false};
	uint32_t n = 0;

	for (uint32_t i = 0; i < q->form.n_options; i++)
		if (stands_again(q, t, i + 1))
			options[n++] = q->options[i];
	for (uint32_t i = 0; i < c->n; i++)
		for (uint32_t o = 0; o < n; o++)
			stands[i] = stands[i] ||
				    options[o].proposal == c->proposals[i];
	world_retire_question(w, q);
	for (uint32_t i = 0; i < c->n; i++) {
		struct world_proposal *p = contest_proposal(w, c, i);

		if (p->phase != PROPOSAL_COUNTING)
			continue;
		p->result_record = record;
		proposal_move(w, p,
			stands[i] || p->n_won > 0 ? PROPOSAL_ON_RUN_OFF
						  : PROPOSAL_ON_LOSE,
			now_s);
	}
	c->run_off = true;
	c->lot = false;
	contest_ask(w, c, options, n, seats_left(q, t), now_s);
	question_free(q);
}

static void
decide(struct world *w, struct question *q, const struct tally *t,
	uint64_t record, uint64_t now_s)
{
	struct world_contest *c = w->contests[q->form.owner];
	bool tied = t->outcome == TALLY_TIED, any;

	if (tied && q->lots.n > 0 && !c->lot) {
		begin_lot(w, c, record, now_s);
		return;
	}
	any = note_winners(w, q, t);
	if (tied && !c->run_off) {
		begin_run_off(w, c, t, record, now_s);
		return;
	}
	world_retire_question(w, q);
	c->phase = PROPOSAL_COOLING;
	/* Arm first: what becomes final may let go of the question. */
	if (any)
		contest_arm(w, c, now_s + c->class.cooling_s);
	tell(w, c, t, record, now_s);
	if (any && c->class.cooling_s == 0)
		contest_take_effect(w, c, now_s);
}

static void
end_hold(struct world *w, struct question *q, const struct tally *t,
	uint64_t now_s)
{
	struct world_proposal *p = w->proposals[q->form.owner];

	world_retire_question(w, q);
	question_free(q);
	p->hold = NULL;
	if (t->outcome == TALLY_PASSED)
		contest_enact(w, p, PROPOSAL_ON_LIFT, now_s);
	else
		proposal_move(w, p, PROPOSAL_ON_VOID, now_s);
}

void
decision_result(struct world *w, struct question *q, const struct tally *t,
	uint64_t record, uint64_t now_s)
{
	if (q->form.kind == QUESTION_DECISION)
		decide(w, q, t, record, now_s);
	else
		end_hold(w, q, t, now_s);
}
