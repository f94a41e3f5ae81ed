#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

#include "ballots/machine/clock.h"

static void
seconds_print_as_a_date_in_utc_and_in_the_local_zone(void **state)
{
	struct writer w = {0};

	(void)state;
	setenv("TZ", "XYZ-2", 1);
	tzset();
	clock_put_utc(&w, 1179000000);
	writer_put_string(&w, " ");
	clock_put_local(&w, 1179000000);
	assert_string_equal(
		writer_string(&w), "2007-05-12 20:00:00 2007-05-12 22:00:00");
	writer_clear(&w);
}

static void
a_time_beyond_the_calendar_prints_as_its_number(void **state)
{
	struct writer w = {0};

	(void)state;
	clock_put_utc(&w, UINT64_C(9000000000000000000));
	assert_string_equal(writer_string(&w), "9000000000000000000");
	writer_clear(&w);
}

static void
steady_time_counts_what_was_slept(void **state)
{
	uint64_t start = clock_steady_ns();

	(void)state;
	clock_sleep_ms(5);
	assert_true(clock_steady_ns() - start >= 5000000);
	assert_true(clock_now_s() > 1179000000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			seconds_print_as_a_date_in_utc_and_in_the_local_zone),
		cmocka_unit_test(
			a_time_beyond_the_calendar_prints_as_its_number),
		cmocka_unit_test(steady_time_counts_what_was_slept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
