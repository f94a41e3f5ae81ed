#ifndef BALLOTS_BASE_NEED_H
#define BALLOTS_BASE_NEED_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/ratio.h"

/*
 * How many must agree: supporters of a proposal, the quorum of an option, and
 * its majority (specs/charter.md section 3).
 *
 * E is the number of members who could vote, or the size of a roll.
 */

struct need {
	bool by_share;
	struct ratio share; /* of E, where by_share; else: */
	uint32_t times;     /* of K, for supporters */
	struct ratio root;  /* den * for^2 >= num * E, for a quorum */
	bool few;           /* a quorum without the floor of five */
};

/* K: the smallest number with 4 k^2 >= e, from 1 to 5. */
uint64_t need_k(uint64_t e);

/* How many supporters need asks for among e who could vote. */
uint64_t need_sponsors(const struct need *need, uint64_t e);

/* True when weight in favour reaches the quorum on a roll of e. */
bool need_quorum(const struct need *need, uint64_t in_favour, uint64_t e);

/* True when the majority is reached. */
bool need_majority(struct ratio majority, uint64_t in_favour, uint64_t against);

#endif
