#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/output.h"

/* What an answer prints, told once for people and once for programs. */
struct sheet {
	FILE *stream;
	char *text;
	size_t len;
	struct output out;
};

static void
begin(struct sheet *s, bool json)
{
	s->stream = open_memstream(&s->text, &s->len);
	output_begin(&s->out, s->stream, json);
}

static void
end(struct sheet *s)
{
	assert_int_equal(output_end(&s->out), 0);
	fclose(s->stream);
}

static void
answer(struct output *out)
{
	output_line(out, "It is %s.", "in\nforce");
	output_text(out, BYTES("Buy a kettle.\n\nNext: \x1b[31mred"));
	output_give_text(out, "title", BYTES("k\xc3\xa9ttle\xe2\x80\xae"));
	output_give_text(out, "bytes", BYTES("\xff"));
	output_give_number(out, "votes", 12);
	output_give_bool(out, "passed", true);
	output_give_hex(out, "id", BYTES("\x01\xab"));
	output_give_take(out, "list", json_array());
	output_next(out, "union vote P%d yes", 1);
	output_next(out, "union watch");
}

static void
people_get_plain_lines_in_which_others_cannot_hide(void **state)
{
	struct sheet s;

	(void)state;
	begin(&s, false);
	answer(&s.out);
	end(&s);
	assert_string_equal(s.text, "It is in\\u{a}force.\n"
				    "  | Buy a kettle.\n"
				    "  | \n"
				    "  | Next: \\u{1b}[31mred\n"
				    "Next: union vote P1 yes\n"
				    "      union watch\n");
	free(s.text);
}

static void
programs_get_one_document_in_ascii(void **state)
{
	struct sheet s;
	json_t *doc;

	(void)state;
	begin(&s, true);
	answer(&s.out);
	end(&s);
	for (size_t i = 0; i < s.len; i++)
		assert_in_range(s.text[i], '\n', '~');
	doc = json_loads(s.text, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(doc);
	assert_string_equal(json_string_value(json_object_get(doc, "title")),
		"k\xc3\xa9ttle\xe2\x80\xae");
	assert_string_equal(
		json_string_value(json_object_get(doc, "bytes")), "\\xff");
	assert_int_equal(json_integer_value(json_object_get(doc, "votes")), 12);
	assert_int_equal(json_array_size(json_object_get(doc, "next")), 2);
	json_decref(doc);
	free(s.text);
}

static void
what_goes_on_is_one_document_a_line(void **state)
{
	struct sheet s;

	(void)state;
	begin(&s, true);
	output_give_number(&s.out, "size", 1);
	output_flush(&s.out);
	output_give_number(&s.out, "size", 2);
	output_flush(&s.out);
	end(&s);
	assert_string_equal(s.text, "{\"size\":1}\n{\"size\":2}\n");
	free(s.text);
}

static void
a_long_text_keeps_its_margin(void **state)
{
	struct sheet s;

	(void)state;
	begin(&s, false);
	for (int i = 0; i < 3; i++)
		output_text(&s.out,
			BYTES("a long line that goes on and on and on and on "
			      "until it must be broken into two, or more"));
	end(&s);
	for (const char *at = s.text; at != NULL && *at != '\0';
		at = strchr(at, '\n') + 1)
		assert_memory_equal(at, "  | ", 4);
	free(s.text);
}

/* Runs last: complaints stay for the rest of the program. */
static void
a_complaint_is_part_of_the_document(void **state)
{
	struct sheet s;
	json_t *doc, *error;

	(void)state;
	begin(&s, true);
	complain_no("Wait.", "The answer is %s.", "no");
	end(&s);
	doc = json_loads(s.text, 0, NULL);
	error = json_object_get(doc, "no");
	assert_int_equal(
		json_integer_value(json_object_get(error, "status")), 1);
	assert_string_equal(
		json_string_value(json_object_get(error, "sentence")),
		"The answer is no.");
	json_decref(doc);
	free(s.text);
}

static void
an_answer_that_cannot_be_written_is_a_failure(void **state)
{
	struct output out;
	FILE *full = fopen("/dev/full", "w");

	(void)state;
	if (full == NULL)
		skip();
	output_begin(&out, full, false);
	output_line(&out, "lost");
	assert_int_equal(output_end(&out), -1);
	fclose(full);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			people_get_plain_lines_in_which_others_cannot_hide),
		cmocka_unit_test(programs_get_one_document_in_ascii),
		cmocka_unit_test(what_goes_on_is_one_document_a_line),
		cmocka_unit_test(a_long_text_keeps_its_margin),
		cmocka_unit_test(a_complaint_is_part_of_the_document),
		cmocka_unit_test(an_answer_that_cannot_be_written_is_a_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
