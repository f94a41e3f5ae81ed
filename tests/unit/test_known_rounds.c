#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>

#include "ballots/base/wide.h"
#include "tests/lib/count.h"

/*
 * The elections of ../shared/elections that are counted in rounds or by equal
 * shares, with every figure of their expected.json.  Skipped where that folder
 * is not there.
 */
#define SHARED "../shared/elections/"

struct known {
	json_t *expected;
	struct election e;
	struct method_rules rules;
	struct result r;
};

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
	assert_non_null(m);
	snprintf(path, sizeof(path), SHARED "%s/%s", slug, file);
	assert_true(count_read(path, m, &k->rules, &k->e));
	if (m->many_seats)
		k->rules.seats = (uint32_t)json_integer_value(
			json_object_get(k->expected, "seats"));
	k->rules.costs = k->e.costs;
	k->rules.budget = k->e.budget;
	return true;
}

static void
count_known(struct known *k)
{
	const struct method *m = methods_find(bytes_of_string(
		json_string_value(json_object_get(k->expected, "method"))));

	result_clear(&k->r);
	assert_int_equal(
		methods_count(m, &k->rules, &k->e.profile, &k->r), VERDICT_OK);
	assert_int_equal(k->r.n_ties, 0);
}

static void
close_known(struct known *k)
{
	result_clear(&k->r);
	election_clear(&k->e);
	json_decref(k->expected);
}

static uint32_t
option_of(const struct known *k, const char *name)
{
	uint32_t option = election_option(&k->e, bytes_of_string(name));

	assert_int_not_equal(option, METHOD_NO_OPTION);
	return option;
}

static void
assert_winners(const struct known *k, json_t *winners)
{
	size_t i;
	json_t *name;

	assert_int_equal(k->r.winners.n, json_array_size(winners));
	json_array_foreach(winners, i, name) assert_int_equal(
		k->r.winners.at[i], option_of(k, json_string_value(name)));
}

/* The votes of an option, or of a row called word; "0" where it has none. */
static struct bytes
votes_in(const struct steps_table *t, uint32_t option, const char *word)
{
	for (size_t row = 0; row < t->n_rows; row++) {
		const struct steps_label *label = &t->rows[row];

		if (word != NULL ? label->word != NULL &&
					   strcmp(label->word, word) == 0
				 : label->word == NULL &&
					   label->option == option)
			return steps_at(t, row, 0);
	}
	return BYTES("0");
}

/* Decimal text in units of 10^-9. */
static wide
units(struct bytes text)
{
	struct bytes whole = bytes_cut(&text, '.');
	wide value = 0;

	for (size_t i = 0; i < whole.len; i++)
		value = value * 10 + (whole.data[i] - '0');
	for (size_t i = 0; i < 9; i++)
		value = value * 10 +
			(i < text.len ? (wide)(text.data[i] - '0') : 0);
	return value;
}

static wide
expected_units(json_t *value)
{
	if (json_is_integer(value))
		return (wide)json_integer_value(value) * 1000000000;
	return units(bytes_of_string(json_string_value(value)));
}

static void
assert_near(struct bytes text, json_t *expected, wide within)
{
	wide difference = units(text) - expected_units(expected);

	if (difference < -within || difference > within)
		fail_msg("%.*s", (int)text.len, (const char *)text.data);
}

static void
assert_votes(const struct known *k, const struct steps_table *t, json_t *votes,
	wide within)
{
	const char *name;
	json_t *expected;

	json_object_foreach(votes, name, expected) assert_near(
		votes_in(t, option_of(k, name), NULL), expected, within);
}

/* Is there a note in t that says so of the option called name? */
static bool
says(const struct known *k, const struct steps_table *t, json_t *name,
	const char *text)
{
	uint32_t option = option_of(k, json_string_value(name));

	for (size_t i = 0; i < t->n_notes; i++)
		if (t->notes[i].option == option &&
			strcmp(t->notes[i].text, text) == 0)
			return true;
	return false;
}

static void
assert_said(const struct known *k, const struct steps_table *t, json_t *names,
	const char *text)
{
	size_t i;
	json_t *name;

	json_array_foreach(names, i, name) assert_true(says(k, t, name, text));
}

