#include "ballots/count/budget.h"

#include <assert.h>
#include <gmp.h>
#include <stdlib.h>

#include "ballots/base/mem.h"

/* Fixed point: 2^32 units are one unit of currency. */
#define UNIT_BITS 32
#define RATE_BITS 20 /* further bits of a rate */

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

/* ---- fractions ---- */

static void
set_whole(mpq_t out, wide value)
{
	wide size = value < 0 ? -value : value;

	mpz_import(mpq_numref(out), 1, -1, sizeof(size), 0, 0, &size);
	mpz_set_ui(mpq_denref(out), 1);
	if (value < 0)
		mpq_neg(out, out);
}

/* value * factor, rounded down; it is not negative and fits. */
static wide
scaled(const mpq_t value, wide factor)
{
	wide out = 0;
	mpq_t product;

	mpq_init(product);
	set_whole(product, factor);
	mpq_mul(product, product, value);
	mpz_fdiv_q(
		mpq_numref(product), mpq_numref(product), mpq_denref(product));
	assert(mpq_sgn(product) >= 0 &&
		mpz_sizeinbase(mpq_numref(product), 2) < 127);
	mpz_export(&out, NULL, -1, sizeof(out), 0, 0, mpq_numref(product));
	mpq_clear(product);
	return out;
}

static wide
units_of(const mpq_t value)
{
	return scaled(value, (wide)1 << UNIT_BITS);
}

/* out += value * factor. */
static void
add_product(mpq_t out, const mpq_t value, wide factor)
{
	mpq_t product;

	mpq_init(product);
	set_whole(product, factor);
	mpq_mul(product, product, value);
	mpq_add(out, out, product);
	mpq_clear(product);
}

/* ---- purses ---- */

static int
by_approvals(const void *a, const void *b)
{
	const struct purse *left = a, *right = b;

	return bytes_compare(left->approved, right->approved);
}

static void
read_purse(const struct profile *p, size_t row, struct purse *out)
{
	uint8_t *approved = mem_new_array(p->options, 1);

	for (uint32_t i = 0; i < p->options; i++)
		approved[i] = profile_mark(p, row, i) == PROFILE_YES;
	*out = (struct purse){
		.weight = profile_weight(p, row),
		.approved = bytes_of(approved, p->options),
	};
}

static void
make_purses(struct budget *b, const struct profile *p)
{
	size_t kept = 0;

	b->purses = mem_new_array(p->rows, sizeof(*b->purses));
	for (size_t row = 0; row < p->rows; row++)
		read_purse(p, row, &b->purses[row]);
	qsort(b->purses, p->rows, sizeof(*b->purses), by_approvals);
	for (size_t row = 0; row < p->rows; row++) {
		struct purse *purse = &b->purses[row];

		if (kept == 0 ||
			by_approvals(&b->purses[kept - 1], purse) != 0) {
			b->purses[kept++] = *purse;
			continue;
		}
		b->purses[kept - 1].weight += purse->weight;
		mem_free((void *)purse->approved.data);
	}
	b->n_purses = kept;
	b->payers = mem_new_array(kept, sizeof(*b->payers));
}

static void
make_project(struct budget *b, uint32_t project)
{
	struct project *c = &b->projects[project];
	size_t room = 0;

	mpq_init(c->exact);
	for (uint32_t i = 0; i < b->n_purses; i++) {
		if (!b->purses[i].approved.data[project])
			continue;
		c->supporters = mem_grow(c->supporters, &room,
			c->n_supporters + 1, sizeof(*c->supporters));
		c->supporters[c->n_supporters++] = i;
		c->votes += b->purses[i].weight;
	}
}

struct budget *
budget_new(const struct method_rules *rules, const struct profile *p)
{
	struct budget *b = mem_new(sizeof(*b));

	*b = (struct budget){
		.rules = rules, .voters = p->total, .n_projects = p->options};
	mpq_init(b->share);
	make_purses(b, p);
	b->projects = mem_new_array(p->options, sizeof(*b->projects));
	for (uint32_t i = 0; i < p->options; i++)
		make_project(b, i);
	return b;
}

