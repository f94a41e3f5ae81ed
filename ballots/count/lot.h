#ifndef BALLOTS_COUNT_LOT_H
#define BALLOTS_COUNT_LOT_H

#include <stdint.h>

#include "ballots/base/bytes.h"

/*
 * The lot: an order of options that everyone can draw again and nobody could
 * steer, once the seed is one that nobody knew before the ballots closed.
 *
 * Options stand in the order of SHA-256 of the seed followed by the option's
 * id (its name, where it has no other); the smallest hash comes first and
 * wins.  Options of one id stand in the order of their index.
 */

/* Write the place of each of n options, 0 to n - 1, to places. */
void lot_draw(struct bytes seed, const struct bytes *ids, uint32_t n,
	uint32_t *places);

#endif
