#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tests/lib/anyballots.h"

/*
 * Each method against a second one that is slow and obvious, on small random
 * elections.  The second ones share nothing with the first but the ballots.
 */
enum { TIMES = 2000 };

/* Everyone's place: the number of options that are better for sure. */
struct places {
	uint32_t of[ANY_OPTIONS];
};

/* Places from a ranking of groups. */
static struct places
places_of(const struct result *r)
{
	struct places p = {{0}};
	uint32_t place = 0;

	for (size_t i = 0; i < r->n_ranking; i++) {
		for (size_t j = 0; j < r->ranking[i].n; j++)
			p.of[r->ranking[i].at[j]] = place;
		place += (uint32_t)r->ranking[i].n;
	}
	return p;
}

static void
assert_places(const struct anyballots *a, const struct result *r,
	const struct places *expected)
{
	struct places p = places_of(r);

	for (uint32_t i = 0; i < a->options; i++)
		assert_int_equal(p.of[i], expected->of[i]);
}

static bool
is_blank(uint16_t mark)
{
	return mark == PROFILE_BLANK || mark == PROFILE_NO_OPINION;
}

/* Places by totals: as many as have more. */
static struct places
places_by_totals(const int64_t *totals, uint32_t n)
{
	struct places p = {{0}};

	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = 0; j < n; j++)
			p.of[i] += totals[j] > totals[i];
	return p;
}

/* Plurality ****************************************************************/

static bool
is_alone_in_front(const uint16_t *marks, uint32_t n, uint32_t option)
{
	for (uint32_t i = 0; i < n; i++)
		if (i != option && !is_blank(marks[i]) &&
			marks[i] <= marks[option])
			return false;
	return !is_blank(marks[option]);
}

static void
plurality_twin(const struct anyballots *a, struct places *out)
{
	int64_t totals[ANY_OPTIONS] = {0};

	for (size_t row = 0; row < a->rows; row++)
		for (uint32_t i = 0; i < a->options; i++)
			if (is_alone_in_front(a->marks[row], a->options, i))
				totals[i] += (int64_t)a->weights[row];
	*out = places_by_totals(totals, a->options);
}

/* Approval and score *******************************************************/

static void
approval_twin(const struct anyballots *a, struct places *out)
{
	int64_t totals[ANY_OPTIONS] = {0};

	for (uint32_t i = 0; i < a->options; i++)
		for (size_t row = 0; row < a->rows; row++)
			if (a->marks[row][i] == 1)
				totals[i] += (int64_t)a->weights[row];
	*out = places_by_totals(totals, a->options);
}

static int64_t
value_of(const struct anyballots *a, uint16_t mark)
{
	int64_t value = a->rules.low;

	while (--mark > 0)
		value += a->rules.high > a->rules.low ? 1 : -1;
	return value;
}

static void
score_twin(const struct anyballots *a, struct places *out)
{
	int64_t totals[ANY_OPTIONS] = {0};

	for (uint32_t i = 0; i < a->options; i++)
		for (size_t row = 0; row < a->rows; row++)
			for (uint64_t w = a->weights[row]; w > 0; w--)
				if (!is_blank(a->marks[row][i]))
					totals[i] +=
						value_of(a, a->marks[row][i]);
	*out = places_by_totals(totals, a->options);
}

/* Majority judgment: lists of grades, and medians taken out one by one *****/

struct grades {
	int64_t numbers[ANY_ROWS * 3];
	size_t n;
};

static void
insert_grade(struct grades *g, int64_t number)
{
	size_t at = g->n++;

	while (at > 0 && g->numbers[at - 1] > number) {
		g->numbers[at] = g->numbers[at - 1];
		at--;
	}
	g->numbers[at] = number;
}

static int64_t
take_median(struct grades *g)
{
	size_t at = (g->n - 1) / 2;
	int64_t median = g->numbers[at];

	g->n--;
	memmove(&g->numbers[at], &g->numbers[at + 1],
		(g->n - at) * sizeof(*g->numbers));
	return median;
}

static struct grades
grades_of(const struct anyballots *a, uint32_t option)
{
	struct grades g = {.n = 0};

	for (size_t row = 0; row < a->rows; row++) {
		uint16_t mark = a->marks[row][option];

		for (uint64_t w = a->weights[row]; w > 0; w--)
			insert_grade(
				&g, value_of(a, is_blank(mark) ? 1 : mark));
	}
	return g;
}

