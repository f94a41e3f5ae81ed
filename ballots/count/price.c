#include "ballots/count/price.h"

#include <stdlib.h>

#include "ballots/base/mem.h"

#define UNIT_BITS 32
#define RATE_BITS 20 /* further bits of a rate */

wide
price_units(const mpq_t value)
{
	return fraction_scaled(value, (wide)1 << UNIT_BITS);
}

void
price_left(const struct budget *b, const struct purse *purse, mpq_t out)
{
	mpq_set(out, b->share);
	for (size_t i = 0; i < b->paid.n; i++)
		if (purse->approved.data[b->paid.at[i]])
			mpq_sub(out, out, b->projects[b->paid.at[i]].exact);
}

static wide
rate_of(const struct budget *b, uint32_t project, wide price)
{
	wide rate = (price < 0 ? 0 : price) << RATE_BITS;

	if (b->rules->utility == METHOD_UTILITY_COST)
		rate /= (wide)b->rules->costs[project];
	return rate;
}

/* The price is within error of price. */
static void
set_price(struct budget *b, uint32_t project, wide price, wide error)
{
	struct project *c = &b->projects[project];

	c->fresh = true;
	c->price = price;
	c->low = rate_of(b, project, price - error);
	c->high = rate_of(b, project, price + error) + 1;
}

static int
by_left(const void *a, const void *b)
{
	const struct payer *left = a, *right = b;

	return wide_compare(left->left, right->left);
}

/* Gather the supporters who have something left, the poorest first. */
static size_t
gather(struct budget *b, const struct project *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_supporters; i++) {
		uint32_t purse = c->supporters[i];

		if (!b->purses[purse].empty)
			b->payers[n++] =
				(struct payer){b->purses[purse].left, purse};
	}
	qsort(b->payers, n, sizeof(*b->payers), by_left);
	return n;
}

/*
 * Find the price in fixed point.  False when that leaves open whether the
 * supporters have enough, or who of them pays all that is left.
 */
static bool
roughly(struct budget *b, uint32_t project)
{
	struct project *c = &b->projects[project];
	wide rest = (wide)b->rules->costs[project] << UNIT_BITS;
	wide rich = 0, poor = 0, money = 0, price, error;
	size_t n = gather(b, c);
	size_t i = 0;

	for (size_t j = 0; j < n; j++) {
		wide weight = b->purses[b->payers[j].purse].weight;

		rich += weight;
		money += weight * b->payers[j].left;
	}
	if (money + rich * b->error < rest) {
		c->out = true;
		return true;
	}
	if (money - rich * b->error < rest)
		return false;
	while (b->payers[i].left * rich < rest) {
		wide weight = b->purses[b->payers[i].purse].weight;

		rest -= weight * b->payers[i++].left;
		rich -= weight;
		poor += weight;
	}
	price = rest / rich;
	error = poor * b->error / rich + 2;
	set_price(b, project, price, error);
	c->split = b->payers[i].left - price > error + b->error &&
		   (i == 0 || price - b->payers[i - 1].left > error + b->error);
	return c->split;
}

/* A supporter and the exact sum that is left. */
struct exact_payer {
	mpq_t left;
	uint64_t weight;
};

static int
by_exact_left(const void *a, const void *b)
{
	const struct exact_payer *left = a, *right = b;

	return mpq_cmp(left->left, right->left);
}

/*
 * rest and rich are what is to be paid and by whom, when nobody paid yet.
 * Sets rest to the price; false when the payers do not have enough.
 */
static bool
share_exactly(const struct exact_payer *payers, size_t n, mpq_t rest)
{
	wide rich = 0;
	mpq_t part;
	size_t i;

	for (i = 0; i < n; i++)
		rich += payers[i].weight;
	mpq_init(part);
	for (i = 0; i < n; i++) {
		fraction_set(part, rich);
		mpq_mul(part, part, payers[i].left);
		if (mpq_cmp(part, rest) >= 0)
			break;
		fraction_add_product(
			rest, payers[i].left, -(wide)payers[i].weight);
		rich -= payers[i].weight;
	}
	if (i < n) {
		fraction_set(part, rich);
		mpq_div(rest, rest, part);
	}
	mpq_clear(part);
	return i < n;
}

static void
exactly(struct budget *b, uint32_t project)
{
	struct project *c = &b->projects[project];
	size_t n = gather(b, c);
	struct exact_payer *payers = mem_new_array(n, sizeof(*payers));

	for (size_t i = 0; i < n; i++) {
		const struct purse *purse = &b->purses[b->payers[i].purse];

		mpq_init(payers[i].left);
		price_left(b, purse, payers[i].left);
		payers[i].weight = purse->weight;
	}
	qsort(payers, n, sizeof(*payers), by_exact_left);
	fraction_set(c->exact, (wide)b->rules->costs[project]);
	c->has_exact = share_exactly(payers, n, c->exact);
	c->split = false;
	c->out = !c->has_exact;
	if (c->has_exact)
		set_price(b, project, price_units(c->exact), 1);
	for (size_t i = 0; i < n; i++)
		mpq_clear(payers[i].left);
	mem_free(payers);
}

void
price_find(struct budget *b, uint32_t project)
{
	if (!roughly(b, project))
		exactly(b, project);
}

/*
 * Work out the fraction behind a price that splits the supporters: the cost,
 * less all that the poor have left, by the number of the others.
 */
void
price_exact(struct budget *b, uint32_t project)
{
	struct project *c = &b->projects[project];
	wide poor = 0, rich = 0;
	wide *paid = mem_new_array(b->n_projects, sizeof(*paid));
	mpq_t divisor;

	if (c->has_exact)
		goto done;
	for (size_t i = 0; i < c->n_supporters; i++) {
		const struct purse *purse = &b->purses[c->supporters[i]];

		if (purse->empty)
			continue;
		if (purse->left >= c->price) {
			rich += purse->weight;
			continue;
		}
		poor += purse->weight;
		for (size_t j = 0; j < b->paid.n; j++)
			if (purse->approved.data[b->paid.at[j]])
				paid[b->paid.at[j]] += purse->weight;
	}
	fraction_set(c->exact, (wide)b->rules->costs[project]);
	fraction_add_product(c->exact, b->share, -poor);
	for (size_t j = 0; j < b->paid.n; j++)
		fraction_add_product(c->exact, b->projects[b->paid.at[j]].exact,
			paid[b->paid.at[j]]);
	mpq_init(divisor);
	fraction_set(divisor, rich);
	mpq_div(c->exact, c->exact, divisor);
	mpq_clear(divisor);
	c->has_exact = true;
done:
	mem_free(paid);
}
