#include "ballots/count/piles.h"

#include <assert.h>

#include "ballots/base/mem.h"

/* No more options in this order. */
#define END UINT16_MAX

/* What sorting one ballot needs: who has each rank, and how many. */
struct sorter {
	uint16_t *marks;
	uint16_t *holder; /* by rank, from 1; END: nobody, */
	uint16_t *count;
};

static bool
is_rank(uint16_t mark)
{
	return mark != PROFILE_BLANK && mark != PROFILE_NO_OPINION;
}

/* Marks of eligible options only, none above the number of options. */
static bool
take_marks(const struct method_rules *rules, const struct profile *p,
	size_t row, uint16_t *marks)
{
	bool gaps = false, ranked = false;

	profile_row(p, row, marks);
	for (uint32_t i = 0; i < p->options; i++) {
		if (!is_rank(marks[i]) || !method_eligible(rules, i)) {
			marks[i] = PROFILE_BLANK;
			continue;
		}
		ranked = true;
		gaps |= marks[i] > p->options;
	}
	if (gaps)
		profile_close_gaps(marks, p->options);
	return ranked;
}

/* Write the strict order in s->marks to order, overvotes by the rule. */
static void
sort_order(const struct method_rules *rules, uint32_t n, struct sorter *s,
	uint16_t *order)
{
	uint32_t len = 0;

	for (uint32_t i = 0; i < n; i++) {
		s->holder[s->marks[i]] = (uint16_t)i;
		s->count[s->marks[i]]++;
	}
	for (uint32_t rank = 1; rank <= n; rank++) {
		if (s->count[rank] == 1)
			order[len++] = s->holder[rank];
		else if (s->count[rank] > 1 &&
			 rules->overvote == METHOD_OVERVOTE_EXHAUST)
			break;
	}
	for (uint32_t rank = 0; rank <= n; rank++)
		s->count[rank] = 0;
	if (len < n)
		order[len] = END;
}

static void
put(struct piles *ps, struct pile *to, uint32_t paper, uint64_t weight)
{
	ps->next[paper - 1] = 0;
	if (to->first == 0)
		to->first = paper;
	else
		ps->next[to->last - 1] = paper;
	to->last = paper;
	to->weight += weight;
}

void
piles_init(struct piles *ps, const struct method_rules *rules,
	const struct profile *p, struct pile *all)
{
	struct sorter s = {
		.marks = mem_new_array(p->options, sizeof(*s.marks)),
		.holder = mem_new_array(p->options + 1, sizeof(*s.holder)),
		.count = mem_new_array(p->options + 1, sizeof(*s.count)),
	};

	assert(p->rows < UINT32_MAX && p->options < END);
	*ps = (struct piles){
		.options = p->options,
		.profile = p,
		.orders = mem_new_array(p->rows * p->options, sizeof(uint16_t)),
		.at = mem_new_array(p->rows, sizeof(uint16_t)),
		.next = mem_new_array(p->rows, sizeof(uint32_t)),
	};
	*all = (struct pile){0};
	for (size_t row = 0; row < p->rows; row++) {
		uint64_t weight = profile_weight(p, row);

		if (!take_marks(rules, p, row, s.marks)) {
			ps->blank += weight;
			continue;
		}
		sort_order(
			rules, p->options, &s, ps->orders + row * p->options);
		put(ps, all, (uint32_t)row + 1, weight);
	}
	mem_free(s.marks);
	mem_free(s.holder);
	mem_free(s.count);
}

void
piles_clear(struct piles *ps)
{
	mem_free(ps->orders);
	mem_free(ps->at);
	mem_free(ps->next);
	*ps = (struct piles){0};
}

/* Move one ballot on; the option it comes to, or options. */
static uint32_t
step(struct piles *ps, size_t row, const bool *standing)
{
	const uint16_t *order = ps->orders + row * ps->options;
	uint32_t at = ps->at[row];

	while (at < ps->options && order[at] != END && !standing[order[at]])
		at++;
	if (at == ps->options || order[at] == END) {
		ps->at[row] = (uint16_t)at;
		return ps->options;
	}
	ps->at[row] = (uint16_t)(at + 1);
	return order[at];
}

void
piles_move(struct piles *ps, struct pile *from, const bool *standing,
	struct pile *to)
{
	uint32_t paper = from->first;

	*from = (struct pile){0};
	while (paper != 0) {
		uint32_t following = ps->next[paper - 1];
		uint32_t option = step(ps, paper - 1, standing);

		put(ps, &to[option], paper,
			profile_weight(ps->profile, paper - 1));
		paper = following;
	}
}

void
piles_join(const struct piles *ps, struct pile *to, struct pile *from)
{
	if (from->first != 0) {
		if (to->first == 0)
			to->first = from->first;
		else
			ps->next[to->last - 1] = from->first;
		to->last = from->last;
		to->weight += from->weight;
	}
	*from = (struct pile){0};
}
