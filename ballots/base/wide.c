#include "ballots/base/wide.h"

#include <assert.h>

__extension__ typedef unsigned __int128 magnitude;

/* 2^127 has 39 digits; with the point and leading zeros, room to spare. */
#define DIGITS 64

int
wide_compare(wide a, wide b)
{
	return (a > b) - (a < b);
}

void
wide_put(struct writer *w, wide value)
{
	wide_put_fixed(w, value, 0);
}

void
wide_put_fixed(struct writer *w, wide value, unsigned decimals)
{
	magnitude rest = value < 0 ? 0 - (magnitude)value : (magnitude)value;
	uint8_t text[DIGITS];
	size_t at = sizeof(text);

	assert(decimals < DIGITS - 4);
	/* From the right, at least one digit before the point. */
	for (unsigned i = 0; rest > 0 || i <= decimals; i++) {
		if (i == decimals && decimals > 0)
			text[--at] = '.';
		text[--at] = (uint8_t)('0' + (unsigned)(rest % 10));
		rest /= 10;
	}
	if (value < 0)
		text[--at] = '-';
	writer_put(w, bytes_of(text + at, sizeof(text) - at));
}
