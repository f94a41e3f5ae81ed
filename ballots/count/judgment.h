#ifndef BALLOTS_COUNT_JUDGMENT_H
#define BALLOTS_COUNT_JUDGMENT_H

#include "ballots/count/method.h"

/*
 * Majority judgment: the option with the best median grade wins.
 *
 * The median of an even number of ballots is the lower of the two middle
 * numbers: the worse grade where high numbers are good, and the better one on
 * a scale such as 6..1, as programs that call the best grade 1 have it. Options
 * with one median are told apart by the majority value: take one ballot of
 * the median grade away from each, look at the medians again, and so on until
 * they differ.  A blank and no opinion are the lowest grade, so every ballot
 * counts for every option.
 */
extern const struct method judgment_method;

#endif
