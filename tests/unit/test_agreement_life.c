#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/assembly/agreement_life.h"
#include "ballots/assembly/mandate_life.h"
#include "ballots/base/writer.h"
#include "tests/lib/rows.h"

/* The rows of the code, as the specification tells them. */
static void
print_states(uint32_t states, struct writer *out)
{
	const char *between = "";

	if (states == 0)
		writer_put_string(out, "–");
	for (int s = 0; s < AGREEMENT_STATE_COUNT; s++) {
		if ((states & LIFECYCLE_IN(s)) == 0)
			continue;
		writer_put_string(out, between);
		between = ", ";
		writer_put_string(out, agreement_life_state_name(s));
	}
}

static void
print_code(struct writer *out)
{
	size_t n;
	const struct lifecycle_move *moves = agreement_life_moves(&n);

	for (size_t i = 0; i < n; i++) {
		int event = moves[i].event;

		print_states(moves[i].from, out);
		writer_put_string(out, "; ");
		writer_put_string(out, agreement_life_event_name(event));
		writer_put_string(out, "; ");
		writer_put_string(out, agreement_life_event_guard(event));
		writer_put_string(out, "; ");
		writer_put_string(
			out, moves[i].to == LIFECYCLE_SAME
				     ? "same"
				     : agreement_life_state_name(moves[i].to));
		writer_put_string(out, "\n");
	}
}

static void
the_table_of_moves_is_that_of_the_specification(void **state)
{
	struct writer spec = {0}, code = {0};

	(void)state;
	rows_read("specs/agreements.md", "| From |", 0, &spec);
	print_code(&code);
	assert_string_equal(writer_string(&code), writer_string(&spec));
	writer_clear(&spec);
	writer_clear(&code);
}

static void
nothing_leads_out_of_a_final_state(void **state)
{
	(void)state;
	for (int s = AGREEMENT_ENDED; s < AGREEMENT_STATE_COUNT; s++) {
		struct world_agreement g = {.state = s};

		assert_true(agreement_life_final(&g));
		for (int e = 0; e < AGREEMENT_EVENT_COUNT; e++)
			assert_int_equal(agreement_life_step(
						 &g, (enum agreement_event)e),
				LIFECYCLE_NO);
	}
}

/* A world with one mandate in that state. */
static struct world *
world_of(struct world_mandate *m, struct world_mandate **list, int state)
{
	struct world *w = world_new();

	*m = (struct world_mandate){.state = state};
	list[0] = m;
	w->mandates = list;
	return w;
}

static void
free_world(struct world *w)
{
	w->mandates = NULL;
	world_free(w);
}

static void
the_time_to_challenge_rests_with_a_case_or_a_suspension(void **state)
{
	struct world_mandate m, *list[1];
	struct world *w = world_of(&m, list, MANDATE_TENTATIVE);
	struct world_agreement g = {
		.state = AGREEMENT_TENTATIVE, .timer_s = 500};
	uint64_t due_s;

	(void)state;
	assert_int_equal(agreement_life_next(w, &g, &due_s), AGREEMENT_SCOPE);
	assert_int_equal(due_s, 500);
	g.disputed = true;
	agreement_life_next(w, &g, &due_s);
	assert_true(due_s == TIMERS_NEVER);
	g.disputed = false;
	m.state = MANDATE_SUSPENDED;
	agreement_life_next(w, &g, &due_s);
	assert_true(due_s == TIMERS_NEVER);
	free_world(w);
}

static void
of_timers_due_at_once_the_term_is_over_first(void **state)
{
	struct world_mandate m, *list[1];
	struct world *w = world_of(&m, list, MANDATE_MONITORING);
	struct world_agreement g = {.state = AGREEMENT_BREACH_ALLEGED,
		.timer_s = 500,
		.valid_until_s = 500};
	uint64_t due_s;

	(void)state;
	assert_int_equal(agreement_life_next(w, &g, &due_s), AGREEMENT_TERM);
	g.valid_until_s = 501;
	assert_int_equal(agreement_life_next(w, &g, &due_s), AGREEMENT_ANSWER);
	g.overdue = true;
	assert_int_equal(agreement_life_next(w, &g, &due_s), AGREEMENT_TERM);
	assert_int_equal(due_s, 501);
	free_world(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_table_of_moves_is_that_of_the_specification),
		cmocka_unit_test(nothing_leads_out_of_a_final_state),
		cmocka_unit_test(
			the_time_to_challenge_rests_with_a_case_or_a_suspension),
		cmocka_unit_test(of_timers_due_at_once_the_term_is_over_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
