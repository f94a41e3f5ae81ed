#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/count/methods.h"

static const struct method *
plurality(void)
{
	return methods_find(BYTES("plurality"));
}

static void
add(struct profile *p, uint16_t a, uint16_t b, uint16_t c, uint64_t weight)
{
	uint16_t marks[] = {a, b, c};

	assert_int_equal(profile_add(p, marks, weight), VERDICT_OK);
}

static void
the_option_that_comes_first_most_often_wins(void **state)
{
	struct method_rules rules = METHOD_RULES;
	struct result r = {0};
	struct profile p;

	(void)state;
	profile_init(&p, 3, 3);
	add(&p, 1, 2, 3, 4);
	add(&p, 0, 1, 2, 5);
	add(&p, 1, 1, 0, 7);
	add(&p, 0, PROFILE_NO_OPINION, 0, 2);
	assert_int_equal(
		methods_count(plurality(), &rules, &p, &r), VERDICT_OK);
	assert_int_equal(r.winners.n, 1);
	assert_int_equal(r.winners.at[0], 1);
	assert_int_equal(r.valid, 9);
	assert_int_equal(r.set_aside, 7);
	assert_int_equal(r.blank, 2);
	assert_int_equal(r.n_ranking, 3);
	result_clear(&r);
	profile_clear(&p);
}

static void
a_tie_stays_open_without_a_lot(void **state)
{
	static const uint32_t lot[] = {2, 1, 0};
	struct method_rules rules = METHOD_RULES;
	struct result r = {0};
	struct profile p;

	(void)state;
	profile_init(&p, 3, 3);
	add(&p, 1, 0, 0, 3);
	add(&p, 0, 1, 0, 3);
	assert_int_equal(
		methods_count(plurality(), &rules, &p, &r), VERDICT_OK);
	assert_int_equal(r.winners.n, 0);
	assert_int_equal(r.n_ties, 1);
	assert_int_equal(r.ties[0].options.n, 2);
	assert_int_equal(r.ties[0].seats, 1);
	assert_int_equal(r.ties[0].leads[1].at[0], 1);
	result_clear(&r);

	rules.lot = lot;
	assert_int_equal(
		methods_count(plurality(), &rules, &p, &r), VERDICT_OK);
	assert_int_equal(r.n_ties, 0);
	assert_int_equal(r.winners.at[0], 1);
	result_clear(&r);
	profile_clear(&p);
}

static void
options_that_fail_against_the_default_are_dropped(void **state)
{
	struct method_rules rules = METHOD_RULES;
	struct result r = {0};
	struct profile p;

	(void)state;
	profile_init(&p, 3, 3);
	add(&p, 1, 0, 2, 5);
	add(&p, 3, 1, 2, 3);
	rules.default_option = 2;
	rules.quorum = 6;
	assert_int_equal(
		methods_count(plurality(), &rules, &p, &r), VERDICT_OK);
	assert_int_equal(r.winners.n, 1);
	assert_int_equal(r.winners.at[0], 2);
	result_clear(&r);
	profile_clear(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_option_that_comes_first_most_often_wins),
		cmocka_unit_test(a_tie_stays_open_without_a_lot),
		cmocka_unit_test(
			options_that_fail_against_the_default_are_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
