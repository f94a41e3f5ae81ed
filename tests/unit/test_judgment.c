#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/lib/count.h"

/* The example of specs/methods.md. */
static const char grades[] = "Anna,Ben\n5,4\n4,4\n3,3\n2,3\n5,2\n1,3\n";

static void
medians_are_taken_away_until_they_differ(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.low = 1;
	c.rules.high = 5;
	count_text(&c, "majority-judgment", grades);
	count_assert_ranking(&c, "Anna; Ben");
	count_assert_cell(&c, 1, 0, 0, "3");
	count_assert_cell(&c, 1, 0, 1, "3");
	count_assert_cell(&c, 1, 1, 2, "1");
	count_clear(&c);
}

static void
one_may_be_the_best_grade(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.low = 5;
	c.rules.high = 1;
	count_text(&c, "majority-judgment", "A,B\n1,2\n3,3\n5,4\n1,2\n");
	count_assert_ranking(&c, "A; B");
	count_assert_cell(&c, 1, 0, 0, "1");
	count_assert_cell(&c, 1, 1, 0, "2");
	count_clear(&c);
}

static void
blanks_are_the_lowest_grade(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.low = 1;
	c.rules.high = 5;
	count_text(&c, "majority-judgment", "A,B\n5,2\n-,2\n,2\n");
	count_assert_ranking(&c, "B; A");
	count_assert_cell(&c, 1, 1, 0, "1");
	count_clear(&c);
}

static void
the_same_grades_in_any_order_tie(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.low = 1;
	c.rules.high = 5;
	count_text(&c, "majority-judgment", "A,B\n5,2\n2,5\n3,3\n");
	count_assert_ranking(&c, "A, B");
	count_assert_names(&c, &c.r.ties[0].leads[1], "B");
	count_clear(&c);
}

static void
huge_weights_are_compared_without_walking_through_them(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.low = 1;
	c.rules.high = 5;
	count_text(&c, "majority-judgment",
		"count,A,B\n4000000000000000000,3,3\n"
		"1000000000000000000,5,4\n1000000000000000001,1,1\n");
	count_assert_ranking(&c, "A; B");
	count_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(medians_are_taken_away_until_they_differ),
		cmocka_unit_test(one_may_be_the_best_grade),
		cmocka_unit_test(blanks_are_the_lowest_grade),
		cmocka_unit_test(the_same_grades_in_any_order_tie),
		cmocka_unit_test(
			huge_weights_are_compared_without_walking_through_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
