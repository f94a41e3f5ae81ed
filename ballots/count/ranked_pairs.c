#include "ballots/count/ranked_pairs.h"

#include <stdlib.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/count/pairwise.h"
#include "ballots/count/ranks.h"

/* The defeats of 500 options are sorted and locked within seconds. */
#define OPTIONS_MAX 500

struct defeat {
	uint32_t winner, loser;
	struct pairwise_strength strength;
};

/*
 * Who reaches whom along locked defeats, n by n; kept closed, so that a
 * defeat closes a circle just when its loser reaches its winner.
 */
struct locked {
	uint32_t n;
	bool *reaches;
};

static bool
reaches(const struct locked *l, uint32_t from, uint32_t to)
{
	return l->reaches[(size_t)from * l->n + to];
}

static void
lock(struct locked *l, uint32_t winner, uint32_t loser)
{
	const bool *beyond = &l->reaches[(size_t)loser * l->n];

	for (uint32_t from = 0; from < l->n; from++) {
		bool *row = &l->reaches[(size_t)from * l->n];

		if (row[loser] || (from != winner && !row[winner]))
			continue;
		for (uint32_t to = 0; to < l->n; to++)
			row[to] |= beyond[to];
		row[loser] = true;
	}
}

/* Strongest first; equals in order of index, which decides nothing. */
static int
by_strength(const void *a, const void *b)
{
	const struct defeat *left = a, *right = b;
	int order = pairwise_compare(right->strength, left->strength);

	if (order != 0)
		return order;
	if (left->winner != right->winner)
		return left->winner > right->winner ? 1 : -1;
	return (left->loser > right->loser) - (left->loser < right->loser);
}

/* The defeats between eligible options, in order; *n says how many. */
static struct defeat *
sort_defeats(
	const struct method_rules *rules, const struct pairwise *pw, size_t *n)
{
	struct defeat *defeats =
		mem_new_array((size_t)pw->n * pw->n, sizeof(*defeats));

	*n = 0;
	for (uint32_t a = 0; a < pw->n; a++) {
		for (uint32_t b = 0; b < pw->n; b++) {
			struct pairwise_strength s = pairwise_defeat(pw, a, b);

			if (s.won > 0 && method_eligible(rules, a) &&
				method_eligible(rules, b))
				defeats[(*n)++] = (struct defeat){a, b, s};
		}
	}
	qsort(defeats, *n, sizeof(*defeats), by_strength);
	return defeats;
}

static void
show_defeat(struct steps_table *t, const struct defeat *d, bool locked)
{
	steps_row(t, "");
	steps_number(t, d->winner);
	steps_number(t, d->loser);
	steps_number(t, d->strength.won);
	steps_number(t, d->strength.lost);
	steps_word(t, locked ? "locked" : "left out: closes a circle");
}

/* Lock those of n equally strong defeats that lie on no circle. */
static void
lock_equals(struct locked *l, struct locked *trial,
	const struct defeat *defeats, size_t n, struct steps_table *t)
{
	memcpy(trial->reaches, l->reaches, (size_t)l->n * l->n);
	for (size_t i = 0; i < n; i++)
		lock(trial, defeats[i].winner, defeats[i].loser);
	for (size_t i = 0; i < n; i++) {
		bool circle =
			reaches(trial, defeats[i].loser, defeats[i].winner);

		if (!circle)
			lock(l, defeats[i].winner, defeats[i].loser);
		show_defeat(t, &defeats[i], !circle);
	}
}

static struct steps_table *
begin_table(struct steps *steps)
{
	struct steps_table *t = steps_begin(
		steps, STEPS_LIST, "Defeats, from the strongest on");

	steps_column(t, "winner", STEPS_OPTION);
	steps_column(t, "loser", STEPS_OPTION);
	steps_column(t, "votes for", STEPS_NUMBER);
	steps_column(t, "votes against", STEPS_NUMBER);
	steps_column(t, "state", STEPS_WORD);
	return t;
}

static void
lock_all(struct locked *l, const struct defeat *defeats, size_t n,
	struct steps *steps)
{
	struct steps_table *t = begin_table(steps);
	struct locked trial = {l->n,
		mem_new_array((size_t)l->n * l->n, sizeof(*trial.reaches))};
	size_t equals;

	for (size_t i = 0; i < n; i += equals) {
		for (equals = 1; i + equals < n; equals++)
			if (pairwise_compare(defeats[i].strength,
				    defeats[i + equals].strength) != 0)
				break;
		lock_equals(l, &trial, &defeats[i], equals, t);
	}
	mem_free(trial.reaches);
}

static enum verdict
count(const struct method_rules *rules, const struct profile *p,
	struct result *out)
{
	struct locked l = {
		p->options, mem_new_array((size_t)p->options * p->options,
				    sizeof(*l.reaches))};
	struct pairwise pw;
	struct defeat *defeats;
	size_t n;

	pairwise_count(p, &pw, out);
	pairwise_show(&pw, &out->steps);
	defeats = sort_defeats(rules, &pw, &n);
	lock_all(&l, defeats, n, &out->steps);
	pairwise_rank(rules, p->options, l.reaches, out);

	mem_free(defeats);
	pairwise_clear(&pw);
	mem_free(l.reaches);
	return VERDICT_OK;
}

const struct method ranked_pairs_method = {
	.name = "ranked-pairs",
	.title = "Ranked pairs",
	.marks = METHOD_RANKS,
	.many_seats = true,
	.options_max = OPTIONS_MAX,
	.prefers = ranks_prefers,
	.count = count,
};
