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

static uint64_t
when_of(const char *text)
{
	uint64_t at = 0;

	return when_read(bytes_of_string(text), 1000, &at) ? at : UINT64_MAX;
}

static void
times_are_read_as_dates_spans_or_seconds(void **state)
{
	(void)state;
	assert_int_equal(when_of("1970-01-01"), 0);
	assert_int_equal(when_of("2026-11-23"), 1795392000);
	assert_int_equal(when_of("2026-11-23 18:49"), 1795459740);
	assert_int_equal(when_of("2024-02-29"), 1709164800);
	assert_int_equal(when_of("2100-03-01"), 4107542400);
	assert_int_equal(when_of("10d"), 1000 + 864000);
	assert_int_equal(when_of("2h"), 1000 + 7200);
	assert_int_equal(when_of("90m"), 1000 + 5400);
	assert_int_equal(when_of("5s"), 1005);
	assert_int_equal(when_of("1795392000"), 1795392000);
}

static void
what_is_no_time_is_not_taken_for_one(void **state)
{
	static const char *const texts[] = {"", "d", "ten", "-1d", "1x",
		"2026-13-01", "2026-00-10", "2026-11-32", "2026-11",
		"2026-11-23 24:00", "2026-11-23 1860", "1969-12-31", "1.5d",
		"100000d"};
	uint64_t span = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (when_of(texts[i]) != UINT64_MAX)
			fail_msg("took '%s'", texts[i]);
	assert_false(when_read_span(BYTES("10"), &span));
	assert_int_equal(span, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			times_are_shown_in_utc_and_as_this_machine_lives),
		cmocka_unit_test(spans_name_their_two_largest_units),
		cmocka_unit_test(distances_say_before_or_after),
		cmocka_unit_test(times_are_read_as_dates_spans_or_seconds),
		cmocka_unit_test(what_is_no_time_is_not_taken_for_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
