#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/rules/timers.h"
#include "tests/lib/rng.h"

static void
the_soonest_comes_first_then_by_class_then_by_number(void **state)
{
	struct rng r = rng_start();
	struct timers t = {0};
	struct timers_entry e, last = {0};
	int n = 0;

	(void)state;
	for (int i = 0; i < 1000; i++)
		timers_set(&t, (enum timers_class)rng_below(&r, 5),
			(uint32_t)rng_below(&r, 9), 1 + rng_below(&r, 40));
	for (; timers_front(&t, &e); n++) {
		assert_true(e.due_s > last.due_s ||
			    (e.due_s == last.due_s &&
				    (e.class > last.class ||
					    (e.class == last.class &&
						    e.number >= last.number))));
		last = e;
		timers_drop(&t);
	}
	assert_int_equal(n, 1000);
	timers_clear(&t);
}

static void
never_is_not_noted(void **state)
{
	struct timers t = {0};
	struct timers_entry e;

	(void)state;
	timers_set(&t, TIMERS_OFFICE, 1, TIMERS_NEVER);
	assert_false(timers_front(&t, &e));
	timers_set(&t, TIMERS_OFFICE, 1, TIMERS_NEVER - 1);
	assert_true(timers_front(&t, &e));
	assert_int_equal(e.class, TIMERS_OFFICE);
	assert_int_equal(e.number, 1);
	timers_clear(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_soonest_comes_first_then_by_class_then_by_number),
		cmocka_unit_test(never_is_not_noted),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
