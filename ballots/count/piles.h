#ifndef BALLOTS_COUNT_PILES_H
#define BALLOTS_COUNT_PILES_H

#include "ballots/count/method.h"
#include "ballots/count/profile.h"

/*
 * Ranked ballots as papers on a table: each lies in one pile and moves on,
 * as the count goes, to the next option that its voter ranked.
 *
 * Equal ranks of eligible options are an overvote.  By the rules, the ballot
 * ends there; or that rank is skipped, unless just one of its options stands
 * when the ballot comes to it.
 */
struct pile {
	uint32_t first, last; /* rows counted from 1, linked; 0: none */
	uint64_t weight;      /* of all its ballots */
};

struct piles {
	uint32_t options;
	uint64_t blank; /* weight of ballots that rank no eligible option */

	/* Private. */
	const struct profile *profile;
	uint16_t *orders; /* options places a row */
	uint16_t *at;     /* the place behind the rank that counts now */
	uint32_t *next;   /* row of the same pile */
};

/*
 * Sort out the orders of p, which is borrowed.  Ballots that rank an eligible
 * option go to *equal when they have overvotes that may be skipped, else to
 * *strict.
 */
void piles_init(struct piles *ps, const struct method_rules *rules,
	const struct profile *p, struct pile *strict, struct pile *equal);
void piles_clear(struct piles *ps);

/*
 * Empty from: each of its ballots goes to the pile of the first option it
 * comes to that still stands, or to to[options] when there is none.  to holds
 * options + 1 piles and may hold from, if that option does not stand.
 */
void piles_move(struct piles *ps, struct pile *from, const bool *standing,
	struct pile *to);

/*
 * Look at the ballots of a pile from their beginnings: add their weights to
 * those of the options they come to, options + 1 of them, as in piles_move().
 */
void piles_look(const struct piles *ps, const struct pile *pile,
	const bool *standing, uint64_t *weights);

/* Put all of from onto to. */
void piles_join(const struct piles *ps, struct pile *to, struct pile *from);

#endif
