#ifndef BALLOTS_COUNT_SCALE_H
#define BALLOTS_COUNT_SCALE_H

#include "ballots/count/method.h"

/*
 * Marks on a scale, as scores and grades have them.  Mark 1 is the low end,
 * scale_levels() the high end, which is best; 0 is blank.  The high end may be
 * the smaller number: 6..1 reads grades where 1 is best.
 */

/* Levels of the scale, at least 1. */
uint32_t scale_levels(const struct method_rules *rules);

/* The number on the ballot that mark stands for; mark is at least 1. */
int64_t scale_value(const struct method_rules *rules, uint16_t mark);

/* The mark for value, or PROFILE_BLANK when it is off the scale. */
uint16_t scale_mark(const struct method_rules *rules, int64_t value);

#endif
