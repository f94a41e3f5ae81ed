#ifndef BALLOTS_BASE_RATIO_H
#define BALLOTS_BASE_RATIO_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Exact comparisons of shares.  No floating point in the house.
 *
 * Terms are at most LIMIT_RATIO_TERM and counts at most 2^63, so products fit
 * 128 bits.
 */
struct ratio {
	uint32_t num;
	uint32_t den; /* not 0 */
};

/* part / whole >= r, that is part * den >= num * whole. */
bool ratio_reached(struct ratio r, uint64_t part, uint64_t whole);

/* part / whole > r. */
bool ratio_exceeded(struct ratio r, uint64_t part, uint64_t whole);

/* The smallest whole number n with n / whole >= r. */
uint64_t ratio_ceiling(struct ratio r, uint64_t whole);

/* Less than, equal to or greater than 0, as a is to b. */
int ratio_compare(struct ratio a, struct ratio b);

/* The largest n with n * n <= value. */
uint64_t ratio_root(uint64_t value);

#endif