void
budget_free(struct budget *b)
{
	if (b == NULL)
		return;
	for (size_t i = 0; i < b->n_purses; i++)
		mem_free((void *)b->purses[i].approved.data);
	for (uint32_t i = 0; i < b->n_projects; i++) {
		mem_free(b->projects[i].supporters);
		mpq_clear(b->projects[i].exact);
	}
	mem_free(b->purses);
	mem_free(b->projects);
	mem_free(b->payers);
	result_free(&b->paid);
	mpq_clear(b->share);
	mem_free(b);
}

uint64_t
budget_votes(const struct budget *b, uint32_t project)
{
	return b->projects[project].votes;
}

void
budget_fill(struct budget *b, uint64_t raise)
{
	mpq_t part;
	wide units;

	mpq_init(part);
	set_whole(b->share, (wide)b->rules->budget);
	set_whole(part, (wide)b->voters);
	mpq_div(b->share, b->share, part);
	set_whole(part, (wide)raise);
	mpq_add(b->share, b->share, part);
	mpq_clear(part);

	units = units_of(b->share);
	b->error = 1;
	b->paid.n = 0;
	for (size_t i = 0; i < b->n_purses; i++) {
		b->purses[i].left = units;
		b->purses[i].empty = false;
	}
	for (uint32_t i = 0; i < b->n_projects; i++) {
		struct project *c = &b->projects[i];

		c->out = c->votes == 0 || !method_eligible(b->rules, i);
		c->fresh = c->has_exact = false;
		c->low = 0;
	}
}

/* What a purse that is not empty holds: the share less what it paid. */
static void
find_left(const struct budget *b, const struct purse *purse, mpq_t out)
{
	mpq_set(out, b->share);
	for (size_t i = 0; i < b->paid.n; i++)
		if (purse->approved.data[b->paid.at[i]])
			mpq_sub(out, out, b->projects[b->paid.at[i]].exact);
}

/* ---- prices ---- */

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
price_roughly(struct budget *b, uint32_t project)
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
		set_whole(part, rich);
		mpq_mul(part, part, payers[i].left);
		if (mpq_cmp(part, rest) >= 0)
			break;
		add_product(rest, payers[i].left, -(wide)payers[i].weight);
		rich -= payers[i].weight;
	}
	if (i < n) {
		set_whole(part, rich);
		mpq_div(rest, rest, part);
	}
	mpq_clear(part);
	return i < n;
}

static void
price_exactly(struct budget *b, uint32_t project)
{
	struct project *c = &b->projects[project];
	size_t n = gather(b, c);
	struct exact_payer *payers = mem_new_array(n, sizeof(*payers));

	for (size_t i = 0; i < n; i++) {
		const struct purse *purse = &b->purses[b->payers[i].purse];

		mpq_init(payers[i].left);
		find_left(b, purse, payers[i].left);
		payers[i].weight = purse->weight;
	}
	qsort(payers, n, sizeof(*payers), by_exact_left);
	set_whole(c->exact, (wide)b->rules->costs[project]);
	c->has_exact = share_exactly(payers, n, c->exact);
	c->split = false;
	c->out = !c->has_exact;
	if (c->has_exact)
		set_price(b, project, units_of(c->exact), 1);
	for (size_t i = 0; i < n; i++)
		mpq_clear(payers[i].left);
	mem_free(payers);
}

/*
 * Work out the fraction behind a price that splits the supporters: the cost,
 * less all that the poor have left, by the number of the others.
 */
static void
find_exact(struct budget *b, uint32_t project)
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
	set_whole(c->exact, (wide)b->rules->costs[project]);
	add_product(c->exact, b->share, -poor);
	for (size_t j = 0; j < b->paid.n; j++)
		add_product(c->exact, b->projects[b->paid.at[j]].exact,
			paid[b->paid.at[j]]);
	mpq_init(divisor);
	set_whole(divisor, rich);
	mpq_div(c->exact, c->exact, divisor);
	mpq_clear(divisor);
	c->has_exact = true;
done:
	mem_free(paid);
}

/* ---- the next project ---- */

