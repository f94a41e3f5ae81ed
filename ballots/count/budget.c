#include "ballots/count/budget.h"

#include <assert.h>
#include <stdlib.h>

#include "ballots/base/mem.h"
#include "ballots/count/price.h"

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
	fraction_set(b->share, (wide)b->rules->budget);
	fraction_set(part, (wide)b->voters);
	mpq_div(b->share, b->share, part);
	fraction_set(part, (wide)raise);
	mpq_add(b->share, b->share, part);
	mpq_clear(part);

	units = price_units(b->share);
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
		price_find(b, (uint32_t)(next - b->projects));
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

	price_exact(b, left);
	price_exact(b, right);
	mpq_inits(l_rate, r_rate, NULL);
	if (b->rules->utility == METHOD_UTILITY_COST) {
		fraction_add_product(l_rate, l->exact, r_cost);
		fraction_add_product(r_rate, r->exact, l_cost);
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
	price_left(b, purse, left);
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
	price_exact(b, project);
	units = price_units(c->exact);
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

void
budget_put_price(const struct budget *b, struct writer *w, uint32_t project,
	unsigned decimals)
{
	fraction_put(w, b->projects[project].exact, decimals);
}

void
budget_put_share(const struct budget *b, struct writer *w, unsigned decimals)
{
	fraction_put(w, b->share, decimals);
}
