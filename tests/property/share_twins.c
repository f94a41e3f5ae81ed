#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/wide.h"
#include "tests/lib/anyballots.h"

/*
 * Equal shares against a second, slow and obvious one in small fractions.  A
 * lot settles all ties, so both must choose the same in the same order.
 */
enum { TIMES = 600, NOBODY = ANY_OPTIONS };

struct twin {
	const struct anyballots *a;
	uint32_t winners[ANY_OPTIONS];
	uint32_t n_winners;
};

/* Small numbers only: terms stay far below 128 bits. */
struct fraction {
	wide num, den;
};

static wide
gcd(wide a, wide b)
{
	while (b != 0) {
		wide rest = a % b;

		a = b;
		b = rest;
	}
	return a < 0 ? -a : a;
}

static struct fraction
reduced(wide num, wide den)
{
	wide common = gcd(num, den);

	return (struct fraction){num / common, den / common};
}

static struct fraction
minus(struct fraction a, struct fraction b)
{
	return reduced(a.num * b.den - b.num * a.den, a.den * b.den);
}

static int
compare(struct fraction a, struct fraction b)
{
	return wide_compare(a.num * b.den, b.num * a.den);
}

struct shares {
	struct fraction left[ANY_ROWS];
	bool chosen[ANY_OPTIONS];
	wide cost;
};

static bool
pays(const struct twin *t, size_t row, uint32_t project)
{
	return t->a->marks[row][project] == 1;
}

/* Raises by all who can; whoever cannot pay an equal part pays all. */
static bool
find_price(const struct twin *t, const struct shares *s, uint32_t project,
	struct fraction *price)
{
	bool poor[ANY_ROWS] = {0};

	for (;;) {
		struct fraction rest = {(wide)t->a->costs[project], 1};
		wide rich = 0;
		bool more = false;

		for (size_t row = 0; row < t->a->rows; row++) {
			wide weight = (wide)t->a->weights[row];

			if (!pays(t, row, project))
				continue;
			if (poor[row])
				rest = minus(
					rest, reduced(s->left[row].num * weight,
						      s->left[row].den));
			else
				rich += weight;
		}
		if (rich == 0)
			return false;
		*price = reduced(rest.num, rest.den * rich);
		for (size_t row = 0; row < t->a->rows; row++) {
			if (!pays(t, row, project) || poor[row] ||
				compare(s->left[row], *price) >= 0)
				continue;
			poor[row] = more = true;
		}
		if (!more)
			return true;
	}
}

static wide
votes_for(const struct twin *t, uint32_t project)
{
	wide votes = 0;

	for (size_t row = 0; row < t->a->rows; row++)
		if (pays(t, row, project))
			votes += (wide)t->a->weights[row];
	return votes;
}

/* Does project a, at rate of a, go before b? */
static bool
goes_before(const struct twin *t, uint32_t a, struct fraction a_rate,
	uint32_t b, struct fraction b_rate)
{
	int order = compare(a_rate, b_rate);

	if (order == 0)
		order = wide_compare(
			(wide)t->a->costs[a], (wide)t->a->costs[b]);
	if (order == 0)
		order = wide_compare(votes_for(t, b), votes_for(t, a));
	if (order == 0)
		return t->a->rules.lot[a] < t->a->rules.lot[b];
	return order < 0;
}

static void
share_out(struct twin *t, struct shares *s, wide raise)
{
	wide voters = 0;

	t->n_winners = 0;
	memset(s, 0, sizeof(*s));
	for (size_t row = 0; row < t->a->rows; row++)
		voters += (wide)t->a->weights[row];
	for (size_t row = 0; row < t->a->rows; row++)
		s->left[row] = reduced(
			(wide)t->a->rules.budget + raise * voters, voters);
	for (;;) {
		struct fraction price, rate, best_rate = {0, 1};
		struct fraction best_price = {0, 1};
		uint32_t best = NOBODY;

		for (uint32_t i = 0; i < t->a->options; i++) {
			if (s->chosen[i] || votes_for(t, i) == 0 ||
				!find_price(t, s, i, &price))
				continue;
			rate = price;
			if (t->a->rules.utility == METHOD_UTILITY_COST)
				rate = reduced(price.num,
					price.den * (wide)t->a->costs[i]);
			if (best != NOBODY &&
				!goes_before(t, i, rate, best, best_rate))
				continue;
			best = i;
			best_rate = rate;
			best_price = price;
		}
		if (best == NOBODY)
			return;
		for (size_t row = 0; row < t->a->rows; row++)
			if (pays(t, row, best))
				s->left[row] =
					compare(s->left[row], best_price) <= 0
						? (struct fraction){0, 1}
						: minus(s->left[row],
							  best_price);
		s->chosen[best] = true;
		s->cost += (wide)t->a->costs[best];
		t->winners[t->n_winners++] = best;
	}
}

static bool
something_fits(const struct twin *t, const struct shares *s, wide money)
{
	for (uint32_t i = 0; i < t->a->options; i++)
		if (!s->chosen[i] && votes_for(t, i) > 0 &&
			(wide)t->a->costs[i] <= money - s->cost)
			return true;
	return false;
}

static void
equal_shares_twin(struct twin *t)
{
	const struct method_rules *rules = &t->a->rules;
	struct shares s;
	wide raise = 0;

	share_out(t, &s, raise);
	while (rules->completion != METHOD_COMPLETION_NONE &&
		something_fits(t, &s,
			rules->completion == METHOD_COMPLETION_ADD1
				? 1000000
				: (wide)rules->budget)) {
		share_out(t, &s, ++raise);
		if (s.cost <= (wide)rules->budget)
			continue;
		share_out(t, &s, raise - 1);
		return;
	}
}

static void
equal_shares_have_a_twin(void **state)
{
	const struct method *m = methods_find(BYTES("equal-shares"));
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < TIMES; i++) {
		struct anyballots a;
		uint32_t lot[ANY_OPTIONS];
		struct result result;
		struct twin t = {.a = &a};

		anyballots_draw(&r, m, 12, &a);
		anyballots_lot(&r, a.options, lot);
		a.rules.lot = lot;
		a.rules.utility = (enum method_utility)rng_below(&r, 2);
		a.rules.completion = (enum method_completion)rng_below(&r, 3);
		anyballots_count(&a, &result);
		equal_shares_twin(&t);

		assert_int_equal(result.n_ties, 0);
		assert_int_equal(result.winners.n, t.n_winners);
		for (uint32_t j = 0; j < t.n_winners; j++)
			assert_int_equal(result.winners.at[j], t.winners[j]);
		result_clear(&result);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_shares_have_a_twin),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
