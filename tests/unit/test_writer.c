#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/reader.h"
#include "ballots/base/writer.h"
#include "tests/lib/rng.h"

static void
what_is_written_is_read_again(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < 100; i++) {
		struct rng again = r;
		struct writer w = {0};
		struct reader reader;

		for (int k = 0; k < i; k++) {
			writer_put_u8(&w, (uint8_t)rng_next(&r));
			writer_put_u16(&w, (uint16_t)rng_next(&r));
			writer_put_u32(&w, (uint32_t)rng_next(&r));
			writer_put_u64(&w, rng_next(&r));
		}
		reader = reader_of(writer_view(&w));
		for (int k = 0; k < i; k++) {
			assert_true(reader_u8(&reader) ==
				    (uint8_t)rng_next(&again));
			assert_true(reader_u16(&reader) ==
				    (uint16_t)rng_next(&again));
			assert_true(reader_u32(&reader) ==
				    (uint32_t)rng_next(&again));
			assert_true(reader_u64(&reader) == rng_next(&again));
		}
		assert_true(reader_done(&reader));
		writer_clear(&w);
	}
}

static void
numbers_are_written_in_decimal(void **state)
{
	struct writer w = {0};

	(void)state;
	writer_put_decimal(&w, 0);
	writer_put_u8(&w, ' ');
	writer_put_decimal(&w, UINT64_MAX);
	writer_put_u8(&w, ' ');
	writer_put_signed(&w, INT64_MIN);
	writer_put_u8(&w, ' ');
	writer_put_signed(&w, INT64_MAX);
	assert_string_equal(writer_string(&w),
		"0 18446744073709551615 -9223372036854775808 "
		"9223372036854775807");
	writer_clear(&w);
}

static void
a_writer_may_be_used_again(void **state)
{
	struct writer w = {0};

	(void)state;
	assert_string_equal(writer_string(&w), "");
	writer_put_string(&w, "one");
	writer_rewind(&w);
	writer_put(&w, bytes_of(NULL, 0));
	writer_put(&w, BYTES("2"));
	assert_string_equal(writer_string(&w), "2");
	assert_int_equal(writer_view(&w).len, 1);
	writer_clear(&w);
	assert_int_equal(writer_view(&w).len, 0);
	writer_put_string(&w, "three");
	assert_string_equal(writer_string(&w), "three");
	writer_clear(&w);
}

static void
asking_for_a_string_adds_nothing(void **state)
{
	struct writer w = {0};

	(void)state;
	writer_put_string(&w, "a");
	writer_string(&w);
	writer_put_string(&w, "b");
	assert_string_equal(writer_string(&w), "ab");
	writer_clear(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_again),
		cmocka_unit_test(numbers_are_written_in_decimal),
		cmocka_unit_test(a_writer_may_be_used_again),
		cmocka_unit_test(asking_for_a_string_adds_nothing),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
