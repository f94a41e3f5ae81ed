#ifndef BALLOTS_COUNT_EQUAL_SHARES_H
#define BALLOTS_COUNT_EQUAL_SHARES_H

#include "ballots/count/method.h"

/*
 * The method of equal shares, for budgets: each voter holds an equal part of
 * the budget, and the project whose supporters can pay for it at the lowest
 * price by unit of utility comes next, until none can be paid (budget.h).
 *
 * Equal rates: lower cost first, then more votes, then lot.
 *
 * Completion add1 gives every voter one more unit of currency and counts
 * again from the start, as long as the outcome stays within the budget;
 * add1-exhaustive also stops once no supported project that is left would
 * fit.  With greedy, what then still fits is added by number of votes, equals
 * by lower cost, then by lot.
 *
 * Needs costs and a budget of 1 to 2^62; else VERDICT_OVERFLOW.  Counts that
 * need rules->raises_max raises are VERDICT_TOO_LARGE.
 */
extern const struct method equal_shares_method;

#endif
