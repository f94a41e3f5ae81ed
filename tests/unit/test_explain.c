#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/count/explain.h"
#include "tests/lib/count.h"

static struct report
report_of(const struct count *c)
{
	return (struct report){
		.method = c->method,
		.rules = &c->rules,
		.result = &c->r,
		.names = c->e.options,
		.options = c->e.n_options,
		.ballots = c->e.profile.total,
	};
}

static void
assert_told(const struct count *c, const char *outcome, const char *steps)
{
	struct report report = report_of(c);
	struct writer w = {0};

	explain_outcome(&w, &report);
	assert_string_equal(writer_string(&w), outcome);
	writer_rewind(&w);
	explain_steps(&w, &report);
	assert_string_equal(writer_string(&w), steps);
	writer_clear(&w);
}

static void
a_tie_says_what_each_option_would_lead_to(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.seats = 2;
	count_text(&c, "approval", "Zoë,Bob,Cho\n1,1,\n1,,1\n");
	assert_told(&c,
		"Approval: 2 ballots, 2 seats\n"
		"Elected: Zoë\n"
		"Tie: Bob, Cho, for 1 seat\n"
		"  if the lot puts Bob first: Zoë, Bob\n"
		"  if the lot puts Cho first: Zoë, Cho\n",
		"\nApprovals\n"
		"     votes\n"
		"Zoë      2  ########################################\n"
		"Bob      1  ####################\n"
		"Cho      1  ####################\n");
	count_clear(&c);
}

static void
a_matrix_heads_its_columns_with_numbers(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	count_text(&c, "schulze", "count,Ann,Bob\n12,1,2\n1,,1\n2,,\n");
	assert_told(&c,
		"Schulze: 15 ballots, of them blank 2, 1 seat\n"
		"Elected: Ann\n",
		"\nVotes that prefer the row to the column\n"
		"       1   2\n"
		"1 Ann     12\n"
		"2 Bob  1\n"
		"\nStrongest path from row to column (its weakest defeat)\n"
		"       1  2\n"
		"1 Ann     12:1\n"
		"2 Bob\n");
	count_clear(&c);
}

static void
a_vote_says_why_it_passed(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	count_text(&c, "yes-no", "Roof\n1\n0\n1\n");
	assert_told(&c,
		"Yes, no, abstain: 3 ballots\n"
		"Passed\n",
		"\nAnswers\n"
		"         votes\n"
		"yes          2  ########################################\n"
		"no           1  ####################\n"
		"abstain      0\n"
		"  yes reaches the quorum\n"
		"  yes has the majority\n");
	count_clear(&c);
}

static void
grades_stand_as_one_bar_each(void **state)
{
	struct count c = {.rules = METHOD_RULES};

	(void)state;
	c.rules.low = 1;
	c.rules.high = 2;
	count_text(&c, "majority-judgment", "A,B\n1,2\n1,2\n2,1\n2,2\n");
	assert_told(&c,
		"Majority judgment: 4 ballots, 1 seat\n"
		"Elected: B\n",
		"\nBallots of each grade, best option first\n"
		"   2  1\n"
		"B  3  1  ##############################==========\n"
		"A  2  2  ####################====================\n"
		"\nMedians, best option first\n"
		"   median  better  worse\n"
		"B       2       0      1\n"
		"A       1       2      0\n");
	count_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tie_says_what_each_option_would_lead_to),
		cmocka_unit_test(a_matrix_heads_its_columns_with_numbers),
		cmocka_unit_test(a_vote_says_why_it_passed),
		cmocka_unit_test(grades_stand_as_one_bar_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
