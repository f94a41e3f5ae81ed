#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/assembly/proposal.h"
#include "ballots/base/writer.h"
#include "tests/lib/spec.h"

static void
put_phases(uint32_t phases, struct writer *out)
{
	const char *between = "";

	for (int p = 0; p < PROPOSAL_PHASE_COUNT; p++)
		if ((phases & LIFECYCLE_IN(p)) != 0) {
			writer_put_string(out, between);
			writer_put_string(out, proposal_phase_name(p));
			between = ", ";
		}
}

static void
the_table_of_moves_is_that_of_the_specification(void **state)
{
	struct spec s;
	size_t n, row = 0;
	const struct lifecycle_move *moves = proposal_moves(&n);

	(void)state;
	spec_open(&s, "specs/proposals.md", "From");
	while (spec_row(&s)) {
		struct writer from = {0};

		if (strcmp(s.cells[0], "–") == 0) /* how it comes to be */
			continue;
		assert_true(row < n);
		put_phases(moves[row].from, &from);
		assert_string_equal(writer_string(&from), s.cells[0]);
		assert_string_equal(
			proposal_event_name(moves[row].event), s.cells[1]);
		assert_string_equal(
			moves[row].to == LIFECYCLE_SAME
				? "same"
				: proposal_phase_name(moves[row].to),
			s.cells[2]);
		writer_clear(&from);
		row++;
	}
	assert_int_equal(row, n);
}

static void
an_event_leads_to_one_phase_at_most(void **state)
{
	size_t n;
	const struct lifecycle_move *moves = proposal_moves(&n);

	(void)state;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			assert_true(moves[i].event != moves[j].event ||
				    (moves[i].from & moves[j].from) == 0);
}

static void
nothing_leads_out_of_a_final_phase_and_something_out_of_others(void **state)
{
	size_t n;
	const struct lifecycle_move *moves = proposal_moves(&n);
	uint32_t left = 0;

	(void)state;
	for (size_t i = 0; i < n; i++)
		left |= moves[i].from;
	for (int p = 0; p < PROPOSAL_PHASE_COUNT; p++)
		assert_int_equal(
			(left & LIFECYCLE_IN(p)) == 0, proposal_final(p));
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
