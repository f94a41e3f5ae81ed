#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/lib/count.h"

/* The example of specs/methods.md. */
static const char breakfast[] = "count,Bread,Rice,Beans,As before\n"
				"5,1,2,3,4\n"
				"4,2,,1,\n"
				"2,3,1,2,\n"
				"2,,1,,2\n"
				"1,,,,1\n";

static void
the_strongest_path_settles_a_circle(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.default_option = 3;
	count_text(&c, "schulze", breakfast);
	count_assert_names(&c, &c.r.winners, "Bread");
	count_assert_ranking(&c, "Bread; Rice; Beans; As before");
	count_assert_cell(&c, 0, 0, 0, "11"); /* Bread against As before */
	count_assert_cell(&c, 1, 2, 0, "6");  /* Beans against Bread */
	count_assert_cell(&c, 2, 0, 2, "9:4");
	count_assert_cell(&c, 2, 2, 0, "6:5");
	count_assert_cell(&c, 2, 3, 0, "");
	count_clear(&c);
}

static void
a_quorum_drops_the_winner(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.default_option = 3;
	c.rules.quorum = 12;
	count_text(&c, "schulze", breakfast);
	count_assert_names(&c, &c.r.winners, "As before");
	count_clear(&c);
}

static void
a_ratio_drops_one_option_only(void **state)
{
	static const struct ratio ratios[] = {{4, 1}, {4, 1}, {4, 1}, {1, 1}};
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.default_option = 3;
	c.rules.ratios = ratios;
	count_text(&c, "schulze", breakfast);
	count_assert_ranking(&c, "Rice; As before");
	count_clear(&c);
}

static void
seats_go_to_the_first_of_the_ranking(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.seats = 2;
	count_text(&c, "schulze", breakfast);
	count_assert_names(&c, &c.r.winners, "Bread, Rice");
	count_clear(&c);
}

static void
no_opinion_says_nothing_and_unranked_is_last(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	count_text(&c, "schulze", "A,B\n1,-\n,1\n");
	count_assert_cell(&c, 0, 0, 1, "0");
	count_assert_cell(&c, 0, 1, 0, "1");
	count_clear(&c);
}

static void
options_that_none_can_part_tie_for_the_last_seat(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.seats = 2;
	count_text(&c, "schulze", "A,B,C\n1,2,3\n1,3,2\n");
	count_assert_names(&c, &c.r.winners, "A");
	assert_int_equal(c.r.n_ties, 1);
	assert_int_equal(c.r.ties[0].seats, 1);
	count_assert_names(&c, &c.r.ties[0].options, "B, C");
	count_assert_names(&c, &c.r.ties[0].leads[1], "A, C");
	count_clear(&c);
}

static void
light_and_heavy_ballots_add_up(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	count_text(&c, "schulze",
		"count,A,B,C\n65535,1,2,3\n1,1,2,3\n65536,1,2,3\n"
		"60000,1,2,3\n6000,3,1,2\n4000000000000000000,3,2,1\n");
	count_assert_cell(&c, 0, 0, 1, "191072");
	count_assert_cell(&c, 0, 1, 0, "4000000000000006000");
	count_assert_cell(&c, 0, 1, 2, "197072");
	count_clear(&c);
}

static void
more_options_than_can_be_counted_are_refused(void **state)
{
	const struct method *m = methods_find(BYTES("schulze"));
	struct method_rules rules = METHOD_RULES;
	struct result r = {0};
	struct profile p;

	(void)state;
	profile_init(&p, m->options_max + 1, 1);
	assert_int_equal(methods_count(m, &rules, &p, &r), VERDICT_TOO_LARGE);
	result_clear(&r);
	profile_clear(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_strongest_path_settles_a_circle),
		cmocka_unit_test(a_quorum_drops_the_winner),
		cmocka_unit_test(a_ratio_drops_one_option_only),
		cmocka_unit_test(seats_go_to_the_first_of_the_ranking),
		cmocka_unit_test(no_opinion_says_nothing_and_unranked_is_last),
		cmocka_unit_test(
			options_that_none_can_part_tie_for_the_last_seat),
		cmocka_unit_test(light_and_heavy_ballots_add_up),
		cmocka_unit_test(more_options_than_can_be_counted_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
