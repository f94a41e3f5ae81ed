#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <string.h>

#include "ballots/base/crypt.h"
#include "cli/paper.h"

static void
some_paper(uint8_t first, uint8_t secret[static PAPER_BYTES],
	char lines[static PAPER_CHARS])
{
	for (size_t i = 0; i < PAPER_BYTES; i++)
		secret[i] = (uint8_t)(first + i * 37);
	paper_print(secret, lines);
}

static void
what_is_on_paper_can_be_typed_back(void **state)
{
	uint8_t secret[PAPER_BYTES], back[PAPER_BYTES];
	char lines[PAPER_CHARS];

	(void)state;
	some_paper(0, secret, lines);
	assert_int_equal(strlen(lines), PAPER_CHARS - 1);
	assert_int_equal(paper_parse(bytes_of_string(lines), back), 0);
	assert_memory_equal(secret, back, PAPER_BYTES);
}

static void
case_spaces_and_letters_that_look_alike_do_not_matter(void **state)
{
	uint8_t secret[PAPER_BYTES], back[PAPER_BYTES];
	char lines[PAPER_CHARS], typed[2 * PAPER_CHARS];
	size_t n = 0;

	(void)state;
	some_paper(0, secret, lines);
	for (const char *c = lines; *c != '\0'; c++) {
		typed[n++] = *c == '0' ? 'o' : (char)tolower(*c);
		if (*c == '\n')
			typed[n++] = '\n';
		if (*c == ' ')
			typed[n++] = '-';
	}
	assert_int_equal(paper_parse(bytes_of(typed, n), back), 0);
	assert_memory_equal(secret, back, PAPER_BYTES);
}

static void
every_slip_is_found_in_its_line(void **state)
{
	uint8_t secret[PAPER_BYTES], back[PAPER_BYTES];
	char lines[PAPER_CHARS];

	(void)state;
	some_paper(0, secret, lines);
	for (size_t line = 0; line < PAPER_LINES; line++)
		for (size_t column = 3; column < 22; column++) {
			char *at = &lines[line * 23 + column];
			char before = *at;

			if (before == ' ')
				continue;
			*at = before == 'Z' ? 'Y' : 'Z';
			assert_int_equal(
				paper_parse(bytes_of_string(lines), back),
				line + 1);
			*at = before;
		}
}

static void
lines_missing_too_many_or_of_another_paper_are_found(void **state)
{
	uint8_t secret[PAPER_BYTES];
	char lines[PAPER_CHARS], other[PAPER_CHARS], both[PAPER_CHARS + 23];

	(void)state;
	some_paper(1, secret, other);
	some_paper(0, secret, lines);
	assert_int_equal(paper_parse(BYTES(""), secret), 1);
	assert_int_equal(paper_parse(bytes_of(lines, 7 * 23), secret), 8);
	assert_int_equal(paper_parse(bytes_of(lines, 8 * 23 - 2), secret), 8);
	memcpy(both, lines, PAPER_CHARS - 1);
	memcpy(both + PAPER_CHARS - 1, lines, 24);
	assert_int_equal(
		paper_parse(bytes_of(both, sizeof(both) - 1), secret), 9);
	memcpy(lines + 4 * 23, other + 4 * 23, 23);
	assert_int_equal(paper_parse(bytes_of_string(lines), secret), 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_on_paper_can_be_typed_back),
		cmocka_unit_test(
			case_spaces_and_letters_that_look_alike_do_not_matter),
		cmocka_unit_test(every_slip_is_found_in_its_line),
		cmocka_unit_test(
			lines_missing_too_many_or_of_another_paper_are_found),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
