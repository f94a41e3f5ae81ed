#ifndef TESTS_LIB_MOVES_H
#define TESTS_LIB_MOVES_H

#include <stdbool.h>
#include <string.h>

#include "ballots/base/writer.h"
#include "ballots/rules/lifecycle.h"
#include "tests/lib/spec.h"

/*
 * What must be true of every table of moves: it is the one of the
 * specification, an event leads to one state, and only what is final has no
 * way out.  Include after cmocka.h.
 */
struct moves {
	const char *page; /* with the table, whose first column is "From" */
	const struct lifecycle_move *(*moves)(size_t *n);
	int states;
	const char *(*state_name)(int state);
	const char *(*event_name)(int event);
	bool (*final)(int state);
};

static inline void
moves_put_set(const struct moves *m, uint32_t set, struct writer *out)
{
	const char *between = "";

	for (int i = 0; i < m->states; i++)
		if ((set & LIFECYCLE_IN(i)) != 0) {
			writer_put_string(out, between);
			writer_put_string(out, m->state_name(i));
			between = ", ";
		}
	if (set == 0)
		writer_put_string(out, "–");
}

static inline void
moves_check_row(const struct moves *m, const struct lifecycle_move *move,
	char *const *cells)
{
	struct writer from = {0};

	moves_put_set(m, move->from, &from);
	assert_string_equal(writer_string(&from), cells[0]);
	assert_string_equal(m->event_name(move->event), cells[1]);
	assert_string_equal(
		move->to == LIFECYCLE_SAME ? "same" : m->state_name(move->to),
		cells[2]);
	writer_clear(&from);
}

/* How a thing comes to be may stand in the page alone. */
static inline void
moves_are_those_of_the_page(const struct moves *m)
{
	struct spec s;
	size_t n, row = 0;
	const struct lifecycle_move *moves = m->moves(&n);

	spec_open(&s, m->page, "From");
	while (spec_row(&s)) {
		if (strcmp(s.cells[0], "–") == 0 &&
			(row >= n || moves[row].from != 0))
			continue;
		assert_true(row < n);
		moves_check_row(m, &moves[row++], s.cells);
	}
	assert_int_equal(row, n);
}

static inline void
moves_lead_to_one_state(const struct moves *m)
{
	size_t n;
	const struct lifecycle_move *moves = m->moves(&n);

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			assert_true(moves[i].event != moves[j].event ||
				    (moves[i].from & moves[j].from) == 0);
}

static inline void
moves_end_in_what_is_final(const struct moves *m)
{
	size_t n;
	const struct lifecycle_move *moves = m->moves(&n);
	uint32_t left = 0;

	for (size_t i = 0; i < n; i++)
		left |= moves[i].from;
	for (int i = 0; i < m->states; i++)
		assert_int_equal((left & LIFECYCLE_IN(i)) == 0, m->final(i));
}

#endif
