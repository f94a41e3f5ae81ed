#include "ballots/count/wigm.h"

#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/count/branches.h"
#include "ballots/count/piles.h"
#include "ballots/count/ranks.h"
#include "ballots/count/rounds.h"

#define DECIMALS 5
#define ONE      100000 /* a whole vote */

/* The papers that are worth the same, in a pile for each option. */
struct parcel {
	uint64_t value;     /* 0 to ONE */
	struct pile *piles; /* options and the exhausted */
};

struct wigm {
	struct rounds rounds;
	struct piles papers;
	struct parcel *parcels;
	size_t n_parcels, parcels_cap;
	struct pile *moved; /* one step's papers, by where they go */
	bool *standing;     /* the hopeful, who can be given papers */
	wide quota;
	uint32_t seats; /* still open */

	wide *history; /* votes of the stages so far, a row each */
	size_t stages, history_cap;
};

static size_t
piles_of(const struct wigm *w)
{
	return (size_t)w->rounds.options + 1;
}

/* The parcel of papers that are worth value, made where there is none. */
static struct parcel *
parcel_of(struct wigm *w, uint64_t value)
{
	struct parcel *parcel;

	for (size_t i = 0; i < w->n_parcels; i++)
		if (w->parcels[i].value == value)
			return &w->parcels[i];
	w->parcels = mem_grow(w->parcels, &w->parcels_cap, w->n_parcels + 1,
		sizeof(*w->parcels));
	parcel = &w->parcels[w->n_parcels++];
	parcel->value = value;
	parcel->piles = mem_new_array(piles_of(w), sizeof(*parcel->piles));
	return parcel;
}

/*
 * Move the papers of one pile on, at a value of their own; returns what they
 * are worth together.
 */
static wide
transfer(struct wigm *w, struct pile *from, uint64_t value)
{
	struct parcel *parcel = parcel_of(w, value);
	wide worth = 0;

	memset(w->moved, 0, piles_of(w) * sizeof(*w->moved));
	piles_move(&w->papers, from, w->standing, w->moved);
	for (uint32_t i = 0; i < piles_of(w); i++) {
		wide votes = (wide)value * w->moved[i].weight;

		if (i < w->rounds.options)
			w->rounds.votes[i] += votes;
		else
			w->rounds.exhausted += votes;
		worth += votes;
		piles_join(&w->papers, &parcel->piles[i], &w->moved[i]);
	}
	return worth;
}

static void
deal(struct wigm *w, struct branches_run *run)
{
	const struct method_rules *rules = run->rules;
	uint32_t n = run->profile->options;
	struct pile all, equal;

	*w = (struct wigm){.seats = rules->seats};
	rounds_init(&w->rounds, rules, n, DECIMALS, run->out);
	piles_init(&w->papers, rules, run->profile, &all, &equal);
	w->rounds.skips = equal.first != 0;
	piles_join(&w->papers, &all, &equal);
	w->moved = mem_new_array(piles_of(w), sizeof(*w->moved));
	w->standing = mem_new_array(n, sizeof(*w->standing));
	for (uint32_t i = 0; i < n; i++)
		w->standing[i] = method_eligible(rules, i);
	run->out->blank = w->papers.blank;
	run->out->valid = all.weight;
	transfer(w, &all, ONE);

	/* Nobody's papers so far are no votes at all. */
	run->out->set_aside = parcel_of(w, ONE)->piles[n].weight;
	run->out->valid -= run->out->set_aside;
	w->rounds.exhausted = 0;
	w->quota = (wide)(run->out->valid / ((uint64_t)rules->seats + 1) + 1) *
		   ONE;
}

static void
put_away(struct wigm *w)
{
	rounds_clear(&w->rounds);
	piles_clear(&w->papers);
	for (size_t i = 0; i < w->n_parcels; i++)
		mem_free(w->parcels[i].piles);
	mem_free(w->parcels);
	mem_free(w->moved);
	mem_free(w->standing);
	mem_free(w->history);
}

static void
remember(struct wigm *w)
{
	uint32_t n = w->rounds.options;

	w->history = mem_grow(w->history, &w->history_cap, (w->stages + 1) * n,
		sizeof(*w->history));
	memcpy(w->history + w->stages++ * n, w->rounds.votes,
		n * sizeof(*w->history));
}

/* Keep those of list whose votes are the most, or fewest, in votes. */
static void
keep_outermost(struct result_list *list, const wide *votes, bool most)
{
	wide found = votes[list->at[0]];
	size_t kept = 0;

	for (size_t i = 1; i < list->n; i++)
		if (most ? votes[list->at[i]] > found
			 : votes[list->at[i]] < found)
			found = votes[list->at[i]];
	for (size_t i = 0; i < list->n; i++)
		if (votes[list->at[i]] == found)
			list->at[kept++] = list->at[i];
	list->n = kept;
}

/* Look back from the present stage, until one is left or no stage. */
static void
look_back(struct wigm *w, struct result_list *list, bool most)
{
	uint32_t n = w->rounds.options;
	size_t before = list->n;

	for (size_t stage = w->stages; stage > 0 && list->n > 1; stage--)
		keep_outermost(list, w->history + (stage - 1) * n, most);
	if (list->n == 1 && before > 1)
		steps_note(w->rounds.table, list->at[0],
			most ? "had more votes than its equals before"
			     : "had fewer votes than its equals before");
}

