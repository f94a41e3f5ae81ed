#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/writer.h"
#include "tests/lib/anyballots.h"

/* What must hold for any ballots, on small random elections. */
enum { TIMES = 400 };

/* A result as text, options renamed by names, groups in order of name ******/

static void
put_group(
	struct writer *w, const struct result_list *list, const uint32_t *names)
{
	uint32_t set = 0;

	for (size_t i = 0; i < list->n; i++)
		set |= 1u << names[list->at[i]];
	writer_put_u8(w, ' ');
	writer_put_decimal(w, set);
}

/* Who ties with whom, whatever the order of the ties. */
static void
put_ties(struct writer *w, const struct result *r, const uint32_t *names)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < r->n_ties; i++) {
		uint64_t tie = r->ties[i].contest + 8 * r->ties[i].seats;

		for (size_t j = 0; j < r->ties[i].options.n; j++)
			tie |= (uint64_t)64 << names[r->ties[i].options.at[j]];
		sum += tie * tie;
	}
	writer_put_decimal(w, sum);
}

static void
put_result(struct writer *w, const struct result *r, const uint32_t *names)
{
	writer_put_decimal(w, r->outcome);
	put_group(w, &r->winners, names);
	writer_put_string(w, "; ties ");
	put_ties(w, r, names);
	writer_put_string(w, "; ranking");
	for (size_t i = 0; i < r->n_ranking; i++)
		put_group(w, &r->ranking[i], names);
	writer_put_string(w, "; ballots ");
	writer_put_decimal(w, r->valid);
	writer_put_u8(w, ' ');
	writer_put_decimal(w, r->blank);
	writer_put_u8(w, ' ');
	writer_put_decimal(w, r->set_aside);
}

static const uint32_t same[ANY_OPTIONS] = {0, 1, 2, 3, 4, 5};

/* Both counts give the same, the options of b being called by names. */
static void
assert_same(const struct anyballots *a, const struct anyballots *b,
	const uint32_t *names)
{
	struct result left, right;
	struct writer one = {0}, other = {0};

	anyballots_count(a, &left);
	anyballots_count(b, &right);
	put_result(&one, &left, same);
	put_result(&other, &right, names);
	if (strcmp(writer_string(&one), writer_string(&other)) != 0)
		fail_msg("%s: %s, but %s", a->method->name, writer_string(&one),
			writer_string(&other));
	result_clear(&left);
	result_clear(&right);
	writer_clear(&one);
	writer_clear(&other);
}

/* Run change on random elections of every method, and compare. */
static void
compare_all(void (*change)(struct rng *r, struct anyballots *a,
	uint32_t names[static ANY_OPTIONS]))
{
	struct rng r = rng_start();
	const struct method *m;

	for (size_t i = 0; (m = methods_at(i)) != NULL; i++) {
		for (int j = 0; j < TIMES; j++) {
			struct anyballots a, b;
			uint32_t names[ANY_OPTIONS];

			anyballots_draw(&r, m, 8, &a);
			b = a;
			memcpy(names, same, sizeof(names));
			change(&r, &b, names);
			assert_same(&a, &b, names);
		}
	}
}

static void
swap_rows(struct anyballots *a, size_t i, size_t j)
{
	uint16_t marks[ANY_OPTIONS];
	uint64_t weight = a->weights[i];

	memcpy(marks, a->marks[i], sizeof(marks));
	memcpy(a->marks[i], a->marks[j], sizeof(marks));
	memcpy(a->marks[j], marks, sizeof(marks));
	a->weights[i] = a->weights[j];
	a->weights[j] = weight;
}

static void
shuffle(struct rng *r, struct anyballots *a, uint32_t *names)
{
	(void)names;
	for (size_t i = a->rows; i > 1; i--)
		swap_rows(a, i - 1, rng_below(r, i));
}

static void
the_order_of_ballots_changes_nothing(void **state)
{
	(void)state;
	compare_all(shuffle);
}

/* Weight w becomes w ballots of weight 1. */
static void
split(struct rng *r, struct anyballots *a, uint32_t *names)
{
	struct anyballots b = *a;

	(void)r;
	(void)names;
	b.rows = 0;
	for (size_t row = 0; row < a->rows; row++) {
		for (uint64_t w = a->weights[row]; w > 0; w--) {
			memcpy(b.marks[b.rows], a->marks[row],
				sizeof(b.marks[0]));
			b.weights[b.rows++] = 1;
		}
	}
	*a = b;
}

static void
a_weight_counts_as_that_many_ballots(void **state)
{
	(void)state;
	compare_all(split);
}

