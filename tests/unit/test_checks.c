#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/record/checks.h"

static const struct checks_row rows[] = {
	{"sealed", "", "", CHECKS_NOT_PROVEN},
	{"new", "", "", CHECKS_STALE},
	{"allowed", "", "", CHECKS_SUSPENDED},
	{"alive", "", "", CHECKS_REVOKED},
};
static const struct checks_table table = {rows, 4};

static void
the_worst_no_is_the_answer(void **state)
{
	struct checks c = {0};

	(void)state;
	assert_int_equal(checks_worst(&c, &table), CHECKS_VALID);
	checks_note(&c, 0, VERDICT_OK);
	assert_int_equal(checks_worst(&c, &table), CHECKS_VALID);
	checks_note(&c, 2, VERDICT_NOT_NOW);
	checks_note(&c, 1, VERDICT_STALE);
	assert_int_equal(checks_worst(&c, &table), CHECKS_SUSPENDED);
	checks_note(&c, 3, VERDICT_CLOSED);
	assert_int_equal(checks_worst(&c, &table), CHECKS_REVOKED);
	checks_note(&c, 0, VERDICT_BAD_SIGNATURE);
	assert_int_equal(checks_worst(&c, &table), CHECKS_NOT_PROVEN);
	assert_string_equal(
		checks_answer_name(CHECKS_STALE), "VALID BUT STALE");
}

static void
a_no_stays_a_no(void **state)
{
	struct checks c = {0};

	(void)state;
	assert_false(checks_yes(&c, 1)); /* it was not made */
	assert_true(checks_note(&c, 1, VERDICT_OK));
	assert_true(checks_yes(&c, 1));
	assert_false(checks_note(&c, 1, VERDICT_STALE));
	assert_true(checks_note(&c, 1, VERDICT_OK));
	assert_false(checks_yes(&c, 1));
	assert_int_equal(c.verdict[1], VERDICT_STALE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_worst_no_is_the_answer),
		cmocka_unit_test(a_no_stays_a_no),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
