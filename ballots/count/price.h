#ifndef BALLOTS_COUNT_PRICE_H
#define BALLOTS_COUNT_PRICE_H

#include "ballots/count/fraction.h"
#include "ballots/count/method.h"

/*
 * What a project costs each of its supporters: the inside of budget.h.
 *
 * A price is found in fixed point first, with bounds of its rate; 2^32 units
 * are one unit of currency.  Where the bounds leave something open it is found
 * as a fraction.
 */

/* The voters who approve the same projects. */
struct purse {
	uint64_t weight;
	struct bytes approved; /* 1 or 0 by project; owned */
	wide left;             /* units, of one voter; within b->error */
	bool empty;            /* nothing at all is left */
};

struct project {
	uint64_t votes;
	uint32_t *supporters; /* purses */
	size_t n_supporters;
	bool out; /* paid, or too dear for what its supporters have left */

	/* The price as last found; later ones are not lower. */
	bool fresh;     /* it is the price now */
	wide price;     /* units; who has less left pays all of it */
	wide low, high; /* bounds of the rate */
	bool has_exact; /* exact is the price now */
	bool split;     /* units tell who pays all, beyond error */
	mpq_t exact;
};

/* A supporter who is asked to pay. */
struct payer {
	wide left;
	uint32_t purse;
};

struct budget {
	const struct method_rules *rules;
	uint64_t voters;
	mpq_t share; /* of each voter at first */
	wide error;  /* of what is left, in units */

	struct purse *purses;
	size_t n_purses;
	struct project *projects;
	uint32_t n_projects;
	struct result_list paid;
	struct payer *payers; /* room for all purses */
};

/* A sum in units, rounded down. */
wide price_units(const mpq_t value);

/* What a purse that is not empty holds: the share less what it paid. */
void price_left(const struct budget *b, const struct purse *purse, mpq_t out);

/* Find the price of a project now, or that it is out. */
void price_find(struct budget *b, uint32_t project);

/* Work out the fraction behind a price that was found. */
void price_exact(struct budget *b, uint32_t project);

#endif
