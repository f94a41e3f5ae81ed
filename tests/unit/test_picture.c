#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/count/picture.h"
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

/* How often part stands in text. */
static size_t
times(const char *text, const char *part)
{
	size_t n = 0;

	while ((text = strstr(text, part)) != NULL) {
		n++;
		text += strlen(part);
	}
	return n;
}

static void
draw(const struct count *c, struct writer *w)
{
	struct report report = report_of(c);

	picture_draw(w, &report);
	assert_int_equal(times(writer_string(w), "<svg "), 1);
	assert_int_equal(times(writer_string(w), "</svg>\n"), 1);
	assert_int_equal(times(writer_string(w), "<text "),
		times(writer_string(w), "</text>"));
	assert_int_equal(times(writer_string(w), "font-family"), 1);
}

static void
names_cannot_break_out_of_the_picture(void **state)
{
	struct count c = {.rules = METHOD_RULES};
	struct writer w = {0};

	(void)state;
	count_text(&c, "approval", "<b>&,B\n1,0\n");
	draw(&c, &w);
	assert_int_equal(times(writer_string(&w), "&lt;b&gt;&amp;"), 1);
	assert_int_equal(times(writer_string(&w), "<b>"), 0);
	writer_clear(&w);
	count_clear(&c);
}

static void
pairs_are_a_matrix_with_the_winners_in_black(void **state)
{
	struct count c = {.rules = METHOD_RULES};
	struct writer w = {0};

	(void)state;
	count_text(&c, "schulze", "A,B,C\n1,2,3\n");
	draw(&c, &w);
	assert_int_equal(times(writer_string(&w), "fill=\"black\""), 3);
	writer_clear(&w);
	count_clear(&c);
}

static void
grades_are_stacked_in_patterns_of_their_own(void **state)
{
	struct count c = {.rules = METHOD_RULES};
	struct writer w = {0};

	(void)state;
	c.rules.low = 1;
	c.rules.high = 3;
	count_text(&c, "majority-judgment", "A,B\n1,2\n2,3\n3,1\n");
	draw(&c, &w);
	/* in each of two bars and in the key */
	assert_int_equal(times(writer_string(&w), "fill=\"black\""), 3);
	assert_int_equal(times(writer_string(&w), "url(#hatch)"), 3);
	writer_clear(&w);
	count_clear(&c);
}

static void
rounds_are_a_flow_with_a_band_for_each_transfer(void **state)
{
	struct count c = {.rules = METHOD_RULES};
	struct writer w = {0};

	(void)state;
	count_text(
		&c, "irv", "count,Ann,Bob,Cho\n4,1,,\n3,2,1,\n1,,1,\n3,,2,1\n");
	draw(&c, &w);
	/* Ann and Bob stay, Cho's ballots go to Bob; and the hatch itself */
	assert_int_equal(times(writer_string(&w), "Z\"/>"), 3);
	assert_int_equal(times(writer_string(&w), "fill=\"black\""), 1);
	assert_int_equal(times(writer_string(&w), ">2: 7<"), 1);
	writer_clear(&w);
	count_clear(&c);
}

static void
an_election_without_votes_is_drawn_too(void **state)
{
	static const char *const methods[] = {"yes-no", "approval", "irv",
		"stv-wigm", "schulze", "majority-judgment"};

	(void)state;
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		struct count c = {.rules = METHOD_RULES};
		struct writer w = {0};

		count_text(&c, methods[i], "count,A,B\n1,,\n");
		draw(&c, &w);
		writer_clear(&w);
		count_clear(&c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_cannot_break_out_of_the_picture),
		cmocka_unit_test(pairs_are_a_matrix_with_the_winners_in_black),
		cmocka_unit_test(grades_are_stacked_in_patterns_of_their_own),
		cmocka_unit_test(
			rounds_are_a_flow_with_a_band_for_each_transfer),
		cmocka_unit_test(an_election_without_votes_is_drawn_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
