#ifndef BALLOTS_COUNT_BUDGET_H
#define BALLOTS_COUNT_BUDGET_H

#include "ballots/base/wide.h"
#include "ballots/count/method.h"
#include "ballots/count/profile.h"

/*
 * The purses of equal shares: every voter begins with the same share of the
 * budget, and the supporters of a project pay for it.
 *
 * The price of a project is the least sum p at which its supporters, each
 * paying p or all that is left, raise its cost; its rate is the price by unit
 * of utility (cost, or 1).  Prices are exact fractions.  Bounds in fixed point
 * settle what is clear; what lies within their error is settled by the
 * fractions, so no rounding decides anything.
 *
 * Voters who approve the same projects share a purse of their weight.
 */
struct budget;

/* rules has costs and a budget of at most 2^62 each; both are borrowed. */
struct budget *budget_new(
	const struct method_rules *rules, const struct profile *p);
void budget_free(struct budget *b);

/* Weight of the supporters of a project. */
uint64_t budget_votes(const struct budget *b, uint32_t project);

/* Fill all purses: budget / voters + raise.  No project is paid. */
void budget_fill(struct budget *b, uint64_t raise);

/*
 * The project with the lowest rate among those that are not paid and that
 * their supporters can pay.  Among equal rates, those of lowest cost, and
 * among them those of most votes: equals are appended to best.
 */
void budget_find(struct budget *b, struct result_list *best);

/* Let the supporters pay for a project that was found. */
void budget_pay(struct budget *b, uint32_t project);

/* Write the price that was paid, cut off after decimals. */
void budget_put_price(const struct budget *b, struct writer *w,
	uint32_t project, unsigned decimals);

/* The same for what each voter had at first. */
void budget_put_share(
	const struct budget *b, struct writer *w, unsigned decimals);

#endif
