#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/verdict.h"
#include "tests/lib/spec.h"

static void
ok_is_zero(void **state)
{
	(void)state;
	assert_int_equal(VERDICT_OK, 0);
	assert_string_equal(verdict_name(VERDICT_OK), "ok");
}

static void
every_name_leads_back_to_its_verdict(void **state)
{
	(void)state;
	for (int v = 0; v < VERDICT_COUNT; v++)
		assert_int_equal(verdict_by_name(bytes_of_string(
					 verdict_name((enum verdict)v))),
			v);
}

static void
an_unknown_name_is_no_verdict(void **state)
{
	(void)state;
	assert_int_equal(verdict_by_name(BYTES("")), VERDICT_COUNT);
	assert_int_equal(verdict_by_name(BYTES("OK")), VERDICT_COUNT);
	assert_int_equal(verdict_by_name(BYTES("ok ")), VERDICT_COUNT);
}

static void
names_are_words_and_the_rest_are_sentences(void **state)
{
	(void)state;
	for (int v = 0; v < VERDICT_COUNT; v++) {
		const char *name = verdict_name((enum verdict)v);
		const char *sentence = verdict_sentence((enum verdict)v);
		const char *hint = verdict_hint((enum verdict)v);

		assert_int_equal(
			strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-"),
			strlen(name));
		assert_int_equal(sentence[strlen(sentence) - 1], '.');
		assert_true(*hint == '\0' || hint[strlen(hint) - 1] == '.');
	}
}

static void
the_list_is_that_of_the_specification(void **state)
{
	struct spec s;
	int v = 0;

	(void)state;
	spec_open(&s, "specs/acts.md", "Verdict");
	for (; spec_row(&s); v++) {
		char name[64], *cell = s.cells[0];
		const char *hint;
		bool may;

		assert_true(v < VERDICT_COUNT);
		assert_true(spec_word(&cell, name, &may));
		assert_string_equal(name, verdict_name((enum verdict)v));
		assert_string_equal(
			s.cells[1], verdict_sentence((enum verdict)v));
		hint = verdict_hint((enum verdict)v);
		assert_string_equal(s.cells[2], *hint == '\0' ? "–" : hint);
	}
	assert_int_equal(v, VERDICT_COUNT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_is_that_of_the_specification),
		cmocka_unit_test(ok_is_zero),
		cmocka_unit_test(every_name_leads_back_to_its_verdict),
		cmocka_unit_test(an_unknown_name_is_no_verdict),
		cmocka_unit_test(names_are_words_and_the_rest_are_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