/* All votes of a round, exhausted and lost ones too, are the ballots. */
static void
assert_adds_up(const struct known *k, const struct steps_table *t)
{
	wide sum = 0;

	for (size_t row = 0; row < t->n_rows; row++)
		sum += units(steps_at(t, row, 0));
	assert_true(sum == (wide)k->r.valid * 1000000000);
}

static void
assert_round(const struct known *k, const struct steps_table *t, json_t *round)
{
	json_t *lost = json_object_get(round, "non_transferable");
	struct writer both = {0};

	assert_adds_up(k, t);
	assert_votes(k, t, json_object_get(round, "votes"), 0);
	assert_said(k, t, json_object_get(round, "elected"), "is elected");
	assert_said(k, t, json_object_get(round, "excluded"), "is excluded");
	assert_said(k, t, json_object_get(round, "eliminated"), "is excluded");
	if (json_object_get(round, "exhausted") != NULL)
		assert_near(votes_in(t, 0, "exhausted"),
			json_object_get(round, "exhausted"), 0);
	if (lost == NULL)
		return;
	wide_put_fixed(&both,
		units(votes_in(t, 0, "exhausted")) +
			units(votes_in(t, 0, "lost to rounding")),
		9);
	assert_near(writer_view(&both), lost, 0);
	writer_clear(&both);
}

static const struct {
	const char *slug, *file;
} in_rounds[] = {
	{"burlington-2009-irv", "00005-00000002.toi"},
	{"nsw-ballina-2015-irv", "00058-00000003.soi"},
	{"oakland-2010-mayor-irv", "00019-00000002.toi"},
	{"edinburgh-2017-almond-stv", "edinburgh_2017_ward1.blt"},
	{"renfrewshire-2017-ward3-stv", "renfrewshire_2017_ward3.blt"},
};

static void
every_round_of_irv_and_scottish_stv_is_the_official_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(in_rounds) / sizeof(in_rounds[0]); i++) {
		struct known k;
		json_t *rounds, *round;
		size_t j;

		if (!open_known(&k, in_rounds[i].slug, in_rounds[i].file))
			skip();
		count_known(&k);
		assert_winners(&k, json_object_get(k.expected, "winners"));
		rounds = json_object_get(k.expected, "rounds");
		assert_int_equal(k.r.steps.n, json_array_size(rounds));
		json_array_foreach(rounds, j, round)
			assert_round(&k, &k.r.steps.tables[j], round);
		close_known(&k);
	}
}

static void
skipped_overvotes_give_the_other_figures_of_burlington(void **state)
{
	struct known k;
	json_t *figures;
	const struct steps_table *last;

	(void)state;
	if (!open_known(&k, in_rounds[0].slug, in_rounds[0].file))
		skip();
	k.rules.overvote = METHOD_OVERVOTE_SKIP;
	count_known(&k);
	figures = json_object_get(json_object_get(k.expected, "figures"),
		"final_if_overvotes_are_skipped_instead");
	last = &k.r.steps.tables[k.r.steps.n - 1];
	assert_near(votes_in(last, 0, "exhausted"),
		json_object_get(figures, "exhausted"), 0);
	json_object_del(figures, "exhausted");
	assert_votes(&k, last, figures, 0);
	close_known(&k);
}

/* The table at or after *at in which the option called name is excluded. */
static const struct steps_table *
exclusion_of(const struct known *k, json_t *name, size_t *at)
{
	for (; *at < k->r.steps.n; (*at)++)
		if (says(k, &k->r.steps.tables[*at], name, "is excluded"))
			return &k->r.steps.tables[*at];
	fail_msg("%s is not excluded", json_string_value(name));
	return NULL;
}

static void
assert_meek_figures(const struct known *k)
{
	size_t i, at = 0;
	json_t *event;

	json_array_foreach(json_object_get(k->expected, "rounds"), i, event)
	{
		const char *kind =
			json_string_value(json_object_get(event, "event"));
		const struct steps_table *t = &k->r.steps.tables[0];

		if (strcmp(kind, "elected") == 0)
			continue;
		if (strcmp(kind, "excluded") == 0)
			t = exclusion_of(
				k, json_object_get(event, "candidate"), &at);
		assert_adds_up(k, t);
		assert_votes(k, t, json_object_get(event, "votes"), 1000000);
		assert_near(votes_in(t, 0, "exhausted"),
			json_object_get(event, "excess"), 1000000);
		assert_near(bytes_of_string(t->notes[0].amount),
			json_object_get(event, "quota"), 1000000);
	}
}

