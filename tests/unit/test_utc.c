#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/record/utc.h"

static const struct {
	uint64_t at_s;
	const char *text;
} known[] = {
	{0, "1970-01-01T00:00:00Z"},
	{951782399, "2000-02-28T23:59:59Z"},
	{951782400, "2000-02-29T00:00:00Z"},
	{951868800, "2000-03-01T00:00:00Z"},
	{1000000000, "2001-09-09T01:46:40Z"},
	{1677281798, "2023-02-24T23:36:38Z"},
	{4107542399, "2100-02-28T23:59:59Z"},
	{4107542400, "2100-03-01T00:00:00Z"},
	{UTC_MAX, "9999-12-31T23:59:59Z"},
};
#define N_KNOWN (sizeof(known) / sizeof(known[0]))

static void
times_of_the_calendar_are_read_and_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_KNOWN; i++) {
		struct writer w = {0};
		uint64_t at_s = 1;

		utc_put(&w, known[i].at_s);
		assert_string_equal(writer_string(&w), known[i].text);
		assert_true(utc_read(writer_view(&w), &at_s));
		assert_int_equal(at_s, known[i].at_s);
		writer_clear(&w);
	}
}

static void
every_day_comes_back_as_it_went(void **state)
{
	struct writer w = {0};
	struct writer last = {0};

	(void)state;
	for (uint64_t day = 0; day <= UTC_MAX / 86400; day++) {
		uint64_t at_s = 0;

		writer_rewind(&w);
		utc_put(&w, day * 86400 + day % 86400);
		assert_true(utc_read(writer_view(&w), &at_s));
		assert_int_equal(at_s, day * 86400 + day % 86400);
		assert_true(
			bytes_compare(writer_view(&last), writer_view(&w)) < 0);
		writer_rewind(&last);
		writer_put(&last, writer_view(&w));
	}
	writer_clear(&w);
	writer_clear(&last);
}

static void
what_is_no_time_in_this_form_is_refused(void **state)
{
	static const char *const bad[] = {"", "2023-02-24T23:36:38",
		"2023-02-24T23:36:38z", "2023-02-24t23:36:38Z",
		"2023-02-24 23:36:38Z", "2023-02-29T00:00:00Z",
		"2023-04-31T00:00:00Z", "2023-00-01T00:00:00Z",
		"2023-13-01T00:00:00Z", "2023-01-00T00:00:00Z",
		"2023-01-32T00:00:00Z", "2023-01-01T24:00:00Z",
		"2023-01-01T00:60:00Z", "2023-12-31T23:59:60Z",
		"1969-12-31T23:59:59Z", "0000-01-01T00:00:00Z",
		"9999-12-32T00:00:00Z", "2023-02-24T23:36:38.5Z",
		"2023-02-24T23:36+00Z", "+023-02-24T23:36:38Z",
		"2023-02-24T23:36:3\x8aZ", "2023-1 -24T23:36:38Z"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		uint64_t at_s = 7;

		assert_false(utc_read(bytes_of_string(bad[i]), &at_s));
		assert_int_equal(at_s, 7);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_of_the_calendar_are_read_and_written),
		cmocka_unit_test(every_day_comes_back_as_it_went),
		cmocka_unit_test(what_is_no_time_in_this_form_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
