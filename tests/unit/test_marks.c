#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/count/methods.h"
#include "ballots/rules/marks.h"

static const struct method *
method(const char *name)
{
	return methods_find(bytes_of_string(name));
}

/* Marks of three options; a scale where the method has one. */
static void
what_fits_a_method_is_as_the_specification_has_it(void **state)
{
	static const struct {
		const char *method;
		int16_t marks[3];
		bool fits;
	} rows[] = {
		{"plurality", {0, 1, 0}, true},
		{"plurality", {0, 0, 0}, false},
		{"plurality", {1, 1, 0}, false},
		{"approval", {1, 1, 1}, true},
		{"approval", {0, 0, 0}, true},
		{"approval", {0, 2, 0}, false},
		{"equal-shares", {0, 1, 1}, true},
		{"equal-shares", {0, -1, 1}, false},
		{"score", {-2, 3, 0}, true},
		{"score", {-3, 3, 0}, false},
		{"score", {-2, 4, 0}, false},
		{"majority-judgment", {0, 3, 1}, true},
		{"majority-judgment", {0, 4, 1}, false},
		{"majority-judgment", {-1, 3, 1}, false},
		{"schulze", {1, 1, 3}, true},
		{"schulze", {-1, 0, 2}, true},
		{"schulze", {-2, 0, 2}, false},
		{"schulze", {1, 2, 4}, false},
		{"ranked-pairs", {1, 1, -1}, true},
		{"irv", {0, 1, 3}, true},
		{"irv", {2, 2, 1}, false},
		{"irv", {-1, 2, 1}, false},
		{"stv-wigm", {3, 2, 1}, true},
		{"stv-meek", {0, 0, 0}, true},
		{"stv-meek", {0, 0, 4}, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(marks_check(method(rows[i].method), -2, 3,
					 rows[i].marks, 3),
			rows[i].fits ? VERDICT_OK : VERDICT_INVALID_BALLOT);
}

static void
yes_no_has_one_mark(void **state)
{
	(void)state;
	assert_int_equal(marks_count(method("yes-no"), 2), 1);
	assert_int_equal(marks_count(method("schulze"), 4), 4);
	for (int16_t mark = -2; mark <= 2; mark++)
		assert_int_equal(marks_check(method("yes-no"), 0, 0, &mark, 1),
			mark >= -1 && mark <= 1 ? VERDICT_OK
						: VERDICT_INVALID_BALLOT);
}

static void
an_option_is_held_against_the_status_quo(void **state)
{
	static const struct {
		const char *method;
		int16_t status_quo, option;
		int sign;
	} rows[] = {
		{"approval", 0, 1, 1},
		{"approval", 1, 1, 0},
		{"approval", 1, 0, -1},
		{"score", -2, 3, 1},
		{"majority-judgment", 2, 1, -1},
		{"schulze", 2, 1, 1},
		{"schulze", 1, 1, 0},
		{"schulze", 0, 2, 1},
		{"schulze", 2, 0, -1},
		{"schulze", 0, 0, 0},
		{"schulze", -1, 1, 0},
		{"schulze", 1, -1, 0},
		{"irv", 0, 1, 1},
		{"irv", 0, 0, 0},
		{"stv-wigm", 1, 2, -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int16_t marks[2] = {rows[i].status_quo, rows[i].option};
		int sign = marks_prefer(method(rows[i].method), marks, 1);

		assert_int_equal((sign > 0) - (sign < 0), rows[i].sign);
	}
	for (int16_t mark = -1; mark <= 1; mark++)
		assert_int_equal(
			marks_prefer(method("yes-no"), &mark, 1), mark);
}

static void
methods_take_marks_that_are_not_negative(void **state)
{
	const int16_t ranks[] = {1, 0, -1}, scores[] = {-2, 3, 0}, no = -1;
	uint16_t out[3];

	(void)state;
	marks_translate(method("schulze"), 0, ranks, 3, out);
	assert_int_equal(out[0], 1);
	assert_int_equal(out[1], 0);
	assert_int_equal(out[2], PROFILE_NO_OPINION);
	marks_translate(method("score"), -2, scores, 3, out);
	assert_int_equal(out[0], 1);
	assert_int_equal(out[1], 6);
	assert_int_equal(out[2], 3);
	marks_translate(method("yes-no"), 0, &no, 1, out);
	assert_int_equal(out[0], PROFILE_NO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			what_fits_a_method_is_as_the_specification_has_it),
		cmocka_unit_test(yes_no_has_one_mark),
		cmocka_unit_test(an_option_is_held_against_the_status_quo),
		cmocka_unit_test(methods_take_marks_that_are_not_negative),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
