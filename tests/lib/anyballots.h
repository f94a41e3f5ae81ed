#ifndef TESTS_LIB_ANYBALLOTS_H
#define TESTS_LIB_ANYBALLOTS_H

#include <cmocka.h>

#include "ballots/count/methods.h"
#include "ballots/count/scale.h"
#include "tests/lib/rng.h"

/*
 * Any small election: random rules and ballots that fit a method, kept as a
 * plain table, so that tests can change it before they count it.
 */
enum { ANY_OPTIONS = 6, ANY_ROWS = 24 };

struct anyballots {
	const struct method *method;
	struct method_rules rules;
	uint32_t options;
	size_t rows;
	uint16_t marks[ANY_ROWS][ANY_OPTIONS];
	uint64_t weights[ANY_ROWS];
	uint64_t costs[ANY_OPTIONS];
};

static inline uint16_t
anyballots_mark(struct rng *r, const struct anyballots *a)
{
	uint64_t highest = 1;

	if (a->method->marks == METHOD_RANKS)
		highest = a->options;
	else if (a->method->marks != METHOD_APPROVALS)
		highest = scale_levels(&a->rules);
	if (rng_below(r, 20) == 0)
		return PROFILE_NO_OPINION;
	return (uint16_t)rng_below(r, highest + 1);
}

/* Every rank once, in any order: a strict and complete ballot. */
static inline void
anyballots_strict(struct rng *r, uint16_t *marks, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t j = (uint32_t)rng_below(r, i + 1);

		marks[i] = marks[j];
		marks[j] = (uint16_t)(i + 1);
	}
}

/* Up to rows ballots for m; half of all ranked elections are strict. */
static inline void
anyballots_draw(struct rng *r, const struct method *m, size_t rows,
	struct anyballots *out)
{
	struct anyballots a = {.method = m, .rules = METHOD_RULES};
	bool strict = m->marks == METHOD_RANKS && rng_below(r, 2) == 0;
	uint32_t most =
		m->options_max < ANY_OPTIONS ? m->options_max : ANY_OPTIONS;

	a.options = 1 + (uint32_t)rng_below(r, most);
	a.rows = 1 + rng_below(r, rows);
	if (m->many_seats)
		a.rules.seats = 1 + (uint32_t)rng_below(r, a.options);
	a.rules.low = (int32_t)rng_below(r, 6) - 2;
	a.rules.high = (int32_t)rng_below(r, 6) - 2;
	for (size_t row = 0; row < a.rows; row++) {
		a.weights[row] = 1 + rng_below(r, 3);
		if (strict)
			anyballots_strict(r, a.marks[row], a.options);
		for (uint32_t i = 0; !strict && i < a.options; i++)
			a.marks[row][i] = anyballots_mark(r, &a);
	}
	for (uint32_t i = 0; i < a.options; i++)
		a.costs[i] = 1 + rng_below(r, 9);
	a.rules.budget = 1 + rng_below(r, 20);
	*out = a;
}

/* A lot of n options, in any order. */
static inline void
anyballots_lot(struct rng *r, uint32_t n, uint32_t lot[static ANY_OPTIONS])
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t j = (uint32_t)rng_below(r, i + 1);

		lot[i] = lot[j];
		lot[j] = i;
	}
}

/* Count a; *out is the caller's to clear. */
static inline void
anyballots_count(const struct anyballots *a, struct result *out)
{
	struct method_rules rules = a->rules;
	struct profile p;

	profile_init(&p, a->options, 16);
	for (size_t row = 0; row < a->rows; row++)
		assert_int_equal(
			profile_add(&p, a->marks[row], a->weights[row]),
			VERDICT_OK);
	rules.costs = a->costs;
	*out = (struct result){0};
	assert_int_equal(methods_count(a->method, &rules, &p, out), VERDICT_OK);
	profile_clear(&p);
}

#endif
