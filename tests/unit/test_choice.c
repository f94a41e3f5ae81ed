#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "cli/choice.h"
#include "tests/lib/rng.h"

/* Four options: the status quo and three. */
static const char *
read_vote(const char *method, const char *text, struct choice *c)
{
	return choice_read(
		bytes_of_string(method), 4, 0, bytes_of_string(text), c);
}

static void
a_vote_becomes_the_marks_that_it_says(void **state)
{
	static const struct {
		const char *method, *text, *marks, *told;
	} cases[] = {
		{"yes-no", "yes", "[1]", "yes"},
		{"yes-no", "no", "[-1]", "no"},
		{"yes-no", " abstain", "[0]", "abstain"},
		{"plurality", "2", "[0,0,1,0]", "for 2"},
		{"approval", "1 3", "[0,1,0,1]", "for 1, 3"},
		{"approval", "1,3,0", "[1,1,0,1]", "for 0, 1, 3"},
		{"approval", "none", "[0,0,0,0]", "for none"},
		{"equal-shares", "3", "[0,0,0,1]", "for 3"},
		{"schulze", "3>1=2", "[0,2,2,1]",
			"first 3, then 1 = 2; below all: 0"},
		{"schulze", "3 > 0 > 1 2?", "[2,3,-1,1]",
			"first 3, then 0, then 1; no opinion of 2"},
		{"ranked-pairs", "1=2=3", "[0,1,1,1]",
			"first 1 = 2 = 3; below all: 0"},
		{"irv", "2>3", "[0,0,1,2]", "first 2, then 3; below all: 0, 1"},
		{"stv-meek", "1", "[0,1,0,0]", "first 1; below all: 0, 2, 3"},
		{"score", "1=5 2=-3", "[0,5,-3,0]",
			"0 = 0, 1 = 5, 2 = -3, 3 = 0"},
	};
	struct writer out = {0};
	struct choice c;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *wrong =
			read_vote(cases[i].method, cases[i].text, &c);

		if (wrong != NULL)
			fail_msg("%s %s: %s", cases[i].method, cases[i].text,
				wrong);
		writer_rewind(&out);
		choice_put_marks(&c, &out);
		assert_string_equal(writer_string(&out), cases[i].marks);
		writer_rewind(&out);
		choice_put(bytes_of_string(cases[i].method), &c, &out);
		assert_string_equal(writer_string(&out), cases[i].told);
	}
	writer_clear(&out);
}

static void
marks_that_are_not_given_are_the_lowest(void **state)
{
	struct writer out = {0};
	struct choice c;

	(void)state;
	assert_null(choice_read(BYTES("score"), 4, -2, BYTES("1=3"), &c));
	choice_put_marks(&c, &out);
	assert_string_equal(writer_string(&out), "[-2,3,-2,-2]");
	assert_null(choice_read(
		BYTES("majority-judgment"), 4, 1, BYTES("1=3"), &c));
	writer_rewind(&out);
	choice_put_marks(&c, &out);
	assert_string_equal(writer_string(&out), "[0,3,0,0]");
	writer_clear(&out);
}

static void
what_cannot_be_read_is_said_and_never_guessed(void **state)
{
	static const struct {
		const char *method, *text;
	} cases[] = {
		{"yes-no", "1"},
		{"yes-no", "yes no"},
		{"yes-no", "Yes"},
		{"plurality", "1 2"},
		{"plurality", ""},
		{"plurality", "4"},
		{"approval", "1 1"},
		{"approval", "1x"},
		{"schulze", "1>2>1"},
		{"schulze", "1 2"},
		{"schulze", "1<2"},
		{"schulze", "1>>2"},
		{"irv", "1=2"},
		{"irv", "1?"},
		{"score", "1"},
		{"score", "1=x"},
		{"score", "1=999999999999"},
		{"dance", "1"},
	};
	struct choice c = {.n = 77};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (read_vote(cases[i].method, cases[i].text, &c) == NULL)
			fail_msg("took '%s' by %s", cases[i].text,
				cases[i].method);
	assert_int_equal(c.n, 77);
	assert_string_equal(choice_form(BYTES("dance")), "");
}

static void
no_text_whatever_marks_beyond_the_options(void **state)
{
	static const char letters[] = "0123 >=?,-yn";
	static const char *const methods[] = {"yes-no", "plurality", "approval",
		"schulze", "irv", "score", "majority-judgment"};
	struct rng rng = rng_start();
	struct choice c;
	char text[12];

	(void)state;
	for (unsigned i = 0; i < 50000; i++) {
		size_t len = rng_below(&rng, sizeof(text));

		for (size_t j = 0; j < len; j++)
			text[j] = letters[rng_below(&rng, sizeof(letters) - 1)];
		text[len] = '\0';
		c = (struct choice){0};
		if (read_vote(methods[i % 7], text, &c) != NULL)
			continue;
		assert_int_equal(c.n, i % 7 == 0 ? 1 : 4);
		for (size_t j = c.n; j < LIMIT_OPTIONS; j++)
			assert_int_equal(c.marks[j], 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_vote_becomes_the_marks_that_it_says),
		cmocka_unit_test(marks_that_are_not_given_are_the_lowest),
		cmocka_unit_test(what_cannot_be_read_is_said_and_never_guessed),
		cmocka_unit_test(no_text_whatever_marks_beyond_the_options),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
