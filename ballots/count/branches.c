#include "ballots/count/branches.h"

#include "ballots/base/mem.h"

/*
 * Ties within ties are followed for so many counts, and so many rows, of a
 * whole exploration; beyond that only those count as certain who were elected
 * before the tie.  Each choice of the first tie is always followed.
 */
#define COUNTS_MAX 1000
#define ROWS_MAX   5000000

struct exploration {
	branches_count *count;
	const struct method_rules *rules;
	const struct profile *profile;
	size_t counts_left;
};

static uint32_t
by_lot(const struct branches_run *run, enum result_contest contest,
	const struct result_list *tied)
{
	const uint32_t *lot = run->rules->lot;
	uint32_t found = tied->at[0];

	for (size_t i = 1; i < tied->n; i++) {
		uint32_t option = tied->at[i];

		if (contest == RESULT_EXCLUSION ? lot[option] > lot[found]
						: lot[option] < lot[found])
			found = option;
	}
	return found;
}

uint32_t
branches_choose(struct branches_run *run, enum result_contest contest,
	uint32_t seats, const struct result_list *tied)
{
	struct steps *steps = &run->out->steps;
	struct steps_table *table = &steps->tables[steps->n - 1];
	uint32_t chosen = METHOD_NO_OPTION;

	if (tied->n == 1)
		return tied->at[0];
	if (run->rules->lot != NULL) {
		chosen = by_lot(run, contest, tied);
		steps_note(table, chosen, "is drawn by lot among equals");
	} else if (run->n_used < run->picks->n) {
		chosen = run->picks->at[run->n_used++];
		steps_note(table, chosen,
			"is one of several equals; whichever is taken, the "
			"same are elected");
	} else {
		run->open = true;
		run->tie.contest = contest;
		run->tie.seats = seats;
		result_add_all(&run->tie.options, tied);
		for (size_t i = 0; i < tied->n; i++)
			steps_note(table, tied->at[i], "is tied");
	}
	return chosen;
}

/* Run once; the caller clears tie and out. */
static bool
run_once(struct exploration *x, const struct result_list *picks,
	struct branches_tie *tie, struct result *out)
{
	struct branches_run run = {
		.rules = x->rules,
		.profile = x->profile,
		.picks = picks,
		.out = out,
	};

	x->counts_left -= x->counts_left > 0;
	x->count(&run);
	*tie = run.tie;
	return !run.open;
}

static bool
contains(const struct result_list *list, uint32_t option)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i] == option)
			return true;
	return false;
}

/* Keep in list what others holds too. */
static void
keep_common(struct result_list *list, const struct result_list *others)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->n; i++)
		if (contains(others, list->at[i]))
			list->at[kept++] = list->at[i];
	list->n = kept;
}

/* The winners that are certain once the first ties fell as in picks. */
static void
find_certain(struct exploration *x, struct result_list *picks,
	struct result_list *certain)
{
	struct branches_tie tie = {0};
	struct result out = {0};
	bool ended = run_once(x, picks, &tie, &out);

	if (ended || x->counts_left < tie.options.n) {
		result_add_all(certain, &out.winners);
		tie.options.n = 0;
	}
	for (size_t i = 0; i < tie.options.n; i++) {
		struct result_list lead = {0};

		result_add(picks, tie.options.at[i]);
		find_certain(x, picks, i == 0 ? certain : &lead);
		picks->n--;
		if (i > 0)
			keep_common(certain, &lead);
		result_free(&lead);
	}
	result_clear(&out);
	result_free(&tie.options);
}

/* Put tie into out with what each choice leads to, and who is certain. */
static void
show_tie(struct exploration *x, struct result_list *picks,
	const struct branches_tie *open, struct result *out)
{
	struct result_tie *tie =
		result_tie(out, open->contest, open->seats, &open->options);

	out->winners.n = 0;
	for (size_t i = 0; i < tie->options.n; i++) {
		result_add(picks, tie->options.at[i]);
		find_certain(x, picks, &tie->leads[i]);
		picks->n--;
		if (i == 0)
			result_add_all(&out->winners, &tie->leads[0]);
		else
			keep_common(&out->winners, &tie->leads[i]);
	}
}

/* The number of winners once every tie is settled. */
static size_t
winners_of(const struct method_rules *rules, const struct profile *p)
{
	size_t eligible = 0;

	for (uint32_t i = 0; i < p->options; i++)
		eligible += method_eligible(rules, i);
	return eligible < rules->seats ? eligible : rules->seats;
}

/* Run with more and more picks, until the end or a tie that matters. */
static void
explore(struct exploration *x, struct result *out)
{
	struct result_list picks = {0};
	bool settled = false;

	while (!settled) {
		struct branches_tie tie = {0};

		result_clear(out);
		settled = run_once(x, &picks, &tie, out);
		if (!settled) {
			x->counts_left = ROWS_MAX / (x->profile->rows + 1);
			if (x->counts_left > COUNTS_MAX)
				x->counts_left = COUNTS_MAX;
			show_tie(x, &picks, &tie, out);
			settled = out->winners.n <
				  winners_of(x->rules, x->profile);
			result_add(&picks, tie.options.at[0]);
		}
		result_free(&tie.options);
	}
	result_free(&picks);
}

void
branches_explore(branches_count *count, const struct method_rules *rules,
	const struct profile *p, struct result *out)
{
	struct exploration x = {.count = count, .rules = rules, .profile = p};
	struct result found = {0};

	explore(&x, &found);
	steps_take(&out->steps, &found.steps);
	found.steps = out->steps;
	*out = found;
}
