#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/assembly/panel.h"
#include "tests/lib/moves.h"

static bool
is_over(int phase)
{
	return panel_over(&(struct world_case){.phase = phase});
}

static const struct moves table = {"specs/cases.md", panel_moves,
	PANEL_PHASE_COUNT, panel_phase_name, panel_event_name, is_over};

static void
the_table_of_moves_is_that_of_the_specification(void **state)
{
	(void)state;
	moves_are_those_of_the_page(&table);
}

static void
an_event_leads_to_one_phase_at_most(void **state)
{
	(void)state;
	moves_lead_to_one_state(&table);
}

static void
nothing_leads_out_of_what_is_final_and_something_out_of_the_rest(void **state)
{
	(void)state;
	moves_end_in_what_is_final(&table);
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
