#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <time.h>

#include "cli/when.h"

static void
assert_put(
	void (*put)(struct writer *w, uint64_t s), uint64_t s, const char *text)
{
	struct writer w = {0};

	put(&w, s);
	assert_string_equal(writer_string(&w), text);
	writer_clear(&w);
}

static void
times_are_shown_in_utc_and_as_this_machine_lives(void **state)
{
	(void)state;
	setenv("TZ", "UTC-1", 1); /* an hour ahead */
	tzset();
	assert_put(when_put, 1795459745,
		"2026-11-23 18:49:05 UTC (2026-11-23 19:49:05 here)");
	setenv("TZ", "UTC", 1);
	tzset();
	assert_put(when_put, 1795459745, "2026-11-23 18:49:05 UTC");
}

static void
spans_name_their_two_largest_units(void **state)
{
	(void)state;
	assert_put(when_put_span, 0, "no time");
	assert_put(when_put_span, 1, "1 second");
	assert_put(when_put_span, 3600, "1 hour");
	assert_put(when_put_span, 3601, "1 hour");
	assert_put(when_put_span, 86400 * 6 + 3600 * 3 + 59, "6 days 3 hours");
	assert_put(when_put_span, 125, "2 minutes 5 seconds");
}

static void
distances_say_before_or_after(void **state)
{
	struct writer w = {0};

	(void)state;
	when_put_distance(&w, 100, 100);
	writer_put_string(&w, ", ");
	when_put_distance(&w, 160, 100);
	writer_put_string(&w, ", ");
	when_put_distance(&w, 40, 100);
	assert_string_equal(
		writer_string(&w), "now, in 1 minute, 1 minute ago");
	writer_clear(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			times_are_shown_in_utc_and_as_this_machine_lives),
		cmocka_unit_test(spans_name_their_two_largest_units),
		cmocka_unit_test(distances_say_before_or_after),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
