#ifndef BALLOTS_COUNT_THRESHOLD_H
#define BALLOTS_COUNT_THRESHOLD_H

#include "ballots/count/method.h"

/*
 * Each option against the default option, before any ranking.
 *
 * An option stays in the count when at least quorum weight prefers it to the
 * default (those in favour, not all ballots cast), when in_favour >= ratio *
 * against, and when in_favour > against.  The default itself always stays.
 */
struct threshold {
	uint64_t in_favour, against;
	bool quorum, majority; /* reached */
};

/* The two tests on in_favour and against, for option under rules. */
void threshold_test(
	const struct method_rules *rules, uint32_t option, struct threshold *t);

/* Weigh and test every option; one place for each at out. */
void threshold_weigh(const struct method *m, const struct method_rules *rules,
	const struct profile *p, struct threshold *out);

/* The table of these comparisons, leaving out the default. */
void threshold_show(const struct method_rules *rules,
	const struct threshold *lines, uint32_t options, struct steps *steps);

#endif