static void
meek_meets_the_converged_figures_within_a_thousandth(void **state)
{
	static const char *const elections[][2] = {
		{"edinburgh-2017-ward14-meek", "edinburgh_2017_ward14.blt"},
		{"nixos-2025-sc-meek", "opavote-ballots-5.blt"},
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct known k;

		if (!open_known(&k, elections[i][0], elections[i][1]))
			skip();
		count_known(&k);
		assert_winners(&k, json_object_get(k.expected, "winners"));
		assert_meek_figures(&k);
		close_known(&k);
	}
}

/* The winners are these, in any order, and cost so much together. */
static void
assert_outcome(const struct known *k, json_t *outcome, const char *order)
{
	json_t *selected = json_object_get(outcome, "selected");
	uint64_t cost = 0;
	size_t i;
	json_t *name;

	assert_int_equal(k->r.winners.n, json_array_size(selected));
	json_array_foreach(selected, i, name)
	{
		uint32_t option = option_of(k, json_string_value(name));
		size_t at = 0;

		while (at < k->r.winners.n && k->r.winners.at[at] != option)
			at++;
		assert_true(at < k->r.winners.n);
		cost += k->e.costs[option];
	}
	assert_int_equal(
		cost, json_integer_value(json_object_get(outcome, "cost")));
	if (order != NULL)
		assert_winners(k, json_object_get(outcome, order));
}

static void
equal_shares_select_what_the_cities_and_other_programs_do(void **state)
{
	static const char *const elections[][2] = {
		{"assen-2024-equal-shares", "Netherlands_Assen_2024.pb"},
		{"wieliczka-2023-equal-shares",
			"Poland_Wieliczka_2023_Green_Budget.pb"},
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct known k;
		json_t *figures;

		if (!open_known(&k, elections[i][0], elections[i][1]))
			skip();
		figures = json_object_get(k.expected, "figures");
		count_known(&k);
		assert_outcome(&k,
			json_object_get(
				figures, "equal_shares_without_completion"),
			"selection_order");
		k.rules.completion = METHOD_COMPLETION_ADD1;
		count_known(&k);
		assert_outcome(&k,
			json_object_get(figures, "add1_until_overspending"),
			"selection_order");
		assert_winners(&k, json_object_get(k.expected, "winners"));
		k.rules.completion = METHOD_COMPLETION_ADD1_EXHAUSTIVE;
		count_known(&k);
		assert_outcome(&k,
			json_object_get(
				figures, "add1_stopping_early_when_exhaustive"),
			NULL);
		close_known(&k);
	}
}

/* {2,3,5,9,12,13,14}, as the notes of expected.json say. */
static void
cardinality_utility_selects_other_projects_in_assen(void **state)
{
	static const char *const selected[] = {
		"2", "3", "5", "9", "12", "13", "14"};
	struct known k;

	(void)state;
	if (!open_known(
		    &k, "assen-2024-equal-shares", "Netherlands_Assen_2024.pb"))
		skip();
	k.rules.utility = METHOD_UTILITY_CARDINALITY;
	count_known(&k);
	assert_int_equal(k.r.winners.n, 7);
	for (size_t i = 0; i < 7; i++) {
		size_t at = 0;

		while (at < 7 &&
			k.r.winners.at[at] != option_of(&k, selected[i]))
			at++;
		assert_true(at < 7);
	}
	close_known(&k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_round_of_irv_and_scottish_stv_is_the_official_one),
		cmocka_unit_test(
			skipped_overvotes_give_the_other_figures_of_burlington),
		cmocka_unit_test(
			meek_meets_the_converged_figures_within_a_thousandth),
		cmocka_unit_test(
			equal_shares_select_what_the_cities_and_other_programs_do),
		cmocka_unit_test(
			cardinality_utility_selects_other_projects_in_assen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
