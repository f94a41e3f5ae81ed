#ifndef BALLOTS_COUNT_IRV_H
#define BALLOTS_COUNT_IRV_H

#include "ballots/count/method.h"

/*
 * Instant run-off (IRV): the lowest option is excluded and its ballots move on,
 * round by round, until two are left; the higher one wins.
 *
 * Equal ranks are overvotes: the ballot ends there, or the rank is skipped as
 * long as two or more of its options stand; each round looks at such ballots
 * anew.  Ballots that reach no option that stands are exhausted.  Ties for
 * exclusion and at the end are for the lot.
 */
extern const struct method irv_method;

#endif