/* The hopeful options with at least votes; the one with most, first. */
static uint32_t
highest_hopeful(const struct wigm *w, wide votes)
{
	const struct rounds *r = &w->rounds;
	uint32_t found = METHOD_NO_OPTION;

	for (uint32_t i = 0; i < r->options; i++)
		if (r->states[i] == ROUNDS_HOPEFUL && r->votes[i] >= votes &&
			(found == METHOD_NO_OPTION ||
				r->votes[i] > r->votes[found]))
			found = i;
	return found;
}

/* Elect who has the quota, or everyone where there are no others. */
static void
elect(struct wigm *w)
{
	uint32_t option;

	while (w->seats > 0 &&
		(option = highest_hopeful(
			 w, w->rounds.hopefuls <= w->seats ? 0 : w->quota)) !=
			METHOD_NO_OPTION) {
		rounds_elect(&w->rounds, option);
		w->standing[option] = false;
		w->seats--;
	}
}

/* The elected with the largest surplus; METHOD_NO_OPTION: none is open. */
static uint32_t
find_surplus(struct wigm *w, struct branches_run *run)
{
	const struct rounds *r = &w->rounds;
	struct result_list largest = {0};
	uint32_t option = METHOD_NO_OPTION;

	for (uint32_t i = 0; i < r->options; i++)
		if (r->states[i] == ROUNDS_ELECTED && r->votes[i] > w->quota)
			result_add(&largest, i);
	if (largest.n > 0) {
		keep_outermost(&largest, r->votes, true);
		look_back(w, &largest, true);
		option = branches_choose(run, RESULT_SURPLUS, 1, &largest);
	}
	result_free(&largest);
	return option;
}

static uint32_t
find_loser(struct wigm *w, struct branches_run *run)
{
	struct result_list lowest = {0};
	uint32_t loser;

	rounds_lowest(&w->rounds, 0, &lowest);
	look_back(w, &lowest, false);
	if (rounds_idle(&w->rounds, &lowest, w->seats))
		lowest.n = 1;
	loser = branches_choose(run, RESULT_EXCLUSION, w->seats, &lowest);
	result_free(&lowest);
	return loser;
}

static void
transfer_surplus(struct wigm *w, uint32_t option)
{
	wide total = w->rounds.votes[option];
	wide surplus = total - w->quota;
	size_t n = w->n_parcels; /* those made on the way hold none of it */

	w->rounds.lost += surplus;
	w->rounds.votes[option] = w->quota;
	for (size_t i = 0; i < n; i++) {
		struct pile papers = w->parcels[i].piles[option];
		wide value = surplus * (wide)w->parcels[i].value / total;

		w->parcels[i].piles[option] = (struct pile){0};
		w->rounds.lost -= transfer(w, &papers, (uint64_t)value);
	}
}

static void
transfer_excluded(struct wigm *w, uint32_t option)
{
	size_t n = w->n_parcels;

	w->standing[option] = false;
	for (size_t i = 0; i < n; i++) {
		struct pile papers = w->parcels[i].piles[option];

		w->parcels[i].piles[option] = (struct pile){0};
		w->rounds.votes[option] -=
			transfer(w, &papers, w->parcels[i].value);
	}
}

/* One stage; true when another one follows. */
static bool
play(struct wigm *w, struct branches_run *run)
{
	struct rounds *r = &w->rounds;
	uint32_t over = METHOD_NO_OPTION, loser = METHOD_NO_OPTION;

	rounds_begin(r, "Stage");
	rounds_note(r, STEPS_NOBODY, "The quota is", w->quota);
	remember(w);
	elect(w);
	if (w->seats > 0 && r->hopefuls > 0) {
		over = find_surplus(w, run);
		if (over == METHOD_NO_OPTION && !run->open)
			loser = find_loser(w, run);
		if (loser != METHOD_NO_OPTION)
			rounds_exclude(r, loser);
	}
	if (over != METHOD_NO_OPTION)
		rounds_note(r, over, "passes on its surplus of",
			r->votes[over] - w->quota);
	rounds_end(r);
	if (over != METHOD_NO_OPTION)
		transfer_surplus(w, over);
	else if (loser != METHOD_NO_OPTION)
		transfer_excluded(w, loser);
	return over != METHOD_NO_OPTION || loser != METHOD_NO_OPTION;
}

static void
run_once(struct branches_run *run)
{
	struct wigm w;

	deal(&w, run);
	while (play(&w, run))
		continue;
	put_away(&w);
}

static enum verdict
count(const struct method_rules *rules, const struct profile *p,
	struct result *out)
{
	return branches_explore(run_once, rules, p, out);
}

const struct method wigm_method = {
	.name = "stv-wigm",
	.title = "Single transferable vote, Scottish rules",
	.marks = METHOD_RANKS,
	.many_seats = true,
	.options_max = PROFILE_OPTIONS_MAX,
	.prefers = ranks_prefers,
	.count = count,
};
