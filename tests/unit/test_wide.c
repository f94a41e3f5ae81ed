#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/wide.h"

static void
assert_fixed(wide value, unsigned decimals, const char *text)
{
	struct writer w = {0};

	wide_put_fixed(&w, value, decimals);
	assert_string_equal(writer_string(&w), text);
	writer_clear(&w);
}

static const wide most =
	(wide)(((__extension__(unsigned __int128) 1) << 127) - 1);

static void
numbers_are_written_whole_or_with_decimals(void **state)
{
	(void)state;
	assert_fixed(0, 0, "0");
	assert_fixed(0, 5, "0.00000");
	assert_fixed(-7, 0, "-7");
	assert_fixed(299997, 5, "2.99997");
	assert_fixed(-3, 2, "-0.03");
	assert_fixed(most, 0, "170141183460469231731687303715884105727");
	assert_fixed(-most - 1, 0, "-170141183460469231731687303715884105728");
}

static void
what_does_not_fit_is_said(void **state)
{
	wide out;

	(void)state;
	assert_true(wide_add(most, 0, &out));
	assert_false(wide_add(most, 1, &out));
	assert_true(wide_mul(most, -1, &out));
	assert_false(wide_mul(most, 2, &out));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_written_whole_or_with_decimals),
		cmocka_unit_test(what_does_not_fit_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
