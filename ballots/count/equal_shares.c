#include "ballots/count/equal_shares.h"

#include <assert.h>

#include "ballots/base/mem.h"
#include "ballots/count/approval.h"
#include "ballots/count/branches.h"
#include "ballots/count/budget.h"

#define MONEY_MAX ((uint64_t)1 << 62)
#define DECIMALS  5 /* of prices, where they are shown */

struct shares {
	struct branches_run *run;
	struct budget *budget;
	struct result_list chosen;
	bool *is_chosen; /* by project */
	size_t n_paid;   /* the first ones of chosen; the rest is greedy */
	uint64_t cost;   /* of all chosen, at most the budget */
	bool over;       /* their cost is more than the budget */
};

static uint64_t
cost_of(const struct shares *s, uint32_t project)
{
	return s->run->rules->costs[project];
}

static void
choose(struct shares *s, uint32_t project)
{
	uint64_t left = s->run->rules->budget - s->cost;

	result_add(&s->chosen, project);
	s->is_chosen[project] = true;
	s->over = cost_of(s, project) > left;
	if (!s->over)
		s->cost += cost_of(s, project);
}

/* Choose with purses raised by raise.  Stops once over the budget. */
static void
share(struct shares *s, uint64_t raise)
{
	struct result_list best = {0};

	budget_fill(s->budget, raise);
	while (s->chosen.n > 0)
		s->is_chosen[s->chosen.at[--s->chosen.n]] = false;
	s->cost = 0;
	s->over = false;
	while (!s->over) {
		uint32_t next = METHOD_NO_OPTION;

		best.n = 0;
		budget_find(s->budget, &best);
		if (best.n > 0)
			next = branches_choose(s->run, RESULT_SEAT, 1, &best);
		if (next == METHOD_NO_OPTION)
			break;
		budget_pay(s->budget, next);
		choose(s, next);
	}
	s->n_paid = s->chosen.n;
	result_free(&best);
}

/* The supported projects that are not chosen and cost at most so much. */
static void
find_others(const struct shares *s, uint64_t cost, struct result_list *out)
{
	for (uint32_t i = 0; i < s->run->profile->options; i++)
		if (method_eligible(s->run->rules, i) && !s->is_chosen[i] &&
			budget_votes(s->budget, i) > 0 && cost_of(s, i) <= cost)
			result_add(out, i);
}

static bool
has_others(const struct shares *s, uint64_t cost)
{
	struct result_list others = {0};
	bool some;

	find_others(s, cost, &others);
	some = others.n > 0;
	result_free(&others);
	return some;
}

/* The raise at which the completion ends; rules->raises_max: beyond it. */
static uint64_t
find_raise(struct shares *s)
{
	enum method_completion completion = s->run->rules->completion;
	uint64_t raise = 0;

	share(s, 0);
	if (completion == METHOD_COMPLETION_NONE)
		return 0;
	while (raise < s->run->rules->raises_max && !s->run->open &&
		has_others(s, completion == METHOD_COMPLETION_ADD1
				      ? MONEY_MAX
				      : s->run->rules->budget - s->cost)) {
		share(s, raise + 1);
		if (s->over)
			break;
		raise++;
	}
	return raise;
}

/* Does a go before b in the greedy rest?  0: equal. */
static int
compare_greedy(const struct shares *s, uint32_t a, uint32_t b)
{
	int order = wide_compare((wide)budget_votes(s->budget, b),
		(wide)budget_votes(s->budget, a));

	if (order == 0)
		order = wide_compare((wide)cost_of(s, a), (wide)cost_of(s, b));
	return order;
}

static uint32_t
next_greedy(struct shares *s)
{
	struct result_list fitting = {0}, best = {0};
	uint32_t next = METHOD_NO_OPTION;

	find_others(s, s->run->rules->budget - s->cost, &fitting);
	for (size_t i = 0; i < fitting.n; i++) {
		int order = best.n == 0 ? 0
					: compare_greedy(
						  s, fitting.at[i], best.at[0]);

		if (order < 0)
			best.n = 0;
		if (order <= 0)
			result_add(&best, fitting.at[i]);
	}
	if (best.n > 0)
		next = branches_choose(s->run, RESULT_SEAT, 1, &best);
	result_free(&fitting);
	result_free(&best);
	return next;
}

