#include "cli/when.h"

#include "ballots/base/reader.h"
#include "ballots/machine/clock.h"

void
when_put(struct writer *w, uint64_t at_s)
{
	struct writer local = {0};
	size_t start = w->len;

	clock_put_utc(w, at_s);
	clock_put_local(&local, at_s);
	if (bytes_equal(writer_view(&local),
		    bytes_of(w->data + start, w->len - start))) {
		writer_put_string(w, " UTC");
	} else {
		writer_put_string(w, " UTC (");
		writer_put(w, writer_view(&local));
		writer_put_string(w, " here)");
	}
	writer_clear(&local);
}

static const struct {
	uint64_t length_s;
	const char *name;
} units[] = {
	{86400, "day"},
	{3600, "hour"},
	{60, "minute"},
	{1, "second"},
};
#define N_UNITS (sizeof(units) / sizeof(units[0]))

/* Append how many whole units there are in *span_s; the rest stays there. */
static void
put_unit(struct writer *w, size_t unit, uint64_t *span_s)
{
	uint64_t n = *span_s / units[unit].length_s;

	*span_s %= units[unit].length_s;
	writer_put_decimal(w, n);
	writer_put_u8(w, ' ');
	writer_put_string(w, units[unit].name);
	if (n != 1)
		writer_put_u8(w, 's');
}

void
when_put_span(struct writer *w, uint64_t span_s)
{
	size_t unit = 0;

	if (span_s == 0) {
		writer_put_string(w, "no time");
		return;
	}
	while (span_s < units[unit].length_s)
		unit++;
	put_unit(w, unit, &span_s);
	if (unit + 1 < N_UNITS && span_s >= units[unit + 1].length_s) {
		writer_put_u8(w, ' ');
		put_unit(w, unit + 1, &span_s);
	}
}

void
when_put_distance(struct writer *w, uint64_t at_s, uint64_t now_s)
{
	if (at_s == now_s) {
		writer_put_string(w, "now");
	} else if (at_s > now_s) {
		writer_put_string(w, "in ");
		when_put_span(w, at_s - now_s);
	} else {
		when_put_span(w, now_s - at_s);
		writer_put_string(w, " ago");
	}
}

#define SPAN_MOST 99999 /* of any unit */

bool
when_read_span(struct bytes text, uint64_t *out)
{
	struct bytes digits = bytes_slice(text, 0, text.len - 1);
	uint64_t n;

	if (text.len < 2 || !reader_decimal(digits, SPAN_MOST, &n))
		return false;
	for (size_t i = 0; i < N_UNITS; i++)
		if (text.data[text.len - 1] == units[i].name[0]) {
			*out = n * units[i].length_s;
			return true;
		}
	return false;
}

/* Days from 1970-01-01, by the calendar that puts leap days last. */
static uint64_t
days_before(uint64_t year, uint64_t month, uint64_t day)
{
	uint64_t y = month > 2 ? year : year - 1;
	uint64_t m = month > 2 ? month - 3 : month + 9;

	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day -
	       1 - 719468;
}

/* Take a number of two digits or more from the front, and the byte behind. */
static bool
take_number(struct bytes *rest, uint8_t end, uint64_t max, uint64_t *out)
{
	struct bytes digits = bytes_cut(rest, end);

	if (digits.len > 1 && digits.data[0] == '0')
		digits = bytes_slice(digits, 1, digits.len);
	return reader_decimal(digits, max, out);
}

static bool
read_date(struct bytes text, uint64_t *out)
{
	uint64_t year, month, day, hour = 0, minute = 0;
	struct bytes date = bytes_cut(&text, ' ');

	if (!take_number(&date, '-', 9999, &year) || year < 1970 ||
		!take_number(&date, '-', 12, &month) || month == 0 ||
		!take_number(&date, '-', 31, &day) || day == 0)
		return false;
	if (text.len > 0 && (!take_number(&text, ':', 23, &hour) ||
				    !take_number(&text, ':', 59, &minute)))
		return false;
	*out = days_before(year, month, day) * 86400 + hour * 3600 +
	       minute * 60;
	return true;
}

bool
when_read(struct bytes text, uint64_t now_s, uint64_t *out)
{
	uint64_t span;

	if (when_read_span(text, &span)) {
		*out = now_s + span;
		return true;
	}
	return read_date(text, out) || reader_decimal(text, 1ull << 40, out);
}
