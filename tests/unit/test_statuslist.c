#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/record/statuslist.h"
#include "tests/lib/rng.h"

/* W3C Bitstring Status List 1.0, the example of a list's credential. */
static const char example[] =
	"uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA";

static void
the_example_of_the_standard_is_131072_bits_of_zero(void **state)
{
	struct writer bits = {0};

	(void)state;
	assert_int_equal(
		statuslist_decode(bytes_of_string(example), &bits), VERDICT_OK);
	assert_int_equal(bits.len, 16384);
	for (uint64_t i = 0; i < 8 * bits.len; i++)
		assert_false(statuslist_bit(writer_view(&bits), i));
	writer_clear(&bits);
}

static void
bit_0_is_the_leftmost_and_none_lies_beyond(void **state)
{
	uint8_t raw[2] = {0};
	struct writer bits = {0};

	(void)state;
	writer_put(&bits, bytes_of(raw, sizeof(raw)));
	statuslist_set(&bits, 0);
	statuslist_set(&bits, 9);
	assert_int_equal(bits.data[0], 0x80);
	assert_int_equal(bits.data[1], 0x40);
	assert_true(statuslist_bit(writer_view(&bits), 0));
	assert_false(statuslist_bit(writer_view(&bits), 1));
	assert_true(statuslist_bit(writer_view(&bits), 9));
	assert_false(statuslist_bit(writer_view(&bits), 16));
	assert_false(statuslist_bit(writer_view(&bits), UINT64_MAX));
	writer_clear(&bits);
}

static void
lists_come_back_as_they_went(void **state)
{
	static const size_t sizes[] = {STATUSLIST_LEAST, STATUSLIST_LEAST + 1,
		30000, LIMIT_STATUS_BYTES};
	static uint8_t raw[LIMIT_STATUS_BYTES];
	struct rng r = rng_start();

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct writer text = {0}, bits = {0};

		/* A full list is mostly zeros, or it would not fit. */
		rng_fill(&r, raw, 20000);
		statuslist_encode(bytes_of(raw, sizes[i]), &text);
		assert_int_equal(statuslist_decode(writer_view(&text), &bits),
			VERDICT_OK);
		assert_true(bytes_equal(
			writer_view(&bits), bytes_of(raw, sizes[i])));
		writer_clear(&text);
		writer_clear(&bits);
	}
}

static void
what_is_no_list_is_refused_and_leaves_the_output_alone(void **state)
{
	char copy[sizeof(example) + 1];
	struct writer bits = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(example) - 1; i++) {
		memcpy(copy, example, sizeof(example));
		copy[i] = copy[i] == '!' ? '.' : '!';
		assert_int_equal(
			statuslist_decode(bytes_of_string(copy), &bits),
			VERDICT_MALFORMED);
		assert_int_equal(statuslist_decode(bytes_of(example, i), &bits),
			VERDICT_MALFORMED);
	}
	/* Bytes behind the end, and another base. */
	memcpy(copy, example, sizeof(example));
	memcpy(copy + sizeof(example) - 1, "A", 2);
	assert_int_equal(statuslist_decode(bytes_of_string(copy), &bits),
		VERDICT_MALFORMED);
	copy[0] = 'z';
	assert_int_equal(statuslist_decode(bytes_of_string(copy), &bits),
		VERDICT_MALFORMED);
	assert_int_equal(bits.len, 0);
}

#define SHORT_LIST                                                             \
	"uH4sIAAAAAAACA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAICzAQm"         \
	"vhYr_PwAA"
#define LONG_LIST                                                              \
	"uH4sIAAAAAAACA-3BMQEAAADCoPVP7WMMoAAAAAAAAAAAAAAAAAAAAAAAAAA"         \
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"         \
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"         \
	"AAAAAAAAAAAAAAAAAAAAAAABuTbmpNwEAAgA"

/* Python's zlib made both: 16 383 zeros, and 131 073. */
static void
lists_that_are_too_short_or_too_long_are_refused(void **state)
{
	struct writer bits = {0};

	(void)state;
	assert_int_equal(
		statuslist_decode(BYTES(SHORT_LIST), &bits), VERDICT_MALFORMED);
	assert_int_equal(
		statuslist_decode(BYTES(LONG_LIST), &bits), VERDICT_TOO_LARGE);
	assert_int_equal(bits.len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_example_of_the_standard_is_131072_bits_of_zero),
		cmocka_unit_test(bit_0_is_the_leftmost_and_none_lies_beyond),
		cmocka_unit_test(lists_come_back_as_they_went),
		cmocka_unit_test(
			what_is_no_list_is_refused_and_leaves_the_output_alone),
		cmocka_unit_test(
			lists_that_are_too_short_or_too_long_are_refused),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
