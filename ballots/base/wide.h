#ifndef BALLOTS_BASE_WIDE_H
#define BALLOTS_BASE_WIDE_H

#include <stdbool.h>

#include "ballots/base/writer.h"

/*
 * Whole numbers of 128 bits, for sums and products that 64 bits cannot hold.
 * Each operation says whether the number still fits; what does not is
 * answered with VERDICT_OVERFLOW, never with another number.
 */
__extension__ typedef __int128 wide;

/* *out = a op b; false, and *out undefined, when it does not fit. */
bool wide_add(wide a, wide b, wide *out);
bool wide_mul(wide a, wide b, wide *out);

/* Less than, equal to or greater than 0, as a is to b. */
int wide_compare(wide a, wide b);

/* Decimal text. */
void wide_put(struct writer *w, wide value);

/* value / 10^decimals as decimal text with that many decimals, such as 0.50. */
void wide_put_fixed(struct writer *w, wide value, unsigned decimals);

#endif
