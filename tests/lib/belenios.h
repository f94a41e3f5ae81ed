#ifndef TESTS_LIB_BELENIOS_H
#define TESTS_LIB_BELENIOS_H

#include <cmocka.h>
#include <jansson.h>

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

#endif
