#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/plain.h"

/* text made safe is out. */
static void
assert_safe(struct bytes text, const char *out)
{
	struct writer w = {0};

	plain_put_safe(&w, text);
	assert_string_equal(writer_string(&w), out);
	writer_clear(&w);
}

static void
what_steers_a_terminal_or_hides_becomes_visible(void **state)
{
	(void)state;
	assert_safe(
		BYTES("\x1b]8;;http://x\x07y"), "\\u{1b}]8;;http://x\\u{7}y");
	assert_safe(BYTES("two\nlines\tand"), "two\\u{a}lines\\u{9}and");
	assert_safe(BYTES("a\xe2\x80\xae"
			  "b"),
		"a\\u{202e}b");
	assert_safe(BYTES("\xe2\x81\xa6\xef\xbb\xbf\xe2\x80\x8b"),
		"\\u{2066}\\u{feff}\\u{200b}");
	assert_safe(BYTES("\xf3\xa0\x81\x81"), "\\u{e0041}");
	assert_safe(BYTES("\xc2\x9b"
			  "31m"),
		"\\u{9b}31m");
}

static void
bytes_that_are_no_utf8_become_visible_one_by_one(void **state)
{
	(void)state;
	assert_safe(BYTES("a\xff\xc3"), "a\\xff\\xc3");
	assert_safe(BYTES("\xc0\x80"), "\\xc0\\x80");
	assert_safe(BYTES("\xed\xa0\x80"), "\\xed\\xa0\\x80");
}

static void
scripts_of_every_direction_stay_as_they_are(void **state)
{
	static const char persian[] = "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xb4";

	(void)state;
	assert_safe(BYTES("d\xc3\xa9j\xc3\xa0 \xe4\xb8\xad"),
		"d\xc3\xa9j\xc3\xa0 \xe4\xb8\xad");
	assert_safe(bytes_of_string(persian), persian);
	assert_true(plain_is_safe(bytes_of_string(persian)));
	assert_false(plain_is_safe(BYTES("a\nb")));
}

static void
making_safe_text_safe_changes_nothing(void **state)
{
	(void)state;
	assert_safe(BYTES("\\u{202e}\\x9b"), "\\u{202e}\\x9b");
}

static void
width_counts_columns_not_bytes(void **state)
{
	(void)state;
	assert_int_equal(plain_width(BYTES("abc")), 3);
	assert_int_equal(plain_width(BYTES("\xe4\xb8\xad\xe6\x96\x87")), 4);
	assert_int_equal(plain_width(BYTES("e\xcc\x81")), 1);
	assert_int_equal(plain_width(BYTES("\xd7\xa9\xd7\x9c")), 2);
}

static void
long_lines_break_at_spaces_and_long_words_stay_whole(void **state)
{
	struct writer w = {0};

	(void)state;
	plain_put_wrapped(&w, BYTES("one two threefourfive six"), 2, 8);
	assert_string_equal(
		writer_string(&w), "one two\n  threefourfive\n  six");
	writer_clear(&w);
}

static void
a_swap_of_two_letters_is_one_mistake(void **state)
{
	(void)state;
	assert_int_equal(plain_distance(BYTES("json"), BYTES("json")), 0);
	assert_int_equal(plain_distance(BYTES("josn"), BYTES("json")), 1);
	assert_int_equal(plain_distance(BYTES("vot"), BYTES("vote")), 1);
	assert_int_equal(plain_distance(BYTES("kitten"), BYTES("sitting")), 3);
	assert_int_equal(plain_distance(BYTES(""), BYTES("abc")), 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			what_steers_a_terminal_or_hides_becomes_visible),
		cmocka_unit_test(
			bytes_that_are_no_utf8_become_visible_one_by_one),
		cmocka_unit_test(scripts_of_every_direction_stay_as_they_are),
		cmocka_unit_test(making_safe_text_safe_changes_nothing),
		cmocka_unit_test(width_counts_columns_not_bytes),
		cmocka_unit_test(
			long_lines_break_at_spaces_and_long_words_stay_whole),
		cmocka_unit_test(a_swap_of_two_letters_is_one_mistake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
