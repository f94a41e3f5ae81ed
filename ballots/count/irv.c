#include "ballots/count/irv.h"

#include "ballots/base/mem.h"
#include "ballots/count/branches.h"
#include "ballots/count/piles.h"
#include "ballots/count/ranks.h"
#include "ballots/count/rounds.h"

struct irv {
	struct rounds rounds;
	struct piles papers;
	struct pile *piles; /* one an option, and that of the exhausted */
	struct pile equal;  /* ballots with overvotes that may be skipped */
	bool *standing;
};

/*
 * Move the ballots of from on, and count the piles.  A ballot with skipped
 * overvotes may go back up, so those are looked at anew.
 */
static void
move(struct irv *irv, struct pile *from)
{
	struct rounds *r = &irv->rounds;
	uint64_t *more = mem_new_array((size_t)r->options + 1, sizeof(*more));

	piles_move(&irv->papers, from, irv->standing, irv->piles);
	piles_look(&irv->papers, &irv->equal, irv->standing, more);
	for (uint32_t i = 0; i < r->options; i++)
		r->votes[i] = irv->piles[i].weight + more[i];
	r->exhausted = irv->piles[r->options].weight + more[r->options];
	mem_free(more);
}

static void
deal(struct irv *irv, struct branches_run *run)
{
	const struct method_rules *rules = run->rules;
	uint32_t n = run->profile->options;
	struct pile strict;

	rounds_init(&irv->rounds, rules, n, 0, run->out);
	piles_init(&irv->papers, rules, run->profile, &strict, &irv->equal);
	irv->piles = mem_new_array((size_t)n + 1, sizeof(*irv->piles));
	irv->standing = mem_new_array(n, sizeof(*irv->standing));
	for (uint32_t i = 0; i < n; i++)
		irv->standing[i] = method_eligible(rules, i);
	irv->rounds.skips = irv->equal.first != 0;
	run->out->valid = strict.weight + irv->equal.weight;
	run->out->blank = irv->papers.blank;
	move(irv, &strict);
}

static void
put_away(struct irv *irv)
{
	rounds_clear(&irv->rounds);
	piles_clear(&irv->papers);
	mem_free(irv->piles);
	mem_free(irv->standing);
}

/* Of the last two, the one who is not lowest; equals are for the lot. */
static uint32_t
find_winner(struct irv *irv, struct branches_run *run)
{
	struct rounds *r = &irv->rounds;
	struct result_list lowest = {0}, best = {0};
	uint32_t winner;

	rounds_lowest(r, 0, &lowest);
	for (uint32_t i = 0; i < r->options; i++)
		if (irv->standing[i] &&
			(lowest.n == r->hopefuls || i != lowest.at[0]))
			result_add(&best, i);
	winner = branches_choose(run, RESULT_SEAT, 1, &best);
	result_free(&lowest);
	result_free(&best);
	return winner;
}

static uint32_t
find_loser(struct irv *irv, struct branches_run *run)
{
	struct result_list lowest = {0};
	uint32_t loser;

	rounds_lowest(&irv->rounds, 0, &lowest);
	if (rounds_idle(&irv->rounds, &lowest, 1))
		lowest.n = 1;
	loser = branches_choose(run, RESULT_EXCLUSION, 1, &lowest);
	result_free(&lowest);
	return loser;
}

/* One round; true when another one follows. */
static bool
play(struct irv *irv, struct branches_run *run)
{
	struct rounds *r = &irv->rounds;
	uint32_t loser = METHOD_NO_OPTION;
	uint32_t winner;

	rounds_begin(r, "Round");
	if (r->hopefuls > 2) {
		loser = find_loser(irv, run);
		if (loser != METHOD_NO_OPTION)
			rounds_exclude(r, loser);
	} else {
		winner = find_winner(irv, run);
		if (winner != METHOD_NO_OPTION)
			rounds_elect(r, winner);
	}
	rounds_end(r);
	if (loser == METHOD_NO_OPTION)
		return false;
	irv->standing[loser] = false;
	move(irv, &irv->piles[loser]);
	return true;
}

static void
run_once(struct branches_run *run)
{
	struct irv irv;

	deal(&irv, run);
	if (irv.rounds.hopefuls > 0)
		while (play(&irv, run))
			continue;
	put_away(&irv);
}

static enum verdict
count(const struct method_rules *rules, const struct profile *p,
	struct result *out)
{
	return branches_explore(run_once, rules, p, out);
}

const struct method irv_method = {
	.name = "irv",
	.title = "Instant run-off",
	.marks = METHOD_RANKS,
	.options_max = PROFILE_OPTIONS_MAX,
	.prefers = ranks_prefers,
	.count = count,
};
