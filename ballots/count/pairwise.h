#ifndef BALLOTS_COUNT_PAIRWISE_H
#define BALLOTS_COUNT_PAIRWISE_H

#include "ballots/count/method.h"

/*
 * Who is preferred to whom, for the methods of Condorcet's family.
 *
 * votes[a * n + b] is the weight of the ballots that rank a above b.  Ranked
 * is above unranked; equal ranks and no opinion say nothing.
 */
struct pairwise {
	uint32_t n;
	uint64_t *votes;
};

/*
 * The strength of a defeat, by winning votes: the one with more votes for it
 * is stronger; where these are equal, the one with fewer votes against it.
 * PAIRWISE_NOTHING is weaker than any defeat.
 */
struct pairwise_strength {
	uint64_t won, lost;
};

#define PAIRWISE_NOTHING ((struct pairwise_strength){0, 0})

/*
 * Count every pair of options of p; *out is the caller's to clear.  Adds
 * ballots to valid or, when they rank nothing, to blank.
 */
void pairwise_count(
	const struct profile *p, struct pairwise *out, struct result *tally);
void pairwise_clear(struct pairwise *pw);

/* The defeat of b by a; PAIRWISE_NOTHING where a does not defeat b. */
struct pairwise_strength pairwise_defeat(
	const struct pairwise *pw, uint32_t a, uint32_t b);

/* Less than, equal to or greater than 0, as a is to b. */
int pairwise_compare(struct pairwise_strength a, struct pairwise_strength b);

/* The matrix of votes between all options, dropped ones too. */
void pairwise_show(const struct pairwise *pw, struct steps *steps);

/*
 * Rank the eligible options by beats, an n by n matrix without circles: those
 * that no other beats, then those that none of the rest beats, and so on.
 */
void pairwise_rank(const struct method_rules *rules, uint32_t n,
	const bool *beats, struct result *out);

#endif
