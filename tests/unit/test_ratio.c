#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/limits.h"
#include "ballots/base/ratio.h"
#include "tests/lib/rng.h"

static struct ratio
any_ratio(struct rng *r)
{
	return (struct ratio){(uint32_t)rng_below(r, LIMIT_RATIO_TERM + 1),
		1 + (uint32_t)rng_below(r, LIMIT_RATIO_TERM)};
}

static void
two_thirds_of_nine_is_six(void **state)
{
	const struct ratio two_thirds = {2, 3};

	(void)state;
	assert_false(ratio_reached(two_thirds, 5, 9));
	assert_true(ratio_reached(two_thirds, 6, 9));
	assert_false(ratio_exceeded(two_thirds, 6, 9));
	assert_true(ratio_exceeded(two_thirds, 7, 9));
	assert_int_equal(ratio_ceiling(two_thirds, 9), 6);
	assert_int_equal(ratio_ceiling(two_thirds, 10), 7);
}

static void
of_nobody_everything_is_reached_and_nothing_exceeded(void **state)
{
	const struct ratio half = {1, 2};

	(void)state;
	assert_true(ratio_reached(half, 0, 0));
	assert_false(ratio_exceeded(half, 0, 0));
	assert_int_equal(ratio_ceiling(half, 0), 0);
}

static void
the_largest_counts_do_not_wrap(void **state)
{
	const uint64_t most = (uint64_t)1 << 63;
	const struct ratio nearly = {LIMIT_RATIO_TERM - 1, LIMIT_RATIO_TERM};

	(void)state;
	assert_true(ratio_exceeded(nearly, most, most));
	assert_false(ratio_reached(nearly, most / 2, most));
	assert_true(ratio_ceiling(nearly, most) < most);
}

static void
the_ceiling_is_the_first_number_that_reaches(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < 10000; i++) {
		struct ratio any = any_ratio(&r);
		uint64_t whole = rng_below(&r, LIMIT_MEMBERS);
		uint64_t n = ratio_ceiling(any, whole);

		assert_true(ratio_reached(any, n, whole));
		assert_true(n == 0 || !ratio_reached(any, n - 1, whole));
		assert_true(ratio_exceeded(any, n + 1, whole));
	}
}

static void
ratios_compare_as_fractions_do(void **state)
{
	struct rng r = rng_start();

	(void)state;
	assert_int_equal(
		ratio_compare((struct ratio){1, 2}, (struct ratio){2, 4}), 0);
	for (int i = 0; i < 10000; i++) {
		struct ratio a = any_ratio(&r), b = any_ratio(&r);
		int order = ratio_compare(a, b);

		assert_int_equal(ratio_compare(b, a), -order);
		/* a is a.num of a.den: it reaches b exactly when a >= b. */
		assert_int_equal(ratio_reached(b, a.num, a.den), order >= 0);
	}
}

static void
the_root_is_the_last_whole_number_below(void **state)
{
	struct rng r = rng_start();

	(void)state;
	assert_int_equal(ratio_root(0), 0);
	assert_true(ratio_root(UINT64_MAX) == UINT32_MAX);
	for (int i = 0; i < 10000; i++) {
		uint64_t value = rng_next(&r) >> (2 + rng_below(&r, 62));
		uint64_t root = ratio_root(value);

		assert_true(root * root <= value);
		assert_true((root + 1) * (root + 1) > value);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_thirds_of_nine_is_six),
		cmocka_unit_test(
			of_nobody_everything_is_reached_and_nothing_exceeded),
		cmocka_unit_test(the_largest_counts_do_not_wrap),
		cmocka_unit_test(the_ceiling_is_the_first_number_that_reaches),
		cmocka_unit_test(ratios_compare_as_fractions_do),
		cmocka_unit_test(the_root_is_the_last_whole_number_below),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
