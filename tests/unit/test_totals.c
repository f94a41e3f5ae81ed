#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/lib/count.h"

static void
approvals_are_added_up(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	count_text(&c, "approval", "count,A,B,C\n3,1,1,0\n2,,1,1\n1,0,0,0\n");
	count_assert_ranking(&c, "B; A; C");
	count_assert_cell(&c, 0, 1, 0, "5");
	assert_int_equal(c.r.valid, 5);
	assert_int_equal(c.r.blank, 1);
	count_clear(&c);
}

static void
scores_may_be_negative_and_blanks_add_nothing(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.low = -2;
	c.rules.high = 2;
	count_text(&c, "score", "A,B,C\n-2,1,\n1,-2,\n");
	count_assert_ranking(&c, "C; A, B");
	count_assert_cell(&c, 0, 0, 0, "-1");
	count_clear(&c);
}

static void
sums_beyond_64_bits_are_exact(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.low = 0;
	c.rules.high = 1000;
	count_text(&c, "score", "count,A,B\n9000000000000000000,1000,999\n");
	count_assert_cell(&c, 0, 0, 0, "9000000000000000000000");
	count_assert_cell(&c, 0, 1, 0, "8991000000000000000000");
	count_clear(&c);
}

static void
a_group_that_fits_is_elected_as_a_whole(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.seats = 3;
	count_text(&c, "approval", "A,B,C,D\n1,1,,\n1,1,1,1\n");
	count_assert_names(&c, &c.r.winners, "A, B");
	assert_int_equal(c.r.n_ties, 1);
	count_assert_names(&c, &c.r.ties[0].options, "C, D");
	count_assert_names(&c, &c.r.ties[0].leads[0], "A, B, C");
	count_clear(&c);
}

static void
the_default_does_not_contend_for_several_seats(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.seats = 2;
	c.rules.default_option = 2;
	count_text(&c, "approval", "count,A,B,None\n3,1,0,0\n2,0,0,1\n");
	count_assert_names(&c, &c.r.winners, "A");
	assert_int_equal(c.r.n_ties, 0);
	count_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(approvals_are_added_up),
		cmocka_unit_test(scores_may_be_negative_and_blanks_add_nothing),
		cmocka_unit_test(sums_beyond_64_bits_are_exact),
		cmocka_unit_test(a_group_that_fits_is_elected_as_a_whole),
		cmocka_unit_test(
			the_default_does_not_contend_for_several_seats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
