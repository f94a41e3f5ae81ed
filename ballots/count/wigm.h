#ifndef BALLOTS_COUNT_WIGM_H
#define BALLOTS_COUNT_WIGM_H

#include "ballots/count/method.h"

/*
 * Single transferable vote by the Scottish rules (SSI 2007/42, rules 45 to 52):
 * weighted inclusive Gregory.
 *
 * The quota is valid / (seats + 1), rounded down, plus 1.  One surplus, the
 * largest, or one exclusion, of the lowest, is transferred a stage.  Each
 * paper of an elected option goes on at surplus * its value / the option's
 * votes, cut off after five decimals; papers of an excluded one keep their
 * value.  Equals are told apart by the most recent earlier stage at which
 * their votes differ, else by lot.  When as many are left as there are seats,
 * they are elected.
 *
 * Ballots whose first preference is an overvote are set aside with overvote
 * exhaust.
 */
extern const struct method wigm_method;

#endif
