#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/lib/count.h"

static void
the_weakest_defeat_of_a_circle_is_left_out(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	count_text(
		&c, "ranked-pairs", "count,A,B,C\n4,1,2,3\n3,3,1,2\n2,2,3,1\n");
	count_assert_ranking(&c, "A; B; C");
	/* B over C 7:2, A over B 6:3, C over A 5:4 */
	count_assert_cell(&c, 1, 0, 4, "locked");
	count_assert_cell(&c, 1, 2, 2, "5");
	count_assert_cell(&c, 1, 2, 4, "left out: closes a circle");
	count_clear(&c);
}

static void
equal_defeats_in_a_circle_are_all_left_out(void **state)
{
	static const uint32_t lot[] = {3, 1, 0, 2};
	struct count c = {.rules = METHOD_RULES};
	static const char csv[] =
		"count,A,B,C,D\n3,1,2,3,4\n3,3,1,2,4\n3,2,3,1,4\n";

	(void)state;
	count_text(&c, "ranked-pairs", csv);
	count_assert_ranking(&c, "A, B, C; D");
	count_assert_names(&c, &c.r.ties[0].options, "A, B, C");
	count_clear(&c);

	c.rules.lot = lot;
	count_text(&c, "ranked-pairs", csv);
	count_assert_ranking(&c, "C; B; A; D");
	assert_int_equal(c.r.steps.n, 3);
	assert_int_equal(c.r.steps.tables[2].rows[0].option, 2);
	assert_int_equal(c.r.steps.tables[2].n_rows, 3);
	assert_int_equal(c.r.n_ties, 0);
	count_clear(&c);
}

static void
equal_defeats_without_a_circle_are_all_locked(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	count_text(&c, "ranked-pairs", "count,A,B,C\n3,1,2,3\n");
	count_assert_ranking(&c, "A; B; C");
	count_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_weakest_defeat_of_a_circle_is_left_out),
		cmocka_unit_test(equal_defeats_in_a_circle_are_all_left_out),
		cmocka_unit_test(equal_defeats_without_a_circle_are_all_locked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