static bool
is_judged_better(const struct anyballots *a, uint32_t one, uint32_t other)
{
	struct grades left = grades_of(a, one), right = grades_of(a, other);

	while (left.n > 0) {
		int64_t l = take_median(&left), r = take_median(&right);

		if (l != r)
			return (l > r) == (a->rules.high > a->rules.low);
	}
	return false;
}

static void
judgment_twin(const struct anyballots *a, struct places *out)
{
	*out = (struct places){{0}};
	for (uint32_t i = 0; i < a->options; i++)
		for (uint32_t j = 0; j < a->options; j++)
			out->of[i] += is_judged_better(a, j, i);
}

/* Pairs ********************************************************************/

static bool
ranks_above(const uint16_t *marks, uint32_t a, uint32_t b)
{
	if (marks[a] == PROFILE_NO_OPINION || marks[b] == PROFILE_NO_OPINION)
		return false;
	if (marks[a] == PROFILE_BLANK)
		return false;
	return marks[b] == PROFILE_BLANK || marks[a] < marks[b];
}

static uint64_t
votes(const struct anyballots *a, uint32_t one, uint32_t other)
{
	uint64_t sum = 0;

	for (size_t row = 0; row < a->rows; row++)
		if (ranks_above(a->marks[row], one, other))
			sum += a->weights[row];
	return sum;
}

/* One number that orders defeats: votes for, then fewer votes against. */
static int64_t
strength(const struct anyballots *a, uint32_t one, uint32_t other)
{
	int64_t won = (int64_t)votes(a, one, other);
	int64_t lost = (int64_t)votes(a, other, one);

	return won > lost ? won * 1000 - lost : 0;
}

struct square {
	int64_t at[ANY_OPTIONS][ANY_OPTIONS];
};

static struct square
strengths(const struct anyballots *a)
{
	struct square s = {{{0}}};

	for (uint32_t i = 0; i < a->options; i++)
		for (uint32_t j = 0; j < a->options; j++)
			s.at[i][j] = i == j ? 0 : strength(a, i, j);
	return s;
}

/* Is there a way from one to other along marked pairs?  Walk them all. */
static bool
leads_to(const struct square *s, uint32_t n, uint32_t one, uint32_t other,
	uint32_t seen)
{
	for (uint32_t via = 0; via < n; via++) {
		if (s->at[one][via] <= 0 || (seen >> via & 1) != 0)
			continue;
		if (via == other ||
			leads_to(s, n, via, other, seen | 1u << via))
			return true;
	}
	return false;
}

/*
 * Places from a relation: the group that nobody left beats, then again.
 */
static struct places
places_by_beating(const struct square *beats, uint32_t n)
{
	struct places p = {{0}};
	uint32_t left = (1u << n) - 1, place = 0;

	while (left != 0) {
		uint32_t group = 0, size = 0;

		for (uint32_t i = 0; i < n; i++) {
			bool beaten = (left >> i & 1) == 0;

			for (uint32_t j = 0; j < n; j++)
				beaten = beaten || ((left >> j & 1) != 0 &&
							   beats->at[j][i] > 0);
			if (!beaten) {
				group |= 1u << i;
				p.of[i] = place;
				size++;
			}
		}
		left &= ~group;
		place += size;
	}
	return p;
}

/* Schulze: every path that visits no option twice is tried *****************/

static int64_t
best_path(const struct square *s, uint32_t n, uint32_t one, uint32_t other,
	uint32_t seen)
{
	int64_t best = s->at[one][other];

	for (uint32_t via = 0; via < n; via++) {
		int64_t first = s->at[one][via], rest;

		if ((seen >> via & 1) != 0 || via == other || first <= best)
			continue;
		rest = best_path(s, n, via, other, seen | 1u << via);
		if (rest > best)
			best = rest < first ? rest : first;
	}
	return best;
}

static void
schulze_twin(const struct anyballots *a, struct places *out)
{
	struct square s = strengths(a), beats = {{{0}}};

	for (uint32_t i = 0; i < a->options; i++)
		for (uint32_t j = 0; j < a->options; j++)
			beats.at[i][j] =
				best_path(&s, a->options, i, j, 1u << i) >
				best_path(&s, a->options, j, i, 1u << j);
	*out = places_by_beating(&beats, a->options);
}

/* Debian's constitution, A.6: drop the weakest defeats in the Schwartz set */

