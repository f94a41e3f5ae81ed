#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/assembly/mandate_life.h"
#include "ballots/base/writer.h"
#include "tests/lib/rows.h"

/* The rows of the code, as the specification tells them. */
static void
print_states(uint32_t states, struct writer *out)
{
	const uint32_t live = LIFECYCLE_IN(MANDATE_ACTIVE) |
			      LIFECYCLE_IN(MANDATE_NEGOTIATING) |
			      LIFECYCLE_IN(MANDATE_TENTATIVE) |
			      LIFECYCLE_IN(MANDATE_RATIFYING) |
			      LIFECYCLE_IN(MANDATE_MONITORING);
	const char *between = "";

	if (states == 0)
		writer_put_string(out, "–");
	for (int s = 0; s < MANDATE_STATES; s++) {
		if ((states & LIFECYCLE_IN(s)) == 0)
			continue;
		writer_put_string(out, between);
		between = ", ";
		if (s == MANDATE_ACTIVE && (states & live) == live) {
			writer_put_string(out, "LIVE");
			states &= ~live;
		} else {
			writer_put_string(out, mandate_life_state_name(s));
		}
	}
}

static void
print_code(struct writer *out)
{
	size_t n;
	const struct lifecycle_move *moves = mandate_life_moves(&n);

	for (size_t i = 0; i < n; i++) {
		print_states(moves[i].from, out);
		writer_put_string(out, "; ");
		writer_put_string(out, mandate_life_event_name(moves[i].event));
		writer_put_string(out, "; ");
		writer_put_string(
			out, mandate_life_event_guard(moves[i].event));
		writer_put_string(out, "; ");
		if (moves[i].to == LIFECYCLE_SAME)
			writer_put_string(out, "same");
		else if (moves[i].to == MANDATE_BACK)
			writer_put_string(out, "the state it left");
		else
			writer_put_string(
				out, mandate_life_state_name(moves[i].to));
		writer_put_string(out, "\n");
	}
}

static void
the_table_of_moves_is_that_of_the_specification(void **state)
{
	struct writer spec = {0}, code = {0};

	(void)state;
	rows_read("specs/mandates.md", "| # | From |", 1, &spec);
	print_code(&code);
	assert_string_equal(writer_string(&code), writer_string(&spec));
	writer_clear(&spec);
	writer_clear(&code);
}

static void
nothing_leads_out_of_a_final_state(void **state)
{
	const int final[] = {MANDATE_RECALLED, MANDATE_EXPIRED,
		MANDATE_CONCLUDED, MANDATE_LAPSED, MANDATE_VOIDED};

	(void)state;
	for (size_t i = 0; i < sizeof(final) / sizeof(final[0]); i++) {
		struct world_mandate m = {.state = final[i]};

		assert_true(mandate_life_final(&m));
		for (int e = 0; e < MANDATE_EVENTS_N; e++)
			assert_int_equal(
				mandate_life_step(&m, (enum mandate_event)e),
				LIFECYCLE_NO);
	}
}

static void
a_cured_mandate_goes_back_to_the_state_it_left(void **state)
{
	struct world_mandate m = {
		.state = MANDATE_SUSPENDED, .before = MANDATE_NEGOTIATING};

	(void)state;
	assert_int_equal(
		mandate_life_step(&m, MANDATE_ON_CURED), MANDATE_NEGOTIATING);
	m.before = MANDATE_ACTIVE;
	assert_int_equal(
		mandate_life_step(&m, MANDATE_ON_CURED), MANDATE_ACTIVE);
}

static void
of_timers_due_at_once_the_first_of_the_list_fires(void **state)
{
	struct world *w = world_new();
	struct world_mandate m = {.state = MANDATE_ACTIVE,
		.valid_until_s = 500,
		.acceptance_s = 500,
		.report_due_s = 400,
		.report_grace_s = 100};
	uint64_t due_s;

	(void)state;
	assert_int_equal(mandate_life_next(w, &m, &due_s), MANDATE_EXPIRY);
	assert_int_equal(due_s, 500);
	m.valid_until_s = 501;
	assert_int_equal(mandate_life_next(w, &m, &due_s), MANDATE_ACCEPTANCE);
	m.roles_dropped = true;
	assert_int_equal(mandate_life_next(w, &m, &due_s), MANDATE_OVERDUE);
	m.causes = LIFECYCLE_IN(MANDATE_REPORT);
	assert_int_equal(mandate_life_next(w, &m, &due_s), MANDATE_EXPIRY);
	assert_int_equal(due_s, 501);
	world_free(w);
}

static void
a_mandate_that_is_only_proposed_has_no_timer(void **state)
{
	struct world *w = world_new();
	struct world_mandate m = {.state = MANDATE_PROPOSED};
	uint64_t due_s;

	(void)state;
	mandate_life_next(w, &m, &due_s);
	assert_true(due_s == TIMERS_NEVER);
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_table_of_moves_is_that_of_the_specification),
		cmocka_unit_test(nothing_leads_out_of_a_final_state),
		cmocka_unit_test(
			a_cured_mandate_goes_back_to_the_state_it_left),
		cmocka_unit_test(
			of_timers_due_at_once_the_first_of_the_list_fires),
		cmocka_unit_test(a_mandate_that_is_only_proposed_has_no_timer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