/* Column i moves to column to[i]; names leads back. */
static void
rename_options(struct rng *r, struct anyballots *a, uint32_t *names)
{
	struct anyballots b = *a;
	uint16_t to[ANY_OPTIONS] = {0};

	if (a->method->decides)
		return; /* there the place of an option says what it is */
	anyballots_strict(r, to, a->options);
	for (uint32_t i = 0; i < a->options; i++) {
		uint32_t column = (uint32_t)to[i] - 1;

		names[column] = i;
		b.costs[column] = a->costs[i];
		for (size_t row = 0; row < a->rows; row++)
			b.marks[row][column] = a->marks[row][i];
	}
	*a = b;
}

static void
what_options_are_called_changes_nothing(void **state)
{
	(void)state;
	compare_all(rename_options);
}

/* Promises *****************************************************************/

static const char *const ranked[] = {"plurality", "irv", "stv-wigm", "stv-meek",
	"schulze", "ranked-pairs", NULL};
static const char *const condorcet[] = {"schulze", "ranked-pairs", NULL};
static const char *const monotone[] = {"plurality", "approval", "score",
	"majority-judgment", "schulze", "ranked-pairs", NULL};
static const char *const cloneproof[] = {"irv", "schulze", NULL};

static void
draw_for_one_seat(struct rng *r, const char *name, struct anyballots *a)
{
	anyballots_draw(r, methods_find(bytes_of_string(name)), 8, a);
	a->rules.seats = 1;
}

static bool
holds(const struct result_list *list, uint32_t option)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i] == option)
			return true;
	return false;
}

/* The only winner, or METHOD_NO_OPTION. */
static uint32_t
winner_of(const struct anyballots *a)
{
	struct result r;
	uint32_t winner;

	anyballots_count(a, &r);
	winner = r.winners.n == 1 ? r.winners.at[0] : METHOD_NO_OPTION;
	result_clear(&r);
	return winner;
}

/* True when option wins, or may win by lot. */
static bool
may_win(const struct anyballots *a, uint32_t option)
{
	struct result r;
	bool may;

	anyballots_count(a, &r);
	may = holds(&r.winners, option);
	for (size_t i = 0; i < r.n_ties; i++)
		for (size_t j = 0; j < r.ties[i].options.n; j++)
			may = may || holds(&r.ties[i].leads[j], option);
	result_clear(&r);
	return may;
}

/*
 * More than half of the weight gets a ballot with option alone in front, and
 * with an opinion on everyone.
 */
static void
give_majority(struct rng *r, struct anyballots *a, uint32_t option)
{
	uint64_t all = 0, majority = 0;

	for (size_t row = 0; row < a->rows; row++)
		all += a->weights[row];
	for (size_t row = 0; row < a->rows && 2 * majority <= all; row++) {
		for (uint32_t i = 0; i < a->options; i++)
			if (a->marks[row][i] == 1 ||
				a->marks[row][i] == PROFILE_NO_OPINION)
				a->marks[row][i] = rng_below(r, 2) == 0 ? 2 : 0;
		a->marks[row][option] = 1;
		majority += a->weights[row];
	}
}

static void
whom_more_than_half_put_first_is_elected(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (size_t i = 0; ranked[i] != NULL; i++) {
		for (int j = 0; j < TIMES; j++) {
			struct anyballots a;
			uint32_t option;

			draw_for_one_seat(&r, ranked[i], &a);
			option = (uint32_t)rng_below(&r, a.options);
			give_majority(&r, &a, option);
			assert_int_equal(winner_of(&a), option);
		}
	}
}

static int64_t
margin(const struct anyballots *a, uint32_t one, uint32_t other)
{
	int64_t sum = 0;

	for (size_t row = 0; row < a->rows; row++) {
		int64_t weight = (int64_t)a->weights[row];
		const uint16_t *marks = a->marks[row];

		if (a->method->prefers(&a->rules, marks, one, other))
			sum += weight;
		if (a->method->prefers(&a->rules, marks, other, one))
			sum -= weight;
	}
	return sum;
}

static bool
beats_all(const struct anyballots *a, uint32_t option)
{
	for (uint32_t i = 0; i < a->options; i++)
		if (i != option && margin(a, option, i) <= 0)
			return false;
	return true;
}

static void
whoever_beats_every_other_is_elected(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (size_t i = 0; condorcet[i] != NULL; i++) {
		for (int j = 0; j < TIMES; j++) {
			struct anyballots a;

			draw_for_one_seat(&r, condorcet[i], &a);
			for (uint32_t o = 0; o < a.options; o++)
				if (beats_all(&a, o))
					assert_int_equal(winner_of(&a), o);
		}
	}
}

