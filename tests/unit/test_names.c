#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "cli/names.h"

static struct names_name
parse(const char *text)
{
	return names_parse(bytes_of_string(text));
}

static void
each_form_is_told_apart(void **state)
{
	static const struct {
		const char *text;
		enum names_form form;
	} cases[] = {
		{"00112233445566778899aabbccddeeff"
		 "00112233445566778899AABBCCDDEEFF",
			NAMES_ID},
		{"001122", NAMES_PREFIX},
		{"decade", NAMES_PREFIX},
		{"P1", NAMES_COUNTING},
		{"m12", NAMES_COUNTING},
		{"#1", NAMES_COUNTING},
		{"me", NAMES_ME},
		{"amina", NAMES_PETNAME},
		{"P0", NAMES_PETNAME},
		{"P01", NAMES_PETNAME},
		{"00112", NAMES_PETNAME},
		{"the baker", NAMES_PETNAME},
		{"", NAMES_BAD},
		{" baker", NAMES_BAD},
		{"--baker", NAMES_BAD},
		{"ba\nker", NAMES_BAD},
		{"\xe2\x80\xae", NAMES_BAD},
		{"\xff", NAMES_BAD},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (parse(cases[i].text).form != cases[i].form)
			fail_msg("'%s' is %d", cases[i].text,
				parse(cases[i].text).form);
}

static void
a_counting_name_gives_its_letter_and_number(void **state)
{
	struct names_name name = parse("p42");

	(void)state;
	assert_int_equal(name.letter, 'P');
	assert_int_equal(name.number, 42);
}

static void
a_prefix_matches_what_begins_with_it_also_at_half_a_byte(void **state)
{
	struct names_name odd = parse("0011223"), even = parse("00112233");
	uint8_t id[CRYPT_HASH] = {0x00, 0x11, 0x22, 0x34};

	(void)state;
	assert_true(names_matches(&odd, id));
	assert_false(names_matches(&even, id));
	id[3] = 0x33;
	assert_true(names_matches(&even, id));
}

static void
a_name_that_is_too_long_is_none(void **state)
{
	char text[NAMES_PETNAME_MOST + 2];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(parse(text).form, NAMES_BAD);
	assert_int_equal(parse(text + 1).form, NAMES_PETNAME);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_form_is_told_apart),
		cmocka_unit_test(a_counting_name_gives_its_letter_and_number),
		cmocka_unit_test(
			a_prefix_matches_what_begins_with_it_also_at_half_a_byte),
		cmocka_unit_test(a_name_that_is_too_long_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
