#include "cli/when.h"

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
