#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "cli/complain.h"
#include "cli/options.h"

static const struct option own[] = {
	{"option", 'o', true, "TEXT", "an option of the ballot"},
	{"close", 0, false, "TIME", "when voting ends"},
	{"dry", 'n', false, NULL, "do nothing"},
	{0},
};
static const struct option common[] = {
	{"json", 'j', false, NULL, "JSON"},
	{"help", 'h', false, NULL, "help"},
	{0},
};
static const struct option *const tables[] = {own, common, NULL};

#define PARSE(o, form, ...)                                                    \
	parse(o, form, (const char *const[]){__VA_ARGS__, NULL})

static int
parse(struct options *o, const char *form, const char *const *words)
{
	size_t n = 0;

	while (words[n] != NULL)
		n++;
	return options_parse(
		o, "union try", tables, form, n, (char *const *)words);
}

/* The last complaint is about usage and says, or hints, this. */
static void
assert_complaint(const char *text)
{
	const char *sentence, *hint;

	assert_int_equal(complain_last(&sentence, &hint), COMPLAIN_USAGE);
	if (strstr(sentence, text) == NULL && strstr(hint, text) == NULL)
		fail_msg("said: '%s' '%s'", sentence, hint);
}

static void
options_and_operands_mix(void **state)
{
	struct options o;
	size_t at = 0, n;

	(void)state;
	assert_int_equal(PARSE(&o, "QUESTION CHOICE [MORE...]", "P1", "-jn",
				 "--option=a=b", "yes", "-oc", "--", "-x"),
		0);
	assert_true(options_has(&o, "json"));
	assert_true(options_has(&o, "dry"));
	assert_false(options_has(&o, "help"));
	assert_null(options_value(&o, "close"));
	assert_string_equal(options_each(&o, "option", &at), "a=b");
	assert_string_equal(options_each(&o, "option", &at), "c");
	assert_null(options_each(&o, "option", &at));
	assert_string_equal(options_operand(&o, "QUESTION"), "P1");
	assert_string_equal(options_operand(&o, "CHOICE"), "yes");
	assert_string_equal(options_operands(&o, "MORE", &n)[0], "-x");
	assert_int_equal(n, 1);
	options_clear(&o);
}

static void
an_unknown_option_is_refused_with_the_nearest_as_a_hint(void **state)
{
	struct options o;

	(void)state;
	assert_int_equal(PARSE(&o, "", "--jsno"), -1);
	assert_complaint("Did you mean --json?");
	options_clear(&o);
	assert_int_equal(PARSE(&o, "", "--dr"), -1);
	assert_complaint("Did you mean --dry?");
	options_clear(&o);
	assert_int_equal(PARSE(&o, "", "-q"), -1);
	assert_complaint("has no option '-q'");
	options_clear(&o);
}

static void
what_is_given_twice_or_without_its_value_is_refused(void **state)
{
	struct options o;

	(void)state;
	assert_int_equal(PARSE(&o, "", "--json", "-j"), -1);
	assert_complaint("more than once");
	options_clear(&o);
	assert_int_equal(PARSE(&o, "", "--close"), -1);
	assert_complaint("--close TIME");
	options_clear(&o);
	assert_int_equal(PARSE(&o, "", "--dry=yes"), -1);
	assert_complaint("takes no value");
	options_clear(&o);
}

static void
too_few_and_too_many_operands_are_refused(void **state)
{
	struct options o;

	(void)state;
	assert_int_equal(PARSE(&o, "QUESTION CHOICE", "P1"), -1);
	assert_complaint("needs CHOICE");
	assert_complaint("Usage: union try QUESTION CHOICE");
	options_clear(&o);
	assert_int_equal(PARSE(&o, "[QUESTION]", "P1", "P2"), -1);
	assert_complaint("does not take 'P2'");
	options_clear(&o);
	assert_int_equal(PARSE(&o, "QUESTION...", "P1", "P2", "P3"), 0);
	options_clear(&o);
	assert_int_equal(PARSE(&o, "[QUESTION]", "-n"), 0);
	assert_null(options_operand(&o, "QUESTION"));
	options_clear(&o);
}

static void
whoever_asks_for_help_need_not_know_the_operands(void **state)
{
	struct options o;

	(void)state;
	assert_int_equal(PARSE(&o, "QUESTION", "--help"), 0);
	options_clear(&o);
}

static void
numbers_keep_their_bounds(void **state)
{
	struct options o;
	uint64_t n = 0;

	(void)state;
	assert_int_equal(PARSE(&o, "", "--close", "12"), 0);
	assert_int_equal(options_number(&o, "close", 1, 12, 3, &n), 0);
	assert_int_equal(n, 12);
	assert_int_equal(options_number(&o, "close", 1, 11, 3, &n), -1);
	assert_complaint("from 1 to 11");
	assert_int_equal(options_number(&o, "option", 1, 11, 3, &n), 0);
	assert_int_equal(n, 3);
	options_clear(&o);
}

static void
the_usage_is_printed_from_the_rows(void **state)
{
	struct writer w = {0};

	(void)state;
	options_put_usage(&w, tables + 1);
	assert_string_equal(writer_string(&w),
		"  -j --json                 JSON\n"
		"  -h --help                 help\n");
	writer_clear(&w);
}

static void
options_of_a_file_go_behind_those_of_the_line(void **state)
{
	struct options o, more;
	size_t at = 0;

	(void)state;
	assert_int_equal(PARSE(&o, "", "--close", "now", "-oa"), 0);
	options_copy(&o, &more);
	assert_int_equal(options_add(&more, "close", "later"), 0);
	assert_int_equal(options_add(&more, "option", "b"), 0);
	assert_int_equal(options_add(&more, "optoin", "c"), -1);
	assert_complaint("Did you mean --option?");
	assert_int_equal(options_add(&more, "dry", "yes"), -1);
	assert_string_equal(options_value(&more, "close"), "now");
	assert_string_equal(options_each(&more, "option", &at), "a");
	assert_string_equal(options_each(&more, "option", &at), "b");
	at = 0;
	options_each(&o, "option", &at);
	assert_null(options_each(&o, "option", &at));
	options_clear(&more);
	options_clear(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_and_operands_mix),
		cmocka_unit_test(
			an_unknown_option_is_refused_with_the_nearest_as_a_hint),
		cmocka_unit_test(
			what_is_given_twice_or_without_its_value_is_refused),
		cmocka_unit_test(too_few_and_too_many_operands_are_refused),
		cmocka_unit_test(
			whoever_asks_for_help_need_not_know_the_operands),
		cmocka_unit_test(numbers_keep_their_bounds),
		cmocka_unit_test(options_of_a_file_go_behind_those_of_the_line),
		cmocka_unit_test(the_usage_is_printed_from_the_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
