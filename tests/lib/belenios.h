#ifndef TESTS_LIB_BELENIOS_H
#define TESTS_LIB_BELENIOS_H

#include <cmocka.h>
#include <jansson.h>
#include <string.h>

#include "ballots/count/result.h"

/* Reading what belenios-tool says of a count.  Include after cmocka.h. */

static inline uint64_t
belenios_number(json_t *list, size_t i)
{
	return (uint64_t)json_integer_value(json_array_get(list, i));
}

/* Do the same options stand in list and group? */
static inline bool
belenios_same_group(const struct result_list *list, json_t *group)
{
	if (list->n != json_array_size(group))
		return false;
	for (size_t i = 0; i < list->n; i++) {
		bool found = false;

		for (size_t j = 0; j < list->n; j++)
			found = found ||
				belenios_number(group, j) == list->at[i];
		if (!found)
			return false;
	}
	return true;
}

static inline void
belenios_assert_ranking(const struct result *r, json_t *groups)
{
	assert_int_equal(r->n_ranking, json_array_size(groups));
	for (size_t i = 0; i < r->n_ranking; i++)
		assert_true(belenios_same_group(
			&r->ranking[i], json_array_get(groups, i)));
}

/* Did a tie decide its single transferable vote?  It takes the first option. */
static inline bool
belenios_had_tie(json_t *answer)
{
	json_t *event;
	size_t i;

	json_array_foreach(json_object_get(answer, "events"), i,
		event) if (strncmp(json_string_value(json_array_get(event, 0)),
				   "Tie", 3) == 0) return true;
	return false;
}

/*
 * Did our single transferable vote go a way that the tool goes too?  Not with
 * ties; nor when several are elected in one stage, as the tool lets them still
 * be given each other's surplus.
 */
static inline bool
belenios_compares(const struct result *r)
{
	for (size_t i = 0; i < r->steps.n; i++) {
		const struct steps_table *t = &r->steps.tables[i];
		size_t elected = 0;

		for (size_t j = 0; j < t->n_notes; j++) {
			if (strstr(t->notes[j].text, "equals") != NULL)
				return false;
			elected += strcmp(t->notes[j].text, "is elected") == 0;
		}
		if (elected > 1 && i + 1 < r->steps.n)
			return false;
	}
	return r->n_ties == 0;
}

#endif