static void
show_votes(const struct shares *s)
{
	struct steps_table *t =
		steps_begin(&s->run->out->steps, STEPS_BARS, "Supporters");

	steps_column(t, "votes", STEPS_NUMBER);
	steps_column(t, "cost", STEPS_NUMBER);
	for (uint32_t i = 0; i < s->run->profile->options; i++) {
		if (!method_eligible(s->run->rules, i))
			continue;
		steps_option_row(t, i);
		steps_number(t, budget_votes(s->budget, i));
		steps_number(t, cost_of(s, i));
	}
}

static void
show_chosen(const struct shares *s, uint64_t raise)
{
	struct steps_table *t = steps_begin(
		&s->run->out->steps, STEPS_LIST, "Projects, as chosen");
	struct writer text = {0};

	steps_column(t, "cost", STEPS_NUMBER);
	steps_column(t, "price", STEPS_NUMBER);
	steps_column(t, "paid by", STEPS_WORD);
	for (size_t i = 0; i < s->chosen.n; i++) {
		uint32_t project = s->chosen.at[i];
		bool paid = i < s->n_paid;

		writer_rewind(&text);
		if (paid)
			budget_put_price(s->budget, &text, project, DECIMALS);
		steps_option_row(t, project);
		steps_number(t, cost_of(s, project));
		steps_cell(t, writer_view(&text));
		steps_word(t, paid ? "its supporters" : "what is left");
	}
	writer_rewind(&text);
	budget_put_share(s->budget, &text, DECIMALS);
	steps_note_amount(
		t, STEPS_NOBODY, "Each voter holds", writer_view(&text));
	writer_rewind(&text);
	writer_put_decimal(&text, raise);
	steps_note_amount(
		t, STEPS_NOBODY, "Raises by one unit:", writer_view(&text));
	writer_rewind(&text);
	writer_put_decimal(&text, s->cost);
	steps_note_amount(
		t, STEPS_NOBODY, "All of them cost", writer_view(&text));
	writer_clear(&text);
}

static void
run_once(struct branches_run *run)
{
	struct shares s = {.run = run};
	uint64_t raise;
	uint32_t next;

	s.budget = budget_new(run->rules, run->profile);
	s.is_chosen = mem_new_array(run->profile->options, sizeof(bool));
	show_votes(&s);
	raise = find_raise(&s);
	if (!run->open && s.over)
		share(&s, raise);
	while (!run->open && run->rules->greedy &&
		(next = next_greedy(&s)) != METHOD_NO_OPTION)
		choose(&s, next);
	if (!run->open) {
		show_chosen(&s, raise);
		result_add_all(&run->out->winners, &s.chosen);
	}
	run->out->valid = run->profile->total;
	run->failed = raise == run->rules->raises_max;
	mem_free(s.is_chosen);
	result_free(&s.chosen);
	budget_free(s.budget);
}

static enum verdict
count(const struct method_rules *rules, const struct profile *p,
	struct result *out)
{
	assert(rules->costs != NULL);
	if (rules->budget < 1 || rules->budget > MONEY_MAX)
		return VERDICT_OVERFLOW;
	for (uint32_t i = 0; i < p->options; i++)
		if (method_eligible(rules, i) &&
			(rules->costs[i] < 1 || rules->costs[i] > MONEY_MAX))
			return VERDICT_OVERFLOW;
	if (p->total == 0)
		return VERDICT_OK;
	return branches_explore(run_once, rules, p, out);
}

static bool
prefers(const struct method_rules *rules, const uint16_t *marks, uint32_t a,
	uint32_t b)
{
	return approval_method.prefers(rules, marks, a, b);
}

const struct method equal_shares_method = {
	.name = "equal-shares",
	.title = "Equal shares",
	.marks = METHOD_APPROVALS,
	.options_max = PROFILE_OPTIONS_MAX,
	.prefers = prefers,
	.count = count,
};