/* Find the prices that may be the lowest; returns a bound of the lowest. */
static wide
find_prices(struct budget *b)
{
	for (;;) {
		struct project *next = NULL;
		wide ceiling = -1;

		for (uint32_t i = 0; i < b->n_projects; i++) {
			struct project *c = &b->projects[i];

			if (c->out)
				continue;
			if (c->fresh && (ceiling < 0 || c->high < ceiling))
				ceiling = c->high;
			if (!c->fresh && (next == NULL || c->low < next->low))
				next = c;
		}
		if (next == NULL || (ceiling >= 0 && next->low > ceiling))
			return ceiling;
		if (!price_roughly(b, (uint32_t)(next - b->projects)))
			price_exactly(b, (uint32_t)(next - b->projects));
	}
}

/* Less than 0 when a goes before b: lower rate, lower cost, more votes. */
static int
compare(struct budget *b, uint32_t left, uint32_t right)
{
	const struct project *l = &b->projects[left];
	const struct project *r = &b->projects[right];
	wide l_cost = (wide)b->rules->costs[left];
	wide r_cost = (wide)b->rules->costs[right];
	mpq_t l_rate, r_rate;
	int order;

	find_exact(b, left);
	find_exact(b, right);
	mpq_inits(l_rate, r_rate, NULL);
	if (b->rules->utility == METHOD_UTILITY_COST) {
		add_product(l_rate, l->exact, r_cost);
		add_product(r_rate, r->exact, l_cost);
	} else {
		mpq_set(l_rate, l->exact);
		mpq_set(r_rate, r->exact);
	}
	order = mpq_cmp(l_rate, r_rate);
	mpq_clears(l_rate, r_rate, NULL);
	if (order == 0)
		order = wide_compare(l_cost, r_cost);
	if (order == 0)
		order = wide_compare((wide)r->votes, (wide)l->votes);
	return order;
}

void
budget_find(struct budget *b, struct result_list *best)
{
	wide ceiling = find_prices(b);

	for (uint32_t i = 0; i < b->n_projects; i++) {
		const struct project *c = &b->projects[i];
		int order = 0;

		if (c->out || !c->fresh || c->low > ceiling)
			continue;
		if (best->n > 0)
			order = compare(b, i, best->at[0]);
		if (order < 0)
			best->n = 0;
		if (order <= 0)
			result_add(best, i);
	}
}

/* Does this supporter pay all that is left? */
static bool
pays_all(const struct budget *b, const struct project *c,
	const struct purse *purse)
{
	mpq_t left;
	bool all;

	if (c->split)
		return purse->left < c->price;
	mpq_init(left);
	find_left(b, purse, left);
	all = mpq_cmp(left, c->exact) <= 0;
	mpq_clear(left);
	return all;
}

void
budget_pay(struct budget *b, uint32_t project)
{
	struct project *c = &b->projects[project];
	wide units;

	assert(!c->out && c->fresh);
	find_exact(b, project);
	units = units_of(c->exact);
	for (size_t i = 0; i < c->n_supporters; i++) {
		struct purse *purse = &b->purses[c->supporters[i]];

		if (purse->empty)
			continue;
		purse->empty = pays_all(b, c, purse);
		purse->left = purse->empty ? 0 : purse->left - units;
	}
	c->out = true;
	result_add(&b->paid, project);
	b->error++;
	for (uint32_t i = 0; i < b->n_projects; i++) {
		b->projects[i].fresh = false;
		b->projects[i].has_exact &= b->projects[i].out;
	}
}

static void
put_fraction(struct writer *w, const mpq_t value, unsigned decimals)
{
	wide factor = 1;

	for (unsigned i = 0; i < decimals; i++)
		factor *= 10;
	wide_put_fixed(w, scaled(value, factor), decimals);
}

void
budget_put_price(const struct budget *b, struct writer *w, uint32_t project,
	unsigned decimals)
{
	put_fraction(w, b->projects[project].exact, decimals);
}

void
budget_put_share(const struct budget *b, struct writer *w, unsigned decimals)
{
	put_fraction(w, b->share, decimals);
}
