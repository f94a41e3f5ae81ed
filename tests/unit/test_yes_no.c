#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/lib/count.h"

static void
answers_on_one_option_are_yes_no_or_blank(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	count_text(&c, "yes-no", "count,A new roof\n7,1\n4,0\n3,\n");
	assert_int_equal(c.r.outcome, RESULT_PASSED);
	count_assert_names(&c, &c.r.winners, "A new roof");
	count_assert_cell(&c, 0, 0, 0, "7");
	count_assert_cell(&c, 0, 1, 0, "4");
	count_assert_cell(&c, 0, 2, 0, "3");
	count_clear(&c);
}

static void
a_tie_is_a_no(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	count_text(&c, "yes-no", "count,A new roof\n4,1\n4,0\n");
	assert_int_equal(c.r.outcome, RESULT_REJECTED);
	assert_int_equal(c.r.winners.n, 0);
	assert_int_equal(c.r.n_ties, 0);
	count_clear(&c);
}

static void
the_quorum_asks_for_yes_and_abstaining_does_not_help(void **state)
{
	struct count c = {.rules = METHOD_RULES};
	static const char csv[] = "count,A new roof\n7,1\n4,0\n9,\n";

	(void)state;
	c.rules.quorum = 7;
	count_text(&c, "yes-no", csv);
	assert_int_equal(c.r.outcome, RESULT_PASSED);
	count_clear(&c);
	c.rules.quorum = 8;
	count_text(&c, "yes-no", csv);
	assert_int_equal(c.r.outcome, RESULT_REJECTED);
	count_clear(&c);
}

static void
a_ratio_is_reached_exactly(void **state)
{
	static const struct ratio two_thirds[] = {{2, 1}};
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.ratios = two_thirds;
	count_text(&c, "yes-no", "count,A new roof\n8,1\n4,0\n");
	assert_int_equal(c.r.outcome, RESULT_PASSED);
	count_clear(&c);
	count_text(&c, "yes-no", "count,A new roof\n8,1\n5,0\n");
	assert_int_equal(c.r.outcome, RESULT_REJECTED);
	count_clear(&c);
}

static void
ranks_on_two_options_answer_too(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.default_option = 0;
	count_text(
		&c, "yes-no", "count,As before,Change\n5,2,1\n3,1,\n2,1,1\n");
	assert_int_equal(c.r.outcome, RESULT_PASSED);
	count_assert_names(&c, &c.r.winners, "Change");
	count_assert_cell(&c, 0, 2, 0, "2");
	count_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_on_one_option_are_yes_no_or_blank),
		cmocka_unit_test(a_tie_is_a_no),
		cmocka_unit_test(
			the_quorum_asks_for_yes_and_abstaining_does_not_help),
		cmocka_unit_test(a_ratio_is_reached_exactly),
		cmocka_unit_test(ranks_on_two_options_answer_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
