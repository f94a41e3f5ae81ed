#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/assembly/recovery_life.h"
#include "tests/lib/moves.h"

static const struct moves table = {"specs/recovery.md", recovery_life_moves,
	RECOVERY_STATE_COUNT, recovery_life_state_name,
	recovery_life_event_name, recovery_life_final};

static void
the_table_of_moves_is_that_of_the_specification(void **state)
{
	(void)state;
	moves_are_those_of_the_page(&table);
}

static void
an_event_leads_to_one_state_at_most(void **state)
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
only_a_request_that_runs_can_be_objected_to(void **state)
{
	(void)state;
	for (int i = 0; i < RECOVERY_STATE_COUNT; i++)
		assert_int_equal(recovery_life_step(i, RECOVERY_ON_OBJECT) ==
					 RECOVERY_CONTESTED,
			i == RECOVERY_RUNNING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_table_of_moves_is_that_of_the_specification),
		cmocka_unit_test(an_event_leads_to_one_state_at_most),
		cmocka_unit_test(
			nothing_leads_out_of_what_is_final_and_something_out_of_the_rest),
		cmocka_unit_test(only_a_request_that_runs_can_be_objected_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
