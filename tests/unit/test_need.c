#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/base/need.h"

static void
k_is_half_a_root_and_five_at_most(void **state)
{
	static const struct {
		uint64_t e, k;
	} rows[] = {{0, 1}, {1, 1}, {4, 1}, {5, 2}, {16, 2}, {17, 3}, {36, 3},
		{37, 4}, {64, 4}, {65, 5}, {100, 5}, {16777216, 5}};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(need_k(rows[i].e), rows[i].k);
}

static void
supporters_are_at_least_one_and_never_more_than_there_are(void **state)
{
	struct need times = {.times = 4};
	struct need share = {.by_share = true, .share = {1, 20}};

	(void)state;
	assert_int_equal(need_sponsors(&times, 100), 20);
	assert_int_equal(need_sponsors(&times, 3), 3);
	assert_int_equal(need_sponsors(&times, 0), 1);
	times.times = 0;
	assert_int_equal(need_sponsors(&times, 100), 1);
	assert_int_equal(need_sponsors(&share, 100), 5);
	assert_int_equal(need_sponsors(&share, 101), 6);
	assert_int_equal(need_sponsors(&share, 0), 1);
	share.share = (struct ratio){0, 1};
	assert_int_equal(need_sponsors(&share, 100), 1);
}

static void
a_quorum_is_five_or_all_and_the_share_or_root(void **state)
{
	const struct need none = {.by_share = true, .share = {0, 1}};
	const struct need fifth = {.by_share = true, .share = {1, 5}};
	const struct need debian = {.root = {9, 4}}; /* 3Q, Q = half a root */

	(void)state;
	assert_false(need_quorum(&none, 4, 100));
	assert_true(need_quorum(&none, 5, 100));
	assert_false(need_quorum(&fifth, 2, 3));
	assert_true(need_quorum(&fifth, 3, 3));
	assert_false(need_quorum(&fifth, 19, 100));
	assert_true(need_quorum(&fifth, 20, 100));
	assert_false(need_quorum(&debian, 14, 100));
	assert_true(need_quorum(&debian, 15, 100));
	assert_true(need_quorum(&debian, 16777216, 16777216));
}

static void
a_panel_has_no_floor_of_five(void **state)
{
	const struct need most = {
		.by_share = true, .few = true, .share = {3, 5}};
	const struct need all_but_one = {
		.by_share = true, .few = true, .share = {2, 3}};

	(void)state;
	assert_false(need_quorum(&most, 2, 5));
	assert_true(need_quorum(&most, 3, 5));
	assert_false(need_quorum(&all_but_one, 1, 3));
	assert_true(need_quorum(&all_but_one, 2, 3));
}

static void
a_majority_is_more_than_half_and_the_share(void **state)
{
	const struct ratio half = {1, 2}, most = {2, 3};

	(void)state;
	assert_false(need_majority(half, 0, 0));
	assert_false(need_majority(half, 5, 5));
	assert_true(need_majority(half, 6, 5));
	assert_false(need_majority(most, 199, 100));
	assert_true(need_majority(most, 200, 100));
	assert_true(need_majority(most, 1, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(k_is_half_a_root_and_five_at_most),
		cmocka_unit_test(
			supporters_are_at_least_one_and_never_more_than_there_are),
		cmocka_unit_test(a_quorum_is_five_or_all_and_the_share_or_root),
		cmocka_unit_test(a_panel_has_no_floor_of_five),
		cmocka_unit_test(a_majority_is_more_than_half_and_the_share),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
