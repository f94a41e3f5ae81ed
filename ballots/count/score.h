#ifndef BALLOTS_COUNT_SCORE_H
#define BALLOTS_COUNT_SCORE_H

#include "ballots/count/method.h"

/*
 * Score: the sum of the scores that ballots give, on the scale of the rules.
 * A blank adds nothing, whatever the scale; the highest sum wins, whichever way
 * the scale runs.
 */
extern const struct method score_method;

#endif
