#ifndef BALLOTS_COUNT_SCHULZE_H
#define BALLOTS_COUNT_SCHULZE_H

#include "ballots/count/method.h"

/*
 * Schulze, by winning votes: a beats b when the strongest path of defeats
 * from a to b is stronger than the one from b to a.  A path is as strong as
 * its weakest defeat (pairwise.h).
 *
 * With a default option, the options that fail against it are dropped before
 * (threshold.h): with quorum and ratios these are Debian's rules.  Several
 * seats go to the first options of the ranking.
 */
extern const struct method schulze_method;

#endif
