#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/utf8.h"

static size_t
encode(uint32_t letter, uint8_t out[static 4])
{
	size_t len = letter < 0x80      ? 1
		     : letter < 0x800   ? 2
		     : letter < 0x10000 ? 3
					: 4;
	static const uint8_t marks[] = {0, 0x00, 0xc0, 0xe0, 0xf0};

	for (size_t i = len; i-- > 1; letter >>= 6)
		out[i] = (uint8_t)(0x80 | (letter & 0x3f));
	out[0] = (uint8_t)(marks[len] | letter);
	return len;
}

/* The profile, word for word as it stands in design.md section 3. */
static enum verdict
by_the_book(uint32_t c)
{
	if (c >= 0xd800 && c <= 0xdfff)
		return VERDICT_MALFORMED;
	if (c == '\n' || c == '\t')
		return VERDICT_OK;
	if (c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x2028 ||
		c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
		(c >= 0x2066 && c <= 0x2069))
		return VERDICT_FORBIDDEN_CHARACTER;
	if ((c >= 0xfdd0 && c <= 0xfdef) || c % 0x10000 >= 0xfffe)
		return VERDICT_FORBIDDEN_CHARACTER;
	return VERDICT_OK;
}

static void
every_letter_is_judged_by_the_book(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		uint8_t text[4];
		size_t len = encode(c, text);

		assert_int_equal(
			utf8_check(bytes_of(text, len)), by_the_book(c));
	}
}

static void
a_letter_cut_short_is_malformed(void **state)
{
	static const uint32_t letters[] = {0xe9, 0x20ac, 0x1f600};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		uint8_t text[4];
		size_t len = encode(letters[i], text);

		assert_int_equal(utf8_check(bytes_of(text, len)), VERDICT_OK);
		assert_int_equal(
			utf8_check(bytes_of(text, len - 1)), VERDICT_MALFORMED);
		assert_int_equal(utf8_check(bytes_of(text + 1, len - 1)),
			VERDICT_MALFORMED);
	}
}

static void
a_letter_written_longer_than_needed_is_malformed(void **state)
{
	static const char *const bad[] = {"\xc0\x80", "\xc1\xbf",
		"\xe0\x80\xaf", "\xe0\x9f\xbf", "\xf0\x80\x80\xaf",
		"\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(
			utf8_check(bytes_of_string(bad[i])), VERDICT_MALFORMED);
}

static void
a_refused_letter_is_left_where_it_was(void **state)
{
	struct bytes rest = BYTES("a\x7f");

	(void)state;
	assert_int_equal(utf8_step(&rest), VERDICT_OK);
	assert_int_equal(rest.len, 1);
	assert_int_equal(utf8_step(&rest), VERDICT_FORBIDDEN_CHARACTER);
	assert_int_equal(rest.len, 1);
}

static void
text_without_letters_is_fine(void **state)
{
	(void)state;
	assert_int_equal(utf8_check(BYTES("")), VERDICT_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_letter_is_judged_by_the_book),
		cmocka_unit_test(a_letter_cut_short_is_malformed),
		cmocka_unit_test(
			a_letter_written_longer_than_needed_is_malformed),
		cmocka_unit_test(a_refused_letter_is_left_where_it_was),
		cmocka_unit_test(text_without_letters_is_fine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
