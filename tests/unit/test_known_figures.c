#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>

#include "tests/lib/count.h"

/*
 * The elections of ../shared/elections with every figure of their
 * expected.json: winners, rankings, pairs, totals, grades and the comparison
 * with the default option.  Skipped where that folder is not there.
 */
#define SHARED "../shared/elections/"

static const struct {
	const char *slug;
	const char *file; /* in the folder of the slug, or ours */
} elections[] = {
	{"debian-2006-recall-yesno", "vote_005_tally.txt"},
	{"debian-2016-declassify-yesno", "vote_002_tally.txt"},
	{"un-ga-73-194-yesno", "tests/elections/un-ga-73-194.csv"},
	{"burlington-2009-plurality", "00005-00000002.toi"},
	{"utah-sd11-2025-approval", "tests/elections/utah-sd11-2025.csv"},
	{"eurovision-1991-score-tie", "tests/elections/eurovision-1991.csv"},
	{"eurovision-2015-score", "tests/elections/eurovision-2015.csv"},
	{"orsay-2007-bureau-01-mj", "tests/elections/orsay-2007-bureau-01.csv"},
	{"orsay-2007-bureau-06-mj", "tests/elections/orsay-2007-bureau-06.csv"},
	{"debian-2007-dpl-schulze", "vote_001_tally.txt"},
	{"debian-2008-lenny-schulze", "vote_003_tally.txt"},
	{"ers-a76-schulze", "A76.HIL"},
	{"kubernetes-2018-steering-schulze",
		"tests/elections/kubernetes-2018-steering.csv"},
	{"kubernetes-2024-steering-schulze",
		"tests/elections/kubernetes-2024-steering.csv"},
	{"burlington-2009-ranked-pairs", "00005-00000002.toi"},
	{"ers-a76-ranked-pairs", "A76.HIL"},
};

struct known {
	json_t *expected;
	struct election e;
	struct method_rules rules;
	struct ratio ratios[64];
	struct result r;
};

/* The option of that name or, where names are numbers, that number. */
static uint32_t
option_of(const struct known *k, const char *name)
{
	uint32_t option = election_option(&k->e, bytes_of_string(name));

	return option < k->e.n_options ? option
				       : (uint32_t)strtoul(name, NULL, 10) - 1;
}

static void
assert_number(struct bytes cell, json_t *value)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld",
		(long long)json_integer_value(value));
	assert_true(bytes_equal(cell, bytes_of_string(text)));
}

static size_t
row_of(const struct steps_table *t, uint32_t option)
{
	size_t row = 0;

	while (t->rows[row].option != option)
		row++;
	return row;
}

static void
assert_pairs(const struct known *k, json_t *pairs)
{
	const char *winner, *loser;
	json_t *row, *votes;

	json_object_foreach(pairs, winner, row)
	{
		json_object_foreach(row, loser, votes)
		{
			assert_number(steps_at(count_table(&k->r, STEPS_MATRIX),
					      option_of(k, winner),
					      option_of(k, loser)),
				votes);
		}
	}
}

static void
assert_totals(const struct known *k, json_t *totals)
{
	const char *name;
	json_t *total;

	json_object_foreach(totals, name, total)
	{
		const struct steps_table *t = count_table(&k->r, STEPS_BARS);

		assert_number(
			steps_at(t, row_of(t, option_of(k, name)), 0), total);
	}
}

static void
assert_grades(const struct known *k, json_t *grades)
{
	const char *name;
	json_t *line;

	json_object_foreach(grades, name, line)
	{
		const struct steps_table *t = count_table(&k->r, STEPS_STACK);
		const struct steps_table *medians =
			count_table(&k->r, STEPS_LIST);
		json_t *counts = json_object_get(line, "counts_worst_to_best");
		size_t row = row_of(t, option_of(k, name));

		for (size_t i = 0; i < json_array_size(counts); i++)
			assert_number(steps_at(t, row, t->n_columns - 1 - i),
				json_array_get(counts, i));
		assert_number(steps_at(medians, row, 1),
			json_object_get(line, "above_median"));
		assert_number(steps_at(medians, row, 2),
			json_object_get(line, "below_median"));
	}
}

static void
assert_against_default(const struct known *k, json_t *lines)
{
	size_t i;
	json_t *line;

	json_array_foreach(lines, i, line)
	{
		const struct steps_table *t = count_table(&k->r, STEPS_LIST);
		size_t row = row_of(t,
			option_of(k, json_string_value(
					     json_object_get(line, "option"))));
		bool dropped = json_is_true(json_object_get(line, "dropped"));

		assert_number(steps_at(t, row, 0),
			json_object_get(line, "votes_over_default"));
		assert_number(steps_at(t, row, 1),
			json_object_get(line, "default_over_option"));
		assert_int_equal(
			bytes_equal(steps_at(t, row, 2), BYTES("stays")),
			!dropped);
	}
}

