#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/lib/anyballots.h"
#include "tests/lib/belenios.h"

/*
 * Random elections counted here and by belenios-tool, where it is installed.
 * It asks of a judgment that every option has a grade, and calls the best
 * grade 1.
 */
enum { TIMES = 40 };

/* The ballots of a as the tool reads them. */
static json_t *
ballots_of(const struct anyballots *a)
{
	json_t *ballots = json_array();

	for (size_t row = 0; row < a->rows; row++) {
		for (uint64_t w = a->weights[row]; w > 0; w--) {
			json_t *ballot = json_array();

			for (uint32_t i = 0; i < a->options; i++)
				json_array_append_new(
					ballot, json_integer(a->marks[row][i]));
			json_array_append_new(ballots, ballot);
		}
	}
	return ballots;
}

/* What the tool answers to arguments and ballots; NULL when there is none. */
static json_t *
ask(const char *arguments, const struct anyballots *a)
{
	char path[] = "/tmp/count.XXXXXX", command[256];
	int file = mkstemp(path);
	json_t *ballots = ballots_of(a), *answer;
	FILE *tool;

	assert_true(file >= 0);
	assert_int_equal(json_dumpfd(ballots, file, 0), 0);
	close(file);
	snprintf(command, sizeof(command),
		"belenios-tool method %s < %s 2>/dev/null", arguments, path);
	tool = popen(command, "r");
	assert_non_null(tool);
	answer = json_loadf(tool, JSON_DISABLE_EOF_CHECK, NULL);
	pclose(tool);
	unlink(path);
	json_decref(ballots);
	return answer;
}

static void
compare(const char *arguments, const struct anyballots *ours,
	const struct anyballots *theirs)
{
	json_t *answer = ask(arguments, theirs);
	struct result r;

	if (answer == NULL)
		skip();
	anyballots_count(ours, &r);
	belenios_assert_ranking(&r, json_object_get(answer, "winners"));
	result_clear(&r);
	json_decref(answer);
}

static void
schulze_agrees_with_belenios(void **state)
{
	const struct method *m = methods_find(BYTES("schulze"));
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < TIMES; i++) {
		struct anyballots a;

		anyballots_draw(&r, m, ANY_ROWS, &a);
		for (size_t row = 0; row < a.rows; row++)
			for (uint32_t o = 0; o < a.options; o++)
				if (a.marks[row][o] == PROFILE_NO_OPINION)
					a.marks[row][o] = PROFILE_BLANK;
		char arguments[96];

		snprintf(arguments, sizeof(arguments),
			"schulze --blank-allowed=false --nchoices=%u",
			a.options);
		compare(arguments, &a, &a);
	}
}

/* A grade for every option; theirs are numbered from the best one. */
static void
grade_all(struct rng *r, struct anyballots *ours, struct anyballots *theirs,
	uint32_t grades)
{
	ours->rules.low = (int32_t)grades;
	ours->rules.high = 1;
	*theirs = *ours;
	for (size_t row = 0; row < ours->rows; row++) {
		for (uint32_t o = 0; o < ours->options; o++) {
			uint32_t grade = 1 + (uint32_t)rng_below(r, grades);

			theirs->marks[row][o] = (uint16_t)grade;
			ours->marks[row][o] = scale_mark(&ours->rules, grade);
		}
	}
}

static void
majority_judgment_agrees_with_belenios(void **state)
{
	const struct method *m = methods_find(BYTES("majority-judgment"));
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < TIMES; i++) {
		uint32_t grades = 1 + (uint32_t)rng_below(&r, 7);
		struct anyballots ours, theirs;
		char arguments[96];

		anyballots_draw(&r, m, ANY_ROWS, &ours);
		grade_all(&r, &ours, &theirs, grades);
		snprintf(arguments, sizeof(arguments),
			"majority-judgment --blank-allowed=false --ngrades=%u "
			"--nchoices=%u",
			grades, ours.options);
		compare(arguments, &ours, &theirs);
	}
}

/* Its arithmetic is another one, so only counts without ties compare. */
static void
stv_elects_whom_belenios_elects_without_ties(void **state)
{
	const struct method *m = methods_find(BYTES("stv-wigm"));
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < TIMES; i++) {
		struct anyballots a;
		struct result result;
		char arguments[96];
		json_t *answer;

		anyballots_draw(&r, m, ANY_ROWS, &a);
		for (size_t row = 0; row < a.rows; row++)
			anyballots_strict(&r, a.marks[row], a.options);
		snprintf(arguments, sizeof(arguments), "stv --nseats=%u",
			a.rules.seats);
		answer = ask(arguments, &a);
		if (answer == NULL)
			skip();
		anyballots_count(&a, &result);
		if (!belenios_had_tie(answer) && belenios_compares(&result))
			assert_true(belenios_same_group(&result.winners,
				json_object_get(answer, "winners")));
		result_clear(&result);
		json_decref(answer);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(schulze_agrees_with_belenios),
		cmocka_unit_test(majority_judgment_agrees_with_belenios),
		cmocka_unit_test(stv_elects_whom_belenios_elects_without_ties),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
