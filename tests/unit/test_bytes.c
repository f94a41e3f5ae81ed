#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/bytes.h"

static void
a_slice_never_reaches_past_its_source(void **state)
{
	struct bytes b = BYTES("kettle");

	(void)state;
	assert_true(bytes_equal(bytes_slice(b, 1, 3), BYTES("ett")));
	assert_true(bytes_equal(bytes_slice(b, 4, 99), BYTES("le")));
	assert_true(bytes_equal(bytes_slice(b, 6, 1), BYTES("")));
	assert_int_equal(bytes_slice(b, SIZE_MAX, SIZE_MAX).len, 0);
	assert_int_equal(bytes_slice(b, 1, SIZE_MAX).len, 5);
	assert_int_equal(bytes_slice(bytes_of(NULL, 0), 1, 1).len, 0);
}

static void
bytes_are_equal_by_content_and_length(void **state)
{
	char copy[] = "kettle";

	(void)state;
	assert_true(bytes_equal(BYTES("kettle"), bytes_of(copy, 6)));
	assert_false(bytes_equal(BYTES("kettle"), bytes_of(copy, 5)));
	assert_false(bytes_equal(BYTES("kettlf"), bytes_of(copy, 6)));
	assert_true(bytes_equal(BYTES(""), bytes_of(NULL, 0)));
}

static void
order_is_that_of_unsigned_bytes_then_of_length(void **state)
{
	static const char *const ascending[] = {
		"", "A", "a", "aa", "b", "\x7f", "\x80", "\xff"};
	size_t n = sizeof(ascending) / sizeof(ascending[0]);

	(void)state;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++) {
			int order = bytes_compare(bytes_of_string(ascending[i]),
				bytes_of_string(ascending[k]));

			assert_int_equal(
				(order > 0) - (order < 0), (i > k) - (i < k));
		}
}

static void
a_prefix_may_be_all_or_nothing_but_not_more(void **state)
{
	(void)state;
	assert_true(bytes_start_with(BYTES("ab"), BYTES("")));
	assert_true(bytes_start_with(BYTES("ab"), BYTES("ab")));
	assert_false(bytes_start_with(BYTES("ab"), BYTES("abc")));
	assert_false(bytes_start_with(BYTES("ab"), BYTES("b")));
}

static void
cutting_takes_one_part_at_a_time(void **state)
{
	struct bytes rest = BYTES("a,,bc");

	(void)state;
	assert_true(bytes_equal(bytes_cut(&rest, ','), BYTES("a")));
	assert_true(bytes_equal(bytes_cut(&rest, ','), BYTES("")));
	assert_true(bytes_equal(bytes_cut(&rest, ','), BYTES("bc")));
	assert_int_equal(rest.len, 0);
	assert_int_equal(bytes_cut(&rest, ',').len, 0);
}

static void
a_byte_that_is_not_there_is_found_at_the_end(void **state)
{
	(void)state;
	assert_int_equal(bytes_find(BYTES("a,b,"), ','), 1);
	assert_int_equal(bytes_find(BYTES("ab"), ','), 2);
	assert_int_equal(bytes_find(bytes_of(NULL, 0), ','), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slice_never_reaches_past_its_source),
		cmocka_unit_test(bytes_are_equal_by_content_and_length),
		cmocka_unit_test(
			order_is_that_of_unsigned_bytes_then_of_length),
		cmocka_unit_test(a_prefix_may_be_all_or_nothing_but_not_more),
		cmocka_unit_test(cutting_takes_one_part_at_a_time),
		cmocka_unit_test(a_byte_that_is_not_there_is_found_at_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
