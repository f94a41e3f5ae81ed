#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "cli/command.h"
#include "cli/complain.h"

static const struct option ask[] = {
	{"socket", 's', false, "ADDRESS", "where the daemon is"}, {0}};
static const struct command table[] = {
	{"Deciding", "vote", "QUESTION CHOICE...", "cast a ballot", {ask},
		NULL},
	{NULL, "mandate propose", "FILE", "propose a mandate", {ask}, NULL},
	{NULL, "mandate show", "MANDATE", "show a mandate", {0}, NULL},
	{"Help", "help", "[COMMAND...]", "explain", {0}, NULL},
	{0},
};

static const char *
found(size_t n, const char *first, const char *second, size_t *used)
{
	const char *words[] = {first, second};
	const struct command *c = command_find(table, n, words, used);

	return c == NULL ? NULL : c->name;
}

static void
commands_are_named_by_one_word_or_two(void **state)
{
	size_t used;

	(void)state;
	assert_string_equal(found(2, "vote", "P1", &used), "vote");
	assert_int_equal(used, 1);
	assert_string_equal(found(2, "mandate", "show", &used), "mandate show");
	assert_int_equal(used, 2);
}

static void
what_is_no_command_gets_the_nearest_as_a_hint(void **state)
{
	static const struct {
		size_t n;
		const char *first, *second, *says;
	} cases[] = {
		{1, "vot", NULL, "'union vote'"},
		{2, "vot", "P1", "'union vote'"},
		{2, "mandat", "show", "'union mandate show'"},
		{1, "mandate", NULL, "One of: mandate propose, mandate show"},
		{2, "mandate", "sow", "One of: mandate propose, mandate show"},
		{1, "dance", NULL, "'union help'"},
		{0, NULL, NULL, "'union help'"},
	};
	size_t used;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *sentence, *hint;

		assert_null(found(
			cases[i].n, cases[i].first, cases[i].second, &used));
		assert_int_equal(
			complain_last(&sentence, &hint), COMPLAIN_USAGE);
		if (strstr(hint, cases[i].says) == NULL)
			fail_msg("hint: '%s'", hint);
	}
}

static void
usage_list_and_manual_come_from_the_rows(void **state)
{
	struct writer w = {0};

	(void)state;
	command_put_usage(&w, &table[0]);
	assert_non_null(strstr(writer_string(&w),
		"Usage: union vote QUESTION CHOICE...\n\nCast a ballot.\n"));
	assert_non_null(strstr(writer_string(&w), "-s --socket ADDRESS"));
	assert_non_null(strstr(writer_string(&w), "-j --json"));
	writer_rewind(&w);
	command_put_list(&w, table);
	assert_string_equal(writer_string(&w),
		"\nDeciding:\n"
		"  vote                cast a ballot\n"
		"  mandate propose     propose a mandate\n"
		"  mandate show        show a mandate\n"
		"\nHelp:\n"
		"  help                explain\n");
	writer_rewind(&w);
	command_put_mdoc(&w, table);
	assert_non_null(strstr(writer_string(&w),
		".It Cm vote Ar QUESTION Ar CHOICE...\nCast a ballot.\n"
		".Pp\n.Bl -tag -width Ds -compact\n"
		".It Fl s , Fl \\-socket Ar ADDRESS\nwhere the daemon is\n"));
	writer_clear(&w);
}

static void
completion_offers_words_and_options(void **state)
{
	struct writer w = {0};
	const char *script;

	(void)state;
	command_put_completion(&w, table);
	script = writer_string(&w);
	assert_non_null(strstr(script, "--help vote mandate help'"));
	assert_non_null(strstr(script, "\"mandate \"*) words=' propose show'"));
	assert_non_null(strstr(script, "\"vote \"*) words=' --socket --json"));
	writer_clear(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commands_are_named_by_one_word_or_two),
		cmocka_unit_test(what_is_no_command_gets_the_nearest_as_a_hint),
		cmocka_unit_test(usage_list_and_manual_come_from_the_rows),
		cmocka_unit_test(completion_offers_words_and_options),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
