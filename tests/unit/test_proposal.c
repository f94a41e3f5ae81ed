#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/assembly/proposal.h"
#include "tests/lib/moves.h"

static const struct moves table = {"specs/proposals.md", proposal_moves,
	PROPOSAL_PHASE_COUNT, proposal_phase_name, proposal_event_name,
	proposal_final};

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
nothing_leads_out_of_a_final_phase_and_something_out_of_others(void **state)
{
	(void)state;
	moves_end_in_what_is_final(&table);
}

static void
what_a_phase_does_not_know_does_not_move_it(void **state)
{
	struct world_proposal p = {.phase = PROPOSAL_COOLING};

	(void)state;
	assert_true(proposal_can(&p, PROPOSAL_ON_HOLD));
	assert_false(proposal_can(&p, PROPOSAL_ON_AMEND));
	p.phase = PROPOSAL_IN_FORCE;
	for (int e = 0; e < PROPOSAL_EVENT_COUNT; e++)
		assert_false(proposal_can(&p, (enum proposal_event)e));
}

static void
the_proposer_supports_every_version(void **state)
{
	struct world_supporter supporters[] = {{3, 1}, {4, 2}, {5, 2}};
	struct world_proposal p = {
		.version = 2, .supporters = supporters, .n_supporters = 3};

	(void)state;
	assert_int_equal(proposal_supported(&p), 3);
	p.version = 3;
	assert_int_equal(proposal_supported(&p), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_table_of_moves_is_that_of_the_specification),
		cmocka_unit_test(an_event_leads_to_one_phase_at_most),
		cmocka_unit_test(
			nothing_leads_out_of_a_final_phase_and_something_out_of_others),
		cmocka_unit_test(what_a_phase_does_not_know_does_not_move_it),
		cmocka_unit_test(the_proposer_supports_every_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
