#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/assembly/office.h"
#include "ballots/base/crypt.h"
#include "ballots/rules/model.h"

#define DAY    86400
#define TERM_S ((uint64_t)365 * DAY)

/* A union of one founder (0) and four others, all there from the beginning. */
static int
set_up(void **state)
{
	struct world *w = world_new();
	struct writer rules = {0};

	model_charter(180 * DAY, true, &rules);
	assert_int_equal(
		charter_decode(writer_view(&rules), &w->charter), VERDICT_OK);
	writer_clear(&rules);
	for (uint8_t m = 0; m < 5; m++) {
		uint8_t id[32] = {m, 1};

		roster_add(&w->roster, id, id, id, 0, m == 0);
	}
	w->in_power = true;
	w->founders_until_s = 180 * DAY;
	w->founders_members = 6;
	office_arm(w);
	*state = w;
	return 0;
}

static int
tear_down(void **state)
{
	world_free(*state);
	return 0;
}

/* The office timer at the front fires, at the time it is due. */
static uint64_t
fire(struct world *w)
{
	struct timers_entry e;

	do {
		assert_true(timers_front(&w->timers, &e));
		timers_drop(&w->timers);
	} while (w->offices[e.number].due_s != e.due_s);
	office_fire(w, (enum charter_office)e.number, e.due_s);
	return e.due_s;
}

static void
founders_hold_every_office_until_their_day(void **state)
{
	struct world *w = *state;

	assert_true(world_holds(w, 0, CHARTER_STEWARD, 0));
	assert_false(office_sits(w, CHARTER_STEWARD, 0));
	assert_false(world_holds(w, 1, CHARTER_STEWARD, 0));
	assert_int_equal(fire(w), 180 * DAY);
	assert_false(w->in_power);
	assert_false(world_holds(w, 0, CHARTER_STEWARD, 180 * DAY));
}

static void
founders_lose_power_when_there_are_members_enough(void **state)
{
	struct world *w = *state;
	uint8_t id[32] = {9, 1};
	struct timers_entry e;

	office_count_members(w);
	assert_true(w->in_power);
	roster_add(&w->roster, id, id, id, 0, false);
	office_count_members(w);
	assert_false(w->in_power);
	/* Nothing is due on the day that would have been the last. */
	while (timers_front(&w->timers, &e)) {
		assert_true(w->offices[e.number].due_s == TIMERS_NEVER);
		timers_drop(&w->timers);
	}
}

static void
a_seat_is_held_for_a_term(void **state)
{
	struct world *w = *state;

	for (int o = 0; o < CHARTER_OFFICES; o++)
		fire(w); /* the founders' last day */
	office_seat(w, CHARTER_AUDITOR, 1, 200 * DAY);
	office_seat(w, CHARTER_AUDITOR, 2, 300 * DAY);
	assert_true(world_holds(w, 1, CHARTER_AUDITOR, 300 * DAY));
	assert_false(world_holds(w, 1, CHARTER_STEWARD, 300 * DAY));
	assert_int_equal(fire(w), 200 * DAY + TERM_S);
	assert_false(office_sits(w, CHARTER_AUDITOR, 1));
	assert_true(office_sits(w, CHARTER_AUDITOR, 2));
	assert_int_equal(fire(w), 300 * DAY + TERM_S);
	assert_int_equal(w->offices[CHARTER_AUDITOR].n, 0);
}

static void
who_is_suspended_keeps_the_seat_but_does_not_act(void **state)
{
	struct world *w = *state;

	office_seat(w, CHARTER_STEWARD, 1, DAY);
	roster_suspend(&w->roster, 1, 5 * DAY);
	assert_true(office_sits(w, CHARTER_STEWARD, 1));
	assert_false(world_holds(w, 1, CHARTER_STEWARD, 4 * DAY));
	assert_true(world_holds(w, 1, CHARTER_STEWARD, 5 * DAY));
}

static void
a_seat_is_taken_away_one_by_one_or_all_at_once(void **state)
{
	struct world *w = *state;

	for (int o = 0; o < CHARTER_OFFICES; o++) {
		office_seat(w, (enum charter_office)o, 1, DAY);
		office_seat(w, (enum charter_office)o, 2, DAY);
	}
	office_unseat(w, CHARTER_REGISTRAR, 1);
	assert_false(office_sits(w, CHARTER_REGISTRAR, 1));
	assert_true(office_sits(w, CHARTER_STEWARD, 1));
	office_unseat_all(w, 1);
	assert_false(office_sits(w, CHARTER_AUDITOR, 1));
	assert_false(office_sits(w, CHARTER_STEWARD, 1));
	for (int o = 0; o < CHARTER_OFFICES; o++)
		assert_true(office_sits(w, (enum charter_office)o, 2));
	office_unseat(w, CHARTER_STEWARD, 4); /* sits nowhere */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(founders_hold_every_office_until_their_day),
		TEST(founders_lose_power_when_there_are_members_enough),
		TEST(a_seat_is_held_for_a_term),
		TEST(who_is_suspended_keeps_the_seat_but_does_not_act),
		TEST(a_seat_is_taken_away_one_by_one_or_all_at_once),
#undef TEST
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
