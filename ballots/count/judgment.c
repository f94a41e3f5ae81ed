#include "ballots/count/judgment.h"

#include <stdlib.h>

#include "ballots/base/mem.h"
#include "ballots/count/scale.h"

/*
 * The ballots of one option in order of the numbers that they give, as
 * running totals: upto[n] ballots give the lowest number plus n, or less.
 * Positions count from 1.
 */
struct standing {
	uint32_t option;
	bool low_is_best; /* the scale runs down */
	uint64_t total;
	uint64_t *upto;
};

static bool
low_is_best(const struct method_rules *rules)
{
	return rules->high < rules->low;
}

/* Blanks have the mark of the worst grade. */
static uint16_t
grade_of(uint16_t mark)
{
	return mark == PROFILE_BLANK || mark == PROFILE_NO_OPINION ? 1 : mark;
}

/* From the mark of a grade, 1 for the worst, to its level, 0 for the lowest. */
static uint32_t
level_of(const struct method_rules *rules, uint16_t grade)
{
	return low_is_best(rules) ? scale_levels(rules) - grade
				  : (uint32_t)grade - 1;
}

static int64_t
number_of(const struct method_rules *rules, uint32_t level)
{
	return (int64_t)(low_is_best(rules) ? rules->high : rules->low) + level;
}

static uint64_t
below(const struct standing *s, uint32_t level)
{
	return level == 0 ? 0 : s->upto[level - 1];
}

/* The level, counted from 0, of the ballot at position. */
static uint32_t
level_at(const struct standing *s, uint64_t position)
{
	uint32_t level = 0;

	while (s->upto[level] < position)
		level++;
	return level;
}

static uint64_t
smaller(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* How many positions from here down, this one too, have the same level. */
static uint64_t
run_down(const struct standing *s, uint64_t position)
{
	return position - below(s, level_at(s, position));
}

static uint64_t
run_up(const struct standing *s, uint64_t position)
{
	return s->upto[level_at(s, position)] - position + 1;
}

/* Which of the two has the better grade at position: above 0 for a. */
static int
compare_at(
	const struct standing *a, const struct standing *b, uint64_t position)
{
	uint32_t left = level_at(a, position), right = level_at(b, position);
	int order = (left > right) - (left < right);

	return a->low_is_best ? -order : order;
}

/*
 * Compare majority values.  Taking medians away visits fixed positions: the
 * middle one when the number is odd, then pairs that move outwards, the lower
 * of each first.  Runs of equal pairs are passed in one step.
 */
static int
compare(const struct standing *a, const struct standing *b)
{
	uint64_t low = a->total / 2;
	uint64_t high = a->total - low + 1;
	int order = 0;

	if (a->total % 2 == 1)
		order = compare_at(a, b, low + 1);
	while (order == 0 && low > 0) {
		uint64_t run;

		order = compare_at(a, b, low);
		if (order == 0)
			order = compare_at(a, b, high);
		run = smaller(smaller(run_down(a, low), run_down(b, low)),
			smaller(run_up(a, high), run_up(b, high)));
		low -= run;
		high += run;
	}
	return order;
}

static int
best_first(const void *a, const void *b)
{
	const struct standing *left = a, *right = b;
	int order = compare(right, left);

	if (order != 0)
		return order;
	return (left->option > right->option) - (left->option < right->option);
}

/* One standing an eligible option; returns how many. */
static uint32_t
take_grades(const struct method_rules *rules, const struct profile *p,
	struct standing *all)
{
	uint32_t levels = scale_levels(rules), n = 0;

	for (uint32_t i = 0; i < p->options; i++) {
		struct standing *s = &all[n];

		if (!method_eligible(rules, i))
			continue;
		*s = (struct standing){i, low_is_best(rules), p->total,
			mem_new_array(levels, sizeof(*s->upto))};
		for (size_t row = 0; row < p->rows; row++) {
			uint16_t grade = grade_of(profile_mark(p, row, i));

			s->upto[level_of(rules, grade)] +=
				profile_weight(p, row);
		}
		for (uint32_t level = 1; level < levels; level++)
			s->upto[level] += s->upto[level - 1];
		n++;
	}
	return n;
}

/* Columns from the best grade to the worst. */
static void
show_grades(const struct method_rules *rules, const struct standing *all,
	uint32_t n, struct steps *steps)
{
	struct steps_table *t = steps_begin(
		steps, STEPS_STACK, "Ballots of each grade, best option first");

	for (uint32_t grade = scale_levels(rules); grade >= 1; grade--)
		steps_number_column(t, scale_value(rules, (uint16_t)grade));
	for (uint32_t i = 0; i < n; i++) {
		steps_option_row(t, all[i].option);
		for (uint32_t grade = scale_levels(rules); grade >= 1;
			grade--) {
			uint32_t level = level_of(rules, (uint16_t)grade);

			steps_number(
				t, all[i].upto[level] - below(&all[i], level));
		}
	}
}

static void
show_median(const struct method_rules *rules, const struct standing *s,
	struct steps_table *t)
{
	uint32_t median = level_at(s, s->total / 2 + s->total % 2);
	uint64_t higher = s->total - s->upto[median];
	uint64_t lower = below(s, median);

	steps_option_row(t, s->option);
	steps_signed(t, number_of(rules, median));
	steps_number(t, s->low_is_best ? lower : higher);
	steps_number(t, s->low_is_best ? higher : lower);
}

static void
show_medians(const struct method_rules *rules, const struct standing *all,
	uint32_t n, struct steps *steps)
{
	struct steps_table *t =
		steps_begin(steps, STEPS_LIST, "Medians, best option first");

	steps_column(t, "median", STEPS_NUMBER);
	steps_column(t, "better", STEPS_NUMBER);
	steps_column(t, "worse", STEPS_NUMBER);
	for (uint32_t i = 0; i < n; i++)
		show_median(rules, &all[i], t);
}

static void
rank(const struct method_rules *rules, const struct standing *all, uint32_t n,
	struct result *out)
{
	struct result_list *group = NULL;

	for (uint32_t i = 0; i < n; i++) {
		if (i == 0 || compare(&all[i - 1], &all[i]) != 0)
			group = result_group(out);
		result_add(group, all[i].option);
	}
	result_finish(out, rules->seats, rules->lot);
}

static enum verdict
count(const struct method_rules *rules, const struct profile *p,
	struct result *out)
{
	struct standing *all = mem_new_array(p->options, sizeof(*all));
	uint32_t n = take_grades(rules, p, all);

	out->valid = p->total;
	qsort(all, n, sizeof(*all), best_first);
	show_grades(rules, all, n, &out->steps);
	show_medians(rules, all, n, &out->steps);
	rank(rules, all, n, out);

	for (uint32_t i = 0; i < n; i++)
		mem_free(all[i].upto);
	mem_free(all);
	return VERDICT_OK;
}

static bool
prefers(const struct method_rules *rules, const uint16_t *marks, uint32_t a,
	uint32_t b)
{
	(void)rules;
	return grade_of(marks[a]) > grade_of(marks[b]);
}

const struct method judgment_method = {
	.name = "majority-judgment",
	.title = "Majority judgment",
	.marks = METHOD_GRADES,
	.many_seats = true,
	.options_max = PROFILE_OPTIONS_MAX,
	.prefers = prefers,
	.count = count,
};
