#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "cli/plain.h"
#include "cli/table.h"

static void
columns_line_up_with_wide_and_combining_letters(void **state)
{
	static const struct table_column columns[] = {
		{"who", false}, {"votes", true}, {"title", false}};
	const struct bytes cells[] = {BYTES("\xe4\xb8\xad\xe6\x96\x87"),
		BYTES("7"), BYTES("x"), BYTES("e\xcc\x81tude"), BYTES("1204"),
		BYTES("y")};
	struct writer w = {0};

	(void)state;
	table_put(&w, columns, 3, cells, 2);
	assert_string_equal(writer_string(&w),
		"who    votes  title\n"
		"\xe4\xb8\xad\xe6\x96\x87       7  x\n"
		"e\xcc\x81tude   1204  y\n");
	writer_clear(&w);
}

/* The widest line of text. */
static size_t
widest(struct bytes text)
{
	size_t most = 0;

	while (text.len > 0) {
		size_t width = plain_width(bytes_cut(&text, '\n'));

		most = width > most ? width : most;
	}
	return most;
}

static void
a_long_last_column_is_broken_into_lines(void **state)
{
	static const struct table_column columns[] = {
		{"id", false}, {"title", false}};
	struct writer w = {0}, title = {0};
	struct bytes cells[2] = {BYTES("P1")};

	(void)state;
	for (int i = 0; i < 40; i++)
		writer_put_string(&title, "words ");
	cells[1] = writer_view(&title);
	table_put(&w, columns, 2, cells, 1);
	assert_in_range(widest(writer_view(&w)), 60, 80);
	assert_non_null(strstr(writer_string(&w), "\n    words"));
	writer_clear(&w);
	writer_clear(&title);
}

static void
a_table_that_is_too_wide_becomes_a_list(void **state)
{
	static const struct table_column columns[] = {
		{"id", false}, {"title", false}};
	const struct bytes cells[] = {
		BYTES("0123456789012345678901234567890123456789"
		      "01234567890123456789"),
		BYTES("a title of more than twenty-four letters")};
	struct writer w = {0};

	(void)state;
	table_put(&w, columns, 2, cells, 1);
	assert_string_equal(writer_string(&w),
		"id: 0123456789012345678901234567890123456789"
		"01234567890123456789\n"
		"title: a title of more than twenty-four letters\n");
	writer_clear(&w);
}

static void
cells_cannot_break_out_of_their_row(void **state)
{
	static const struct table_column columns[] = {{"title", false}};
	const struct bytes cells[] = {BYTES("one\ntwo")};
	struct writer w = {0};

	(void)state;
	table_put(&w, columns, 1, cells, 1);
	assert_string_equal(writer_string(&w), "title\none\\u{a}two\n");
	writer_clear(&w);
}

static void
a_bar_shows_any_part_and_fills_only_for_all(void **state)
{
	static const struct {
		uint64_t part, whole;
		const char *bar;
	} cases[] = {
		{0, 10, "          "},
		{1, 1000, "#         "},
		{5, 10, "#####     "},
		{999, 1000, "######### "},
		{10, 10, "##########"},
		{0, 0, "          "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct writer w = {0};

		table_put_bar(&w, cases[i].part, cases[i].whole, 10);
		assert_string_equal(writer_string(&w), cases[i].bar);
		writer_clear(&w);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			columns_line_up_with_wide_and_combining_letters),
		cmocka_unit_test(a_long_last_column_is_broken_into_lines),
		cmocka_unit_test(a_table_that_is_too_wide_becomes_a_list),
		cmocka_unit_test(cells_cannot_break_out_of_their_row),
		cmocka_unit_test(a_bar_shows_any_part_and_fills_only_for_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
