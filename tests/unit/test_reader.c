#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "ballots/base/reader.h"
#include "tests/lib/rng.h"

static void
integers_are_big_endian(void **state)
{
	static const uint8_t in[] = {
		1, 0, 2, 0, 0, 0, 3, 0x80, 0, 0, 0, 0, 0, 0, 4, 'x', 'y'};
	struct reader r = reader_of(bytes_of(in, sizeof(in)));

	(void)state;
	assert_int_equal(reader_u8(&r), 1);
	assert_int_equal(reader_u16(&r), 2);
	assert_int_equal(reader_u32(&r), 3);
	assert_true(reader_u64(&r) == 0x8000000000000004);
	assert_true(bytes_equal(reader_bytes(&r, 2), BYTES("xy")));
	assert_true(reader_done(&r));
}

static void
a_leftover_is_not_done(void **state)
{
	struct reader r = reader_of(BYTES("ab"));

	(void)state;
	reader_u8(&r);
	assert_false(reader_done(&r));
}

static void
past_the_end_there_are_zeros_and_no_way_back(void **state)
{
	struct reader r = reader_of(BYTES("abc"));

	(void)state;
	assert_int_equal(reader_u32(&r), 0);
	assert_int_equal(reader_u8(&r), 0);
	assert_int_equal(reader_bytes(&r, 1).len, 0);
	assert_int_equal(reader_bytes(&r, SIZE_MAX).len, 0);
	assert_false(reader_done(&r));
}

static void
nothing_is_read_well_from_nothing(void **state)
{
	struct reader r = reader_of(bytes_of(NULL, 0));

	(void)state;
	assert_true(reader_done(&r));
	assert_int_equal(reader_bytes(&r, 0).len, 0);
	assert_true(reader_done(&r));
}

static void
decimals_have_one_form(void **state)
{
	static const char *const bad[] = {"", "00", "01", "-1", "+1", " 1",
		"1 ", "1.0", "0x1", "a", "/", ":", "18446744073709551616",
		"18446744073709551620", "99999999999999999999",
		"100000000000000000000"};
	uint64_t n = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(reader_decimal(
			bytes_of_string(bad[i]), UINT64_MAX, &n));
	assert_int_equal(n, 42);
	assert_true(reader_decimal(BYTES("0"), 0, &n));
	assert_int_equal(n, 0);
	assert_true(
		reader_decimal(BYTES("18446744073709551615"), UINT64_MAX, &n));
	assert_true(n == UINT64_MAX);
}

static void
decimals_are_read_up_to_their_bound(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < 10000; i++) {
		uint64_t value = rng_next(&r) >> rng_below(&r, 64);
		uint64_t max = rng_next(&r) >> rng_below(&r, 64);
		uint64_t read = 0;
		char text[21];

		snprintf(text, sizeof(text), "%llu", (unsigned long long)value);
		assert_int_equal(
			reader_decimal(bytes_of_string(text), max, &read),
			value <= max);
		if (value <= max)
			assert_true(read == value);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers_are_big_endian),
		cmocka_unit_test(a_leftover_is_not_done),
		cmocka_unit_test(past_the_end_there_are_zeros_and_no_way_back),
		cmocka_unit_test(nothing_is_read_well_from_nothing),
		cmocka_unit_test(decimals_have_one_form),
		cmocka_unit_test(decimals_are_read_up_to_their_bound),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
