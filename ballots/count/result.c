#include "ballots/count/result.h"

#include <assert.h>

#include "ballots/base/mem.h"

void
result_add(struct result_list *list, uint32_t option)
{
	list->at =
		mem_grow(list->at, &list->cap, list->n + 1, sizeof(*list->at));
	list->at[list->n++] = option;
}

void
result_add_all(struct result_list *list, const struct result_list *more)
{
	for (size_t i = 0; i < more->n; i++)
		result_add(list, more->at[i]);
}

void
result_free(struct result_list *list)
{
	mem_free(list->at);
	*list = (struct result_list){0};
}

static void
free_tie(struct result_tie *tie)
{
	for (size_t i = 0; i < tie->options.n; i++)
		result_free(&tie->leads[i]);
	mem_free(tie->leads);
	result_free(&tie->options);
}

static void
free_ranking(struct result *r)
{
	for (size_t i = 0; i < r->n_ranking; i++)
		result_free(&r->ranking[i]);
	mem_free(r->ranking);
}

void
result_clear(struct result *r)
{
	result_free(&r->winners);
	for (size_t i = 0; i < r->n_ties; i++)
		free_tie(&r->ties[i]);
	mem_free(r->ties);
	free_ranking(r);
	steps_clear(&r->steps);
	*r = (struct result){0};
}

struct result_list *
result_group(struct result *r)
{
	r->ranking = mem_grow(r->ranking, &r->ranking_cap, r->n_ranking + 1,
		sizeof(*r->ranking));
	return &r->ranking[r->n_ranking++];
}

struct result_tie *
result_tie(struct result *r, enum result_contest contest, uint32_t seats,
	const struct result_list *options)
{
	struct result_tie *tie;

	r->ties = mem_grow(
		r->ties, &r->ties_cap, r->n_ties + 1, sizeof(*r->ties));
	tie = &r->ties[r->n_ties++];
	*tie = (struct result_tie){.contest = contest, .seats = seats};
	result_add_all(&tie->options, options);
	tie->leads = mem_new_array(options->n, sizeof(*tie->leads));
	return tie;
}

/* Whoever the lot puts first joins the winners. */
static void
leave_open(struct result *r, uint32_t seats, const struct result_list *group)
{
	struct result_tie *tie = result_tie(r, RESULT_SEAT, seats, group);

	for (size_t i = 0; i < group->n; i++) {
		result_add_all(&tie->leads[i], &r->winners);
		result_add(&tie->leads[i], group->at[i]);
	}
}

void
result_seat(struct result *r, uint32_t seats)
{
	for (size_t i = 0; i < r->n_ranking && seats > 0; i++) {
		const struct result_list *group = &r->ranking[i];

		if (group->n > seats) {
			leave_open(r, seats, group);
			return;
		}
		result_add_all(&r->winners, group);
		seats -= (uint32_t)group->n;
	}
}

/* Take the option with the lowest place in the lot out of group. */
static uint32_t
draw_one(struct result_list *group, const uint32_t *lot)
{
	size_t first = 0;
	uint32_t drawn;

	assert(group->n > 0);
	for (size_t i = 1; i < group->n; i++)
		if (lot[group->at[i]] < lot[group->at[first]])
			first = i;
	drawn = group->at[first];
	group->at[first] = group->at[--group->n];
	return drawn;
}

static struct steps_table *
begin_draws(struct steps *steps)
{
	struct steps_table *t = steps_begin(
		steps, STEPS_LIST, "Equals in the order of the lot");

	steps_column(t, "tie", STEPS_NUMBER);
	return t;
}

/* Each option of group becomes a group of its own in drawn. */
static void
draw_all(struct result_list *group, const uint32_t *lot, struct result *drawn)
{
	while (group->n > 0)
		result_add(result_group(drawn), draw_one(group, lot));
}

void
result_draw(struct result *r, const uint32_t *lot)
{
	struct result drawn = {0};
	struct steps_table *t = NULL;
	uint64_t ties = 0;

	for (size_t i = 0; i < r->n_ranking; i++) {
		size_t first = drawn.n_ranking;

		draw_all(&r->ranking[i], lot, &drawn);
		if (drawn.n_ranking - first < 2)
			continue;
		if (ties++ == 0)
			t = begin_draws(&r->steps);
		for (size_t j = first; j < drawn.n_ranking; j++) {
			steps_option_row(t, drawn.ranking[j].at[0]);
			steps_number(t, ties);
		}
	}
	free_ranking(r);
	r->ranking = drawn.ranking;
	r->n_ranking = drawn.n_ranking;
	r->ranking_cap = drawn.ranking_cap;
}

void
result_finish(struct result *r, uint32_t seats, const uint32_t *lot)
{
	if (lot != NULL)
		result_draw(r, lot);
	result_seat(r, seats);
}