static void
assert_ranking(const struct known *k, json_t *ranking)
{
	size_t i, j;
	json_t *group, *name;

	if (!json_is_array(ranking))
		return;
	assert_int_equal(k->r.n_ranking, json_array_size(ranking));
	json_array_foreach(ranking, i, group)
	{
		assert_int_equal(k->r.ranking[i].n, json_array_size(group));
		json_array_foreach(group, j, name)
			assert_int_equal(k->r.ranking[i].at[j],
				option_of(k, json_string_value(name)));
	}
}

/* More winners than seats are a tie. */
static void
assert_winners(const struct known *k, json_t *winners)
{
	bool tie = json_array_size(winners) > k->rules.seats;
	const struct result_list *list =
		tie ? &k->r.ties[0].options : &k->r.winners;
	size_t i;
	json_t *name;

	assert_int_equal(k->r.n_ties, tie ? 1 : 0);
	assert_int_equal(list->n, json_array_size(winners));
	json_array_foreach(winners, i, name) assert_int_equal(
		list->at[i], option_of(k, json_string_value(name)));
}

static void
assert_outcome(const struct known *k, json_t *outcome)
{
	if (!json_is_string(outcome))
		return;
	assert_int_equal(
		k->r.outcome, strcmp(json_string_value(outcome), "passed") == 0
				      ? RESULT_PASSED
				      : RESULT_REJECTED);
}

static void
assert_answers(const struct known *k, json_t *figures)
{
	static const char *const rows[] = {"yes", "no", "abstain"};

	if (k->r.outcome == RESULT_NONE)
		return;
	for (size_t i = 0; i < 3; i++)
		assert_number(steps_at(count_table(&k->r, STEPS_BARS), i, 0),
			json_object_get(figures, rows[i]));
}

static void
take_ratios(struct known *k, json_t *ratios)
{
	for (uint32_t i = 0; i < k->e.n_options; i++)
		k->ratios[i] = (struct ratio){1, 1};
	const char *name;
	json_t *ratio;

	json_object_foreach(ratios, name, ratio) k->ratios[option_of(k, name)]
		.num = (uint32_t)json_integer_value(ratio);
	k->rules.ratios = k->ratios;
}

static void
take_rules(struct known *k)
{
	json_t *given = json_object_get(k->expected, "parameters");
	json_t *standing = json_object_get(given, "default_option");
	double quorum =
		json_number_value(json_object_get(given, "quorum_R_3Q"));

	k->rules.seats = (uint32_t)json_integer_value(
		json_object_get(k->expected, "seats"));
	if (json_is_string(standing))
		k->rules.default_option =
			option_of(k, json_string_value(standing));
	k->rules.quorum = (uint64_t)quorum + (quorum > (uint64_t)quorum);
	take_ratios(k, json_object_get(given, "majority_ratio"));
}

static void
take_scale(struct known *k, const char *method)
{
	k->rules.low = strcmp(method, "majority-judgment") == 0;
	k->rules.high = k->rules.low == 1 ? 6 : 12;
}

static bool
open_known(struct known *k, const char *slug, const char *file)
{
	const struct method *m;
	char path[256];

	*k = (struct known){.rules = METHOD_RULES};
	snprintf(path, sizeof(path), SHARED "%s/expected.json", slug);
	k->expected = json_load_file(path, 0, NULL);
	if (k->expected == NULL)
		return false;
	m = methods_find(bytes_of_string(
		json_string_value(json_object_get(k->expected, "method"))));
	take_scale(k, m->name);
	snprintf(path, sizeof(path), SHARED "%s/%s", slug, file);
	assert_true(count_read(path, m, &k->rules, &k->e) ||
		    count_read(file, m, &k->rules, &k->e));
	take_rules(k);
	assert_int_equal(
		methods_count(m, &k->rules, &k->e.profile, &k->r), VERDICT_OK);
	return true;
}

static void
assert_known(const struct known *k)
{
	json_t *figures = json_object_get(k->expected, "figures");

	assert_int_equal(k->e.profile.total,
		json_integer_value(json_object_get(k->expected, "ballots")));
	assert_winners(k, json_object_get(k->expected, "winners"));
	assert_ranking(k, json_object_get(k->expected, "ranking"));
	assert_outcome(k, json_object_get(k->expected, "outcome"));
	assert_answers(k, figures);
	assert_pairs(k, json_object_get(figures, "pairwise"));
	assert_totals(k, json_object_get(figures, "points"));
	assert_totals(k, json_object_get(figures, "approvals"));
	assert_totals(k, json_object_get(figures, "votes"));
	assert_grades(k, json_object_get(figures, "grades"));
	assert_against_default(k, json_object_get(figures, "against_default"));
	if (json_is_integer(json_object_get(figures, "not_counted")))
		assert_int_equal(k->r.set_aside,
			json_integer_value(
				json_object_get(figures, "not_counted")));
}

static void
every_known_figure_comes_out(void **state)
{
	size_t n = sizeof(elections) / sizeof(elections[0]);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct known k;

		if (!open_known(&k, elections[i].slug, elections[i].file))
			skip();
		assert_known(&k);
		result_clear(&k.r);
		election_clear(&k.e);
		json_decref(k.expected);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_known_figure_comes_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
