#ifndef BALLOTS_BASE_WIDE_H
#define BALLOTS_BASE_WIDE_H

#include "ballots/base/writer.h"

/*
 * Whole numbers of 128 bits, for sums and products that 64 bits cannot hold.
 * Who uses them says why what is put in fits.
 */
__extension__ typedef __int128 wide;

/* Less than, equal to or greater than 0, as a is to b. */
int wide_compare(wide a, wide b);

/* Decimal text. */
void wide_put(struct writer *w, wide value);

/* value / 10^decimals as decimal text with that many decimals, such as 0.50. */
void wide_put_fixed(struct writer *w, wide value, unsigned decimals);

#endif
