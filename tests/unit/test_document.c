#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>

#include "ballots/count/document.h"
#include "tests/lib/count.h"

static struct report
report_of(const struct count *c)
{
	return (struct report){
		.method = c->method,
		.rules = &c->rules,
		.result = &c->r,
		.names = c->e.options,
		.options = c->e.n_options,
		.ballots = c->e.profile.total,
	};
}

static json_t *
parse(const struct count *c)
{
	struct report report = report_of(c);
	struct writer w = {0};
	json_t *parsed;

	document_report(&w, &report);
	parsed = json_loadb(
		(const char *)w.data, w.len, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(parsed);
	writer_clear(&w);
	return parsed;
}

static void
assert_member(json_t *object, const char *name, const char *text)
{
	char *printed = json_dumps(
		json_object_get(object, name), JSON_COMPACT | JSON_ENCODE_ANY);

	assert_non_null(printed);
	assert_string_equal(printed, text);
	free(printed);
}

static void
names_are_exactly_those_of_the_file(void **state)
{
	struct count c = {.rules = METHOD_RULES};
	json_t *parsed;

	(void)state;
	count_text(&c, "approval", "\"A \"\"quoted\"\" one\",\\ é\n1,1\n1,0\n");
	parsed = parse(&c);
	assert_member(
		parsed, "options", "[\"A \\\"quoted\\\" one\",\"\\\\ é\"]");
	assert_member(parsed, "winners", "[\"A \\\"quoted\\\" one\"]");
	assert_member(parsed, "method", "\"approval\"");
	assert_member(parsed, "seats", "1");
	assert_member(parsed, "ballots", "2");
	assert_member(parsed, "ties", "[]");
	assert_null(json_object_get(parsed, "outcome"));
	json_decref(parsed);
	count_clear(&c);
}

static void
an_open_tie_names_its_group_and_leads(void **state)
{
	struct count c = {.rules = METHOD_RULES};
	json_t *parsed;

	(void)state;
	count_text(&c, "plurality", "A,B,C\n1,,\n,1,\n");
	parsed = parse(&c);
	assert_member(parsed, "winners", "[]");
	assert_member(parsed, "ties", "[[\"A\",\"B\"]]");
	assert_member(parsed, "lots",
		"[{\"seats\":1,\"decides\":\"seat\",\"leads\":"
		"{\"A\":[\"A\"],\"B\":[\"B\"]}}]");
	assert_member(parsed, "ranking", "[[\"A\",\"B\"],[\"C\"]]");
	json_decref(parsed);
	count_clear(&c);
}

static void
a_matrix_is_a_row_of_cells_for_each_option(void **state)
{
	struct count c = {.rules = METHOD_RULES};
	json_t *parsed;

	(void)state;
	count_text(&c, "schulze", "count,A,B\n2000000000000000,1,2\n3,2,1\n");
	parsed = parse(&c);
	assert_member(json_array_get(json_object_get(parsed, "steps"), 0),
		"rows",
		"[{\"option\":\"A\",\"cells\":{\"B\":"
		"\"2000000000000000\"}},"
		"{\"option\":\"B\",\"cells\":{\"A\":3}}]");
	json_decref(parsed);
	count_clear(&c);
}

static void
a_vote_has_an_outcome(void **state)
{
	struct count c = {.rules = METHOD_RULES};
	json_t *parsed;

	(void)state;
	count_text(&c, "yes-no", "Roof\n0\n");
	parsed = parse(&c);
	assert_member(parsed, "outcome", "\"rejected\"");
	assert_member(json_array_get(json_object_get(parsed, "steps"), 0),
		"notes",
		"[\"yes reaches the quorum\","
		"\"yes falls short of the majority\"]");
	json_decref(parsed);
	count_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_exactly_those_of_the_file),
		cmocka_unit_test(an_open_tie_names_its_group_and_leads),
		cmocka_unit_test(a_matrix_is_a_row_of_cells_for_each_option),
		cmocka_unit_test(a_vote_has_an_outcome),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
