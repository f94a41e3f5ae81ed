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
	bool failed;
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

static bool
contains(const struct result_list *list, uint32_t option)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i] == option)
			return true;
	return false;
}

/* Has a pick put option a before b in the lot? */
static bool
is_before(const struct branches_run *run, uint32_t a, uint32_t b)
{
	for (size_t i = 0; i < run->n_met; i++) {
		const struct branches_tie *tie = &run->met[i];
		bool last = tie->contest == RESULT_EXCLUSION;

		if (run->picks->at[i] == (last ? b : a) &&
			contains(&tie->options, last ? a : b))
			return true;
	}
	return false;
}

/* The option that earlier picks put first, or for an exclusion last. */
static uint32_t
implied(const struct branches_run *run, enum result_contest contest,
	const struct result_list *tied)
{
	bool last = contest == RESULT_EXCLUSION;

	for (size_t i = 0; i < tied->n; i++) {
		uint32_t x = tied->at[i];
		size_t beaten = 0;

		for (size_t j = 0; j < tied->n; j++) {
			uint32_t y = tied->at[j];

			beaten += y != x && (last ? is_before(run, y, x)
						  : is_before(run, x, y));
		}
		if (beaten == tied->n - 1)
			return x;
	}
	return METHOD_NO_OPTION;
}

/* Note down that these contend; the pick for it, if there is one. */
static uint32_t
meet(struct branches_run *run, enum result_contest contest, uint32_t seats,
	const struct result_list *tied)
{
	struct branches_tie *tie;

	run->open = run->n_met == run->picks->n;
	run->met = mem_grow(
		run->met, &run->met_cap, run->n_met + 1, sizeof(*run->met));
	tie = &run->met[run->n_met++];
	*tie = (struct branches_tie){.contest = contest, .seats = seats};
	result_add_all(&tie->options, tied);
	return run->open ? METHOD_NO_OPTION : run->picks->at[run->n_met - 1];
}

/* Equals may meet again and again in one table; once is enough to say so. */
static void
note_once(struct result *out, uint32_t option, const char *text)
{
	struct steps_table *t = &out->steps.tables[out->steps.n - 1];

	for (size_t i = 0; i < t->n_notes; i++)
		if (t->notes[i].option == option && t->notes[i].text == text)
			return;
	steps_note(t, option, text);
}

uint32_t
branches_choose(struct branches_run *run, enum result_contest contest,
	uint32_t seats, const struct result_list *tied)
{
	static const char drawn[] = "is drawn by lot among equals";
	static const char idle[] = "is one of several equals; whichever is "
				   "taken, the same are elected";
	static const char open[] = "is tied";
	uint32_t chosen;

	if (tied->n == 1)
		return tied->at[0];
	if (run->rules->lot != NULL) {
		chosen = by_lot(run, contest, tied);
		note_once(run->out, chosen, drawn);
		return chosen;
	}
	chosen = implied(run, contest, tied);
	if (chosen == METHOD_NO_OPTION)
		chosen = meet(run, contest, seats, tied);
	if (chosen != METHOD_NO_OPTION)
		note_once(run->out, chosen, idle);
	for (size_t i = 0; chosen == METHOD_NO_OPTION && i < tied->n; i++)
		note_once(run->out, tied->at[i], open);
	return chosen;
}

static void
end_run(struct branches_run *run)
{
	for (size_t i = 0; i < run->n_met; i++)
		result_free(&run->met[i].options);
	mem_free(run->met);
}

/* The tie at which the run stopped; NULL when it ended. */
static const struct branches_tie *
run_once(struct exploration *x, const struct result_list *picks,
	struct branches_run *run, struct result *out)
{
	*run = (struct branches_run){
		.rules = x->rules,
		.profile = x->profile,
		.picks = picks,
		.out = out,
	};
	x->counts_left -= x->counts_left > 0;
	x->count(run);
	x->failed |= run->failed;
	return run->open ? &run->met[run->n_met - 1] : NULL;
}

/* Keep in list what others holds too; true when both held the same. */
static bool
keep_common(struct result_list *list, const struct result_list *others)
{
	bool same = list->n == others->n;
	size_t kept = 0;

	for (size_t i = 0; i < list->n; i++)
		if (contains(others, list->at[i]))
			list->at[kept++] = list->at[i];
	same &= kept == list->n;
	list->n = kept;
	return same;
}

static bool find_certain(struct exploration *x, struct result_list *picks,
	struct result_list *certain);

/*
 * For each way that tie can fall, who is certain then (leads, one an option),
 * and who is whichever way it falls.  True when nothing depends on it.
 */
static bool
follow(struct exploration *x, struct result_list *picks,
	const struct result_list *options, struct result_list *leads,
	struct result_list *certain)
{
	bool same = true;

	for (size_t i = 0; i < options->n; i++) {
		result_add(picks, options->at[i]);
		same &= find_certain(x, picks, &leads[i]);
		picks->n--;
		if (i == 0)
			result_add_all(certain, &leads[0]);
		else
			same &= keep_common(certain, &leads[i]);
	}
	return same;
}

/*
 * The winners that are certain once the first ties fell as in picks.  True
 * when nothing more depends on ties.
 */
static bool
find_certain(struct exploration *x, struct result_list *picks,
	struct result_list *certain)
{
	struct branches_run run;
	struct result out = {0};
	const struct branches_tie *tie = run_once(x, picks, &run, &out);
	bool same = tie == NULL;

	if (tie == NULL || x->counts_left < tie->options.n) {
		result_add_all(certain, &out.winners);
	} else {
		struct result_list *leads =
			mem_new_array(tie->options.n, sizeof(*leads));

		same = follow(x, picks, &tie->options, leads, certain);
		for (size_t i = 0; i < tie->options.n; i++)
			result_free(&leads[i]);
		mem_free(leads);
	}
	result_clear(&out);
	end_run(&run);
	return same;
}

/*
 * Run up to a tie that is not in picks.  True when the count ended there or
 * the tie matters; else it is in picks now.
 */
static bool
settle(struct exploration *x, struct result_list *picks, struct result *out)
{
	struct branches_run run;
	const struct branches_tie *open = run_once(x, picks, &run, out);
	bool settled = open == NULL;

	if (open != NULL) {
		struct result_tie *tie = result_tie(
			out, open->contest, open->seats, &open->options);

		out->winners.n = 0;
		x->counts_left = ROWS_MAX / (x->profile->rows + 1);
		if (x->counts_left > COUNTS_MAX)
			x->counts_left = COUNTS_MAX;
		settled = !follow(
			x, picks, &tie->options, tie->leads, &out->winners);
		result_add(picks, open->options.at[0]);
	}
	end_run(&run);
	return settled;
}

enum verdict
branches_explore(branches_count *count, const struct method_rules *rules,
	const struct profile *p, struct result *out)
{
	struct exploration x = {.count = count, .rules = rules, .profile = p};
	struct result_list picks = {0};
	struct result found = {0};

	while (!settle(&x, &picks, &found))
		result_clear(&found);
	result_free(&picks);

	steps_take(&out->steps, &found.steps);
	found.steps = out->steps;
	*out = found;
	return x.failed ? VERDICT_TOO_LARGE : VERDICT_OK;
}