/* Options that no option outside their reach reaches, as bits. */
static uint32_t
schwartz_set(const struct square *s, uint32_t n)
{
	uint32_t set = 0;

	for (uint32_t i = 0; i < n; i++) {
		bool in = true;

		for (uint32_t j = 0; j < n; j++)
			if (j != i && leads_to(s, n, j, i, 0) &&
				!leads_to(s, n, i, j, 0))
				in = false;
		set |= (uint32_t)in << i;
	}
	return set;
}

static int64_t
weakest_inside(const struct square *s, uint32_t n, uint32_t set)
{
	int64_t weakest = 0;

	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = 0; j < n; j++)
			if ((set >> i & set >> j & 1) != 0 && s->at[i][j] > 0 &&
				(weakest == 0 || s->at[i][j] < weakest))
				weakest = s->at[i][j];
	return weakest;
}

static uint32_t
debian_winners(const struct anyballots *a)
{
	struct square s = strengths(a);

	for (;;) {
		uint32_t set = schwartz_set(&s, a->options);
		int64_t weakest = weakest_inside(&s, a->options, set);

		if (weakest == 0)
			return set;
		for (uint32_t i = 0; i < a->options; i++)
			for (uint32_t j = 0; j < a->options; j++)
				if ((set >> i & set >> j & 1) != 0 &&
					s.at[i][j] == weakest)
					s.at[i][j] = 0;
	}
}

/* Ranked pairs: look for circles by walking, each time anew ****************/

static void
ranked_pairs_twin(const struct anyballots *a, struct places *out)
{
	struct square s = strengths(a), locked = {{{0}}}, trial;
	struct square beats = {{{0}}};
	uint32_t n = a->options;

	for (int64_t at = ANY_ROWS * 3 * 1000; at > 0; at--) {
		trial = locked;
		for (uint32_t i = 0; i < n; i++)
			for (uint32_t j = 0; j < n; j++)
				if (s.at[i][j] == at)
					trial.at[i][j] = 1;
		for (uint32_t i = 0; i < n; i++)
			for (uint32_t j = 0; j < n; j++)
				if (s.at[i][j] == at &&
					!leads_to(&trial, n, j, i, 0))
					locked.at[i][j] = 1;
	}
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = 0; j < n; j++)
			beats.at[i][j] = leads_to(&locked, n, i, j, 0);
	*out = places_by_beating(&beats, n);
}

/* The comparisons **********************************************************/

static void
compare_with(const char *name,
	void (*twin)(const struct anyballots *a, struct places *out), int times)
{
	const struct method *m = methods_find(bytes_of_string(name));
	struct rng r = rng_start();

	for (int i = 0; i < times; i++) {
		struct anyballots a;
		struct places expected;
		struct result result;

		anyballots_draw(&r, m, 12, &a);
		anyballots_count(&a, &result);
		twin(&a, &expected);
		assert_places(&a, &result, &expected);
		result_clear(&result);
	}
}

static void
plurality_has_a_twin(void **state)
{
	(void)state;
	compare_with("plurality", plurality_twin, TIMES);
}

static void
approval_has_a_twin(void **state)
{
	(void)state;
	compare_with("approval", approval_twin, TIMES);
}

static void
score_has_a_twin(void **state)
{
	(void)state;
	compare_with("score", score_twin, TIMES);
}

static void
majority_judgment_has_a_twin(void **state)
{
	(void)state;
	compare_with("majority-judgment", judgment_twin, TIMES);
}

static void
schulze_has_a_twin(void **state)
{
	(void)state;
	compare_with("schulze", schulze_twin, TIMES);
}

static void
ranked_pairs_has_a_twin(void **state)
{
	(void)state;
	compare_with("ranked-pairs", ranked_pairs_twin, TIMES / 10);
}

static void
schulze_elects_whom_debians_constitution_elects(void **state)
{
	const struct method *m = methods_find(BYTES("schulze"));
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < TIMES; i++) {
		struct anyballots a;
		struct result result;
		uint32_t first = 0;

		anyballots_draw(&r, m, 12, &a);
		anyballots_count(&a, &result);
		for (size_t j = 0; j < result.ranking[0].n; j++)
			first |= 1u << result.ranking[0].at[j];
		assert_int_equal(first, debian_winners(&a));
		result_clear(&result);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plurality_has_a_twin),
		cmocka_unit_test(approval_has_a_twin),
		cmocka_unit_test(score_has_a_twin),
		cmocka_unit_test(majority_judgment_has_a_twin),
		cmocka_unit_test(schulze_has_a_twin),
		cmocka_unit_test(
			schulze_elects_whom_debians_constitution_elects),
		cmocka_unit_test(ranked_pairs_has_a_twin),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
