#include "ballots/record/utc.h"

#include <assert.h>

#define DAY_S 86400

/*
 * Days are counted in years that begin with March, so that the leap day is the
 * last of its year, and the months before any month are a straight line.
 */
#define DAYS_TO_1970 719468 /* from 1 March of year 0 */

static uint32_t
days_before_year(uint32_t year)
{
	return 365 * year + year / 4 - year / 100 + year / 400;
}

static uint32_t
days_before_month(uint32_t month) /* 0 is March */
{
	return (153 * month + 2) / 5;
}

/* Days from 1970 to a date of the calendar. */
static uint32_t
day_of(uint32_t year, uint32_t month, uint32_t day)
{
	year -= month <= 2;
	month = (month + 9) % 12;
	return days_before_year(year) + days_before_month(month) + day - 1 -
	       DAYS_TO_1970;
}

static void
date_of(uint32_t days, uint32_t *year, uint32_t *month, uint32_t *day)
{
	days += DAYS_TO_1970;
	*year = days / 365;
	while (days_before_year(*year) > days)
		--*year;
	days -= days_before_year(*year);
	*month = 11;
	while (days_before_month(*month) > days)
		--*month;
	*day = days - days_before_month(*month) + 1;
	*month = (*month + 2) % 12 + 1;
	*year += *month <= 2;
}

static void
put_digits(struct writer *w, uint32_t n, unsigned digits, char then)
{
	uint32_t unit = 1;

	while (--digits > 0)
		unit *= 10;
	for (; unit > 0; unit /= 10)
		writer_put_u8(w, (uint8_t)('0' + n / unit % 10));
	writer_put_u8(w, (uint8_t)then);
}

void
utc_put(struct writer *w, uint64_t at_s)
{
	uint32_t second = (uint32_t)(at_s % DAY_S);
	uint32_t year, month, day;

	assert(at_s <= UTC_MAX);
	date_of((uint32_t)(at_s / DAY_S), &year, &month, &day);
	put_digits(w, year, 4, '-');
	put_digits(w, month, 2, '-');
	put_digits(w, day, 2, 'T');
	put_digits(w, second / 3600, 2, ':');
	put_digits(w, second / 60 % 60, 2, ':');
	put_digits(w, second % 60, 2, 'Z');
}

/* The number of the digits that stand at offset; 0 where there are none. */
static uint32_t
digits_at(struct bytes text, size_t offset, size_t len)
{
	uint32_t n = 0;

	for (size_t i = offset; i < offset + len; i++)
		n = n * 10 + (uint32_t)(text.data[i] - '0') % 10;
	return n;
}

bool
utc_read(struct bytes text, uint64_t *at_s)
{
	struct writer again = {0};
	uint32_t year, month, second;
	uint64_t time_s;
	bool same;

	if (text.len != UTC_CHARS)
		return false;
	year = digits_at(text, 0, 4);
	month = digits_at(text, 5, 2);
	if (year < 1970 || month < 1 || month > 12)
		return false;
	second = digits_at(text, 11, 2) * 3600 + digits_at(text, 14, 2) * 60 +
		 digits_at(text, 17, 2);
	time_s = (uint64_t)day_of(year, month, digits_at(text, 8, 2)) * DAY_S +
		 second;
	/* Whatever is no time comes back as another text. */
	if (time_s > UTC_MAX)
		return false;
	utc_put(&again, time_s);
	same = bytes_equal(writer_view(&again), text);
	writer_clear(&again);
	if (same)
		*at_s = time_s;
	return same;
}
