#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>

#include "tests/lib/belenios.h"
#include "tests/lib/count.h"

/*
 * Counts of belenios-tool 2.0 (../shared/belenios/methods.json) by Schulze,
 * majority judgment and single transferable vote.  Skipped where that file is
 * not there.
 */
#define COUNTS "../shared/belenios/methods.json"

/* The number after the argument called name. */
static uint32_t
argument(json_t *count, const char *name)
{
	json_t *args = json_object_get(count, "args");

	for (size_t i = 0; i + 1 < json_array_size(args); i++)
		if (strcmp(json_string_value(json_array_get(args, i)), name) ==
			0)
			return (uint32_t)strtoul(
				json_string_value(json_array_get(args, i + 1)),
				NULL, 10);
	return 0;
}

static void
take_ballot(json_t *ballot, uint16_t *marks, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		marks[i] = (uint16_t)belenios_number(ballot, i);
}

static void
assert_number(struct bytes cell, uint64_t value)
{
	struct writer text = {0};

	writer_put_decimal(&text, value);
	assert_true(bytes_equal(cell, writer_view(&text)));
	writer_clear(&text);
}

static void
assert_paths(const struct steps_table *t, json_t *paths)
{
	for (size_t a = 0; a < t->n_rows; a++) {
		for (size_t b = 0; b < t->n_rows; b++) {
			json_t *path =
				json_array_get(json_array_get(paths, a), b);
			char text[64] = "";

			if (a != b && belenios_number(path, 0) > 0)
				snprintf(text, sizeof(text), "%u:%u",
					(unsigned)belenios_number(path, 0),
					(unsigned)belenios_number(path, 1));
			assert_true(bytes_equal(
				steps_at(t, a, b), bytes_of_string(text)));
		}
	}
}

static void
assert_pairs(const struct steps_table *t, json_t *raw)
{
	for (size_t a = 0; a < t->n_rows; a++) {
		for (size_t b = 0; b < t->n_rows; b++) {
			if (a != b)
				assert_number(steps_at(t, a, b),
					belenios_number(
						json_array_get(raw, a), b));
		}
	}
}

static void
count_schulze(json_t *count)
{
	json_t *ballots = json_object_get(count, "ballots");
	json_t *expected = json_object_get(count, "expected");
	const struct method *m = methods_find(BYTES("schulze"));
	struct method_rules rules = METHOD_RULES;
	uint32_t n = argument(count, "--nchoices");
	struct result r = {0};
	struct profile p;
	uint16_t marks[16];

	profile_init(&p, n, n);
	for (size_t i = 0; i < json_array_size(ballots); i++) {
		take_ballot(json_array_get(ballots, i), marks, n);
		assert_int_equal(profile_add(&p, marks, 1), VERDICT_OK);
	}
	assert_int_equal(methods_count(m, &rules, &p, &r), VERDICT_OK);
	belenios_assert_ranking(&r, json_object_get(expected, "winners"));
	assert_pairs(&r.steps.tables[0], json_object_get(expected, "raw"));
	assert_paths(
		&r.steps.tables[1], json_object_get(expected, "beatpaths"));
	if (json_object_get(expected, "blank") != NULL)
		assert_int_equal(r.blank,
			json_integer_value(json_object_get(expected, "blank")));
	result_clear(&r);
	profile_clear(&p);
}

/* A judgment of that tool grades every option. */
static bool
is_judgment(const uint16_t *marks, uint32_t n, uint32_t grades)
{
	for (uint32_t i = 0; i < n; i++)
		if (marks[i] == 0 || marks[i] > grades)
			return false;
	return true;
}

static void
assert_grades(const struct result *r, json_t *raw)
{
	const struct steps_table *t = count_table(r, STEPS_STACK);

	for (size_t row = 0; row < t->n_rows; row++) {
		json_t *counts = json_array_get(raw, t->rows[row].option);

		for (size_t i = 0; i < t->n_columns; i++)
			assert_number(steps_at(t, row, i),
				belenios_number(counts, i));
	}
}

