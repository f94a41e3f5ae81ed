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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_written_whole_or_with_decimals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
