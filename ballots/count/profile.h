#ifndef BALLOTS_COUNT_PROFILE_H
#define BALLOTS_COUNT_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/verdict.h"

/*
 * The ballots of one count: rows of marks, one mark an option, each row with
 * a whole weight of at least 1.  Options are known by index only.
 *
 * What a mark means is the method's affair (enum method_marks); these hold
 * for all:
 *
 *   ranks      0 is unranked, below all ranked options; 1 is best; equal
 *              ranks are allowed and gaps mean nothing
 *   approvals  1 approved, 0 not
 *   levels     1 + distance from the low end of the scale; 0 is blank
 *   answers    1 yes, 2 no, 0 abstains
 *
 * PROFILE_NO_OPINION says nothing between its option and any other.
 *
 * A mark takes one byte where marks are few, else two, and weights take next
 * to none while they are 1: a million ballots on 20 options are 20 MB.
 */
enum {
	PROFILE_BLANK = 0, /* unranked, not approved, not scored, abstains */
	PROFILE_YES = 1,
	PROFILE_NO = 2,
	PROFILE_NO_OPINION = 0xffff,
	PROFILE_MARK_MAX = 0xfffe,
};

#define PROFILE_OPTIONS_MAX 10000
#define PROFILE_WEIGHT_MAX  INT64_MAX         /* of all rows together */
#define PROFILE_BYTES_MAX   ((size_t)4 << 30) /* marks of all rows */

struct profile_block;

struct profile {
	uint32_t options; /* columns, 1 to PROFILE_OPTIONS_MAX */
	uint32_t width;   /* bytes of a mark, 1 or 2 */
	size_t rows;
	uint64_t total; /* weight of all rows */

	/* Private: rows lie in blocks of 2^block_bits rows. */
	uint32_t block_bits;
	struct profile_block *blocks;
	size_t blocks_cap;
};

/*
 * An empty profile.  highest is the highest mark that will be added, other
 * than PROFILE_NO_OPINION: the number of options for ranks, the number of
 * levels of a scale.
 */
void profile_init(struct profile *p, uint32_t options, uint32_t highest);
void profile_clear(struct profile *p);

/*
 * Add a row of p->options marks.  VERDICT_OVERFLOW when the weights together
 * would pass PROFILE_WEIGHT_MAX, VERDICT_TOO_LARGE when the marks would pass
 * PROFILE_BYTES_MAX; the profile is then as it was.
 */
enum verdict profile_add(
	struct profile *p, const uint16_t *marks, uint64_t weight);

/* Copy the marks of row (counted from 0) to p->options places at out. */
void profile_row(const struct profile *p, size_t row, uint16_t *out);

/* One mark. */
uint16_t profile_mark(const struct profile *p, size_t row, uint32_t option);

uint64_t profile_weight(const struct profile *p, size_t row);

/*
 * Renumber ranks 1, 2, ... without gaps, in place, so that the highest is at
 * most n.  Blanks and no opinions stay.
 */
void profile_close_gaps(uint16_t *ranks, uint32_t n);

#endif