/* One ballot thinks better of option than before, and of no other. */
static void
raise_level(struct rng *r, struct anyballots *a, uint32_t option)
{
	uint16_t *mark = &a->marks[rng_below(r, a->rows)][option];
	bool down = a->method->marks == METHOD_SCORES &&
		    a->rules.high < a->rules.low;

	if (a->method->marks == METHOD_APPROVALS)
		*mark = 1;
	else if (*mark != PROFILE_BLANK && *mark != PROFILE_NO_OPINION)
		*mark = down ? 1 : (uint16_t)scale_levels(&a->rules);
}

/* The same for ranks: alone in front, others as they were. */
static void
raise_alone(struct rng *r, struct anyballots *a, uint32_t option)
{
	uint16_t *marks = a->marks[rng_below(r, a->rows)];

	for (uint32_t i = 0; i < a->options; i++)
		if (marks[i] != PROFILE_BLANK && marks[i] != PROFILE_NO_OPINION)
			marks[i]++;
	marks[option] = 1;
}

static bool
same_cell(const struct steps_table *t, size_t row, size_t column)
{
	return bytes_equal(
		steps_at(t, row, column), steps_at(t, row + 1, column));
}

/*
 * Ranked pairs judges equally strong defeats together, which is why more
 * support may cost a victory where there are any; else it may not.
 */
static bool
has_equal_defeats(const struct anyballots *a)
{
	bool found = false;
	struct result r;

	anyballots_count(a, &r);
	for (size_t i = 0; i < r.steps.n; i++) {
		const struct steps_table *t = &r.steps.tables[i];

		if (t->kind != STEPS_LIST)
			continue;
		for (size_t row = 0; row + 1 < t->n_rows; row++)
			found = found ||
				(same_cell(t, row, 2) && same_cell(t, row, 3));
	}
	result_clear(&r);
	return found;
}

static bool
promises_nothing(const struct anyballots *a)
{
	return a->method == methods_find(BYTES("ranked-pairs")) &&
	       has_equal_defeats(a);
}

static void
more_support_never_costs_the_victory(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (size_t i = 0; monotone[i] != NULL; i++) {
		for (int j = 0; j < 4 * TIMES; j++) {
			struct anyballots a;
			uint32_t winner;

			draw_for_one_seat(&r, monotone[i], &a);
			winner = winner_of(&a);
			if (winner == METHOD_NO_OPTION || promises_nothing(&a))
				continue;
			if (a.method->marks == METHOD_RANKS)
				raise_alone(&r, &a, winner);
			else
				raise_level(&r, &a, winner);
			assert_true(
				may_win(&a, winner) || promises_nothing(&a));
		}
	}
}

/* Does no ballot rank two options equally? */
static bool
is_strict(const struct anyballots *a)
{
	for (size_t row = 0; row < a->rows; row++)
		for (uint32_t i = 0; i < a->options; i++)
			for (uint32_t j = 0; j < i; j++)
				if (a->marks[row][i] == a->marks[row][j] &&
					a->marks[row][i] != PROFILE_BLANK)
					return false;
	return true;
}

/* A new last option that every ballot ranks right behind option. */
static void
add_clone(struct anyballots *a, uint32_t option)
{
	uint32_t clone = a->options++;

	for (size_t row = 0; row < a->rows; row++) {
		uint16_t *marks = a->marks[row], mark = marks[option];

		marks[clone] = mark;
		if (mark == PROFILE_BLANK || mark == PROFILE_NO_OPINION)
			continue;
		marks[clone] = ++mark;
		for (uint32_t i = 0; i < clone; i++)
			if (marks[i] >= mark && marks[i] != PROFILE_NO_OPINION)
				marks[i]++;
	}
}

static void
a_clone_takes_the_victory_from_nobody_else(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (size_t i = 0; cloneproof[i] != NULL; i++) {
		for (int j = 0; j < TIMES; j++) {
			struct anyballots a, b;
			uint32_t winner, cloned;

			draw_for_one_seat(&r, cloneproof[i], &a);
			winner = winner_of(&a);
			if (a.options == ANY_OPTIONS ||
				winner == METHOD_NO_OPTION || !is_strict(&a))
				continue;
			cloned = (uint32_t)rng_below(&r, a.options);
			b = a;
			add_clone(&b, cloned);
			assert_true(
				may_win(&b, winner) ||
				(winner == cloned && may_win(&b, a.options)));
			for (uint32_t o = 0; o < a.options; o++)
				if (o != winner && o != cloned)
					assert_false(may_win(&b, o));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_order_of_ballots_changes_nothing),
		cmocka_unit_test(a_weight_counts_as_that_many_ballots),
		cmocka_unit_test(what_options_are_called_changes_nothing),
		cmocka_unit_test(whom_more_than_half_put_first_is_elected),
		cmocka_unit_test(whoever_beats_every_other_is_elected),
		cmocka_unit_test(more_support_never_costs_the_victory),
		cmocka_unit_test(a_clone_takes_the_victory_from_nobody_else),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
