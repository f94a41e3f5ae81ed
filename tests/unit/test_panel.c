#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/assembly/panel.h"
#include "ballots/base/writer.h"
#include "tests/lib/spec.h"

static void
put_set(uint32_t set, struct writer *out)
{
	const char *between = "";

	for (int i = 0; i < PANEL_PHASE_COUNT; i++)
		if ((set & LIFECYCLE_IN(i)) != 0) {
			writer_put_string(out, between);
			writer_put_string(out, panel_phase_name(i));
			between = ", ";
		}
	if (set == 0)
		writer_put_string(out, "–");
}

static void
the_table_of_moves_is_that_of_the_specification(void **state)
{
	struct spec s;
	size_t n, row = 0;
	const struct lifecycle_move *moves = panel_moves(&n);

	(void)state;
	spec_open(&s, "specs/cases.md", "From");
	for (; spec_row(&s); row++) {
		struct writer from = {0};

		assert_true(row < n);
		put_set(moves[row].from, &from);
		assert_string_equal(writer_string(&from), s.cells[0]);
		assert_string_equal(
			panel_event_name(moves[row].event), s.cells[1]);
		assert_string_equal(moves[row].to == LIFECYCLE_SAME
					    ? "same"
					    : panel_phase_name(moves[row].to),
			s.cells[2]);
		writer_clear(&from);
	}
	assert_int_equal(row, n);
}

static void
an_event_leads_to_one_phase_at_most(void **state)
{
	size_t n;
	const struct lifecycle_move *moves = panel_moves(&n);

	(void)state;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			assert_true(moves[i].event != moves[j].event ||
				    (moves[i].from & moves[j].from) == 0);
}

static void
nothing_leads_out_of_what_is_final_and_something_out_of_the_rest(void **state)
{
	size_t n;
	const struct lifecycle_move *moves = panel_moves(&n);
	uint32_t left = 0;

	(void)state;
	for (size_t i = 0; i < n; i++)
		left |= moves[i].from;
	for (int i = 0; i < PANEL_PHASE_COUNT; i++) {
		struct world_case c = {.phase = i};

		assert_int_equal((left & LIFECYCLE_IN(i)) == 0, panel_over(&c));
	}
}

static void
a_party_is_so_once_and_keeps_its_side(void **state)
{
	const uint8_t id[32] = {1}, about[32] = {2};
	struct world *w = world_new();
	uint32_t n = panel_open(w, PANEL_SCOPE, 0, id, about, 1000);

	(void)state;
	assert_int_equal(panel_find(w, id), n);
	assert_int_equal(panel_find(w, about), IDMAP_NONE);
	panel_party(w, n, 7, PANEL_FOR);
	panel_party(w, n, 7, PANEL_AGAINST);
	panel_party(w, n, 3, PANEL_AGAINST);
	assert_int_equal(w->cases[n]->n_parties, 2);
	assert_int_equal(w->cases[n]->parties[0].side, PANEL_FOR);
	assert_int_equal(w->cases[n]->parties[1].member, 3);
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_table_of_moves_is_that_of_the_specification),
		cmocka_unit_test(an_event_leads_to_one_phase_at_most),
		cmocka_unit_test(
			nothing_leads_out_of_what_is_final_and_something_out_of_the_rest),
		cmocka_unit_test(a_party_is_so_once_and_keeps_its_side),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