static void
count_judgment(json_t *count)
{
	json_t *ballots = json_object_get(count, "ballots");
	json_t *expected = json_object_get(count, "expected");
	const struct method *m = methods_find(BYTES("majority-judgment"));
	struct method_rules rules = METHOD_RULES;
	uint32_t n = argument(count, "--nchoices");
	uint32_t grades = argument(count, "--ngrades");
	struct result r = {0};
	struct profile p;
	uint16_t marks[16];

	rules.low = (int32_t)grades;
	rules.high = 1;
	profile_init(&p, n, grades);
	for (size_t i = 0; i < json_array_size(ballots); i++) {
		take_ballot(json_array_get(ballots, i), marks, n);
		if (!is_judgment(marks, n, grades))
			continue;
		for (uint32_t j = 0; j < n; j++) /* their 1 is best */
			marks[j] = (uint16_t)(grades + 1 - marks[j]);
		assert_int_equal(profile_add(&p, marks, 1), VERDICT_OK);
	}
	assert_int_equal(methods_count(m, &rules, &p, &r), VERDICT_OK);
	assert_int_equal(r.valid,
		json_integer_value(json_object_get(expected, "valid")));
	belenios_assert_ranking(&r, json_object_get(expected, "winners"));
	assert_grades(&r, json_object_get(expected, "raw"));
	result_clear(&r);
	profile_clear(&p);
}

/* Ballots that the tool calls invalid stand in a list of their own. */
static bool
is_invalid(json_t *ballot, json_t *invalid)
{
	size_t i;
	json_t *other;

	json_array_foreach(
		invalid, i, other) if (json_equal(ballot, other)) return true;
	return false;
}

/* Its arithmetic is another one, so ties fall where they may. */
static void
count_stv(json_t *count)
{
	json_t *ballots = json_object_get(count, "ballots");
	json_t *expected = json_object_get(count, "expected");
	uint32_t n = (uint32_t)json_array_size(json_array_get(ballots, 0));
	struct method_rules rules = METHOD_RULES;
	struct result r = {0};
	struct profile p;
	uint16_t marks[16];
	size_t i;
	json_t *ballot;

	if (belenios_had_tie(expected))
		return;
	rules.seats = argument(count, "--nseats");
	profile_init(&p, n, n);
	json_array_foreach(ballots, i, ballot)
	{
		take_ballot(ballot, marks, n);
		if (!is_invalid(ballot, json_object_get(expected, "invalid")))
			assert_int_equal(profile_add(&p, marks, 1), VERDICT_OK);
	}
	assert_int_equal(
		methods_count(methods_find(BYTES("stv-wigm")), &rules, &p, &r),
		VERDICT_OK);
	assert_true(belenios_same_group(
		&r.winners, json_object_get(expected, "winners")));
	result_clear(&r);
	profile_clear(&p);
}

static void
count_all(const char *method, void (*one)(json_t *count))
{
	json_t *counts = json_load_file(COUNTS, 0, NULL);
	size_t done = 0, i;
	json_t *count;

	if (counts == NULL)
		skip();
	json_array_foreach(counts, i, count)
	{
		json_t *args = json_object_get(count, "args");

		if (strcmp(json_string_value(json_array_get(args, 0)),
			    method) != 0)
			continue;
		one(count);
		done++;
	}
	assert_int_equal(done, 20);
	json_decref(counts);
}

static void
schulze_is_counted_as_belenios_counts_it(void **state)
{
	(void)state;
	count_all("schulze", count_schulze);
}

static void
majority_judgment_is_counted_as_belenios_counts_it(void **state)
{
	(void)state;
	count_all("majority-judgment", count_judgment);
}

static void
stv_elects_whom_belenios_elects_without_ties(void **state)
{
	(void)state;
	count_all("stv", count_stv);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(schulze_is_counted_as_belenios_counts_it),
		cmocka_unit_test(
			majority_judgment_is_counted_as_belenios_counts_it),
		cmocka_unit_test(stv_elects_whom_belenios_elects_without_ties),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
