#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/machine/clock.h"
#include "daemon/timekeeper.h"
#include "tests/lib/place.h"

#define DAY_S 86400

static void
a_union_goes_by_the_clock(void **state)
{
	uint64_t before_s = clock_now_s(), now_s = 0;
	struct timekeeper t = timekeeper_of(before_s + DAY_S, false);

	(void)state;
	assert_int_equal(timekeeper_ask(&t, &now_s), 0);
	assert_in_range(now_s, before_s, clock_now_s());
}

static void
a_clock_that_goes_back_does_no_harm(void **state)
{
	struct timekeeper t = timekeeper_of(0, false);
	uint64_t now_s = 0;

	(void)state;
	t.base_s += DAY_S;
	assert_int_equal(timekeeper_ask(&t, &now_s), 0);
	assert_in_range(now_s, clock_now_s() - 1, clock_now_s());
}

static void
a_clock_that_leaps_ahead_is_not_believed(void **state)
{
	struct timekeeper t = timekeeper_of(0, false);
	uint64_t now_s = 0;

	(void)state;
	t.base_s -= TIMEKEEPER_LEAP_S / 2;
	assert_int_equal(timekeeper_ask(&t, &now_s), 0);
	t.base_s -= TIMEKEEPER_LEAP_S + 2;
	assert_int_equal(timekeeper_ask(&t, &now_s), -1);
	assert_trouble("the clock leapt");
}

static void
a_rehearsal_goes_on_from_its_last_record_and_is_moved_by_hand(void **state)
{
	uint64_t last_s = clock_now_s() + DAY_S, now_s = 0;
	struct timekeeper t = timekeeper_of(last_s, true);

	(void)state;
	assert_int_equal(timekeeper_ask(&t, &now_s), 0);
	assert_in_range(now_s, last_s, last_s + 5);
	timekeeper_move(&t, last_s + 9 * DAY_S);
	assert_int_equal(timekeeper_ask(&t, &now_s), 0);
	assert_in_range(now_s, last_s + 9 * DAY_S, last_s + 9 * DAY_S + 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_union_goes_by_the_clock, place_setup, place_teardown),
		cmocka_unit_test_setup_teardown(
			a_clock_that_goes_back_does_no_harm, place_setup,
			place_teardown),
		cmocka_unit_test_setup_teardown(
			a_clock_that_leaps_ahead_is_not_believed, place_setup,
			place_teardown),
		cmocka_unit_test_setup_teardown(
			a_rehearsal_goes_on_from_its_last_record_and_is_moved_by_hand,
			place_setup, place_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
