#ifndef BALLOTS_COUNT_RANKED_PAIRS_H
#define BALLOTS_COUNT_RANKED_PAIRS_H

#include "ballots/count/method.h"

/*
 * Ranked pairs, by winning votes: defeats are locked from the strongest to
 * the weakest (pairwise.h), each unless it would close a circle.
 *
 * Defeats of equal strength are judged together, so that no order among them
 * needs to be invented: one is left out when it lies on a circle made of
 * those locked before and of its equals.  What that leaves unsettled is a
 * tie.
 */
extern const struct method ranked_pairs_method;

#endif
