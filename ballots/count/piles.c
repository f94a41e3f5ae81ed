#include "ballots/count/piles.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/mem.h"

/* In an order: an option of the same rank as the one before. */
#define EQUAL 0x8000

/* No more options in this order. */
#define END UINT16_MAX

/* What sorting one ballot needs. */
struct sorter {
	uint16_t *marks;
	uint16_t *from; /* by rank: options of better ranks */
	uint16_t *used; /* by rank: options placed */
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

/*
 * Write the order in s->marks to order; where overvotes exhaust, only up to
 * the first.  True when equal ranks are in it.
 */
static bool
sort_order(const struct method_rules *rules, uint32_t n, struct sorter *s,
	uint16_t *order)
{
	uint32_t last = 1, len = 0;
	bool equal = false;

	memset(s->used, 0, (n + 1) * sizeof(*s->used));
	for (uint32_t i = 0; i < n; i++)
		s->used[s->marks[i]]++;
	for (; last <= n; last++) {
		bool over = s->used[last] > 1;

		if (over && rules->overvote == METHOD_OVERVOTE_EXHAUST)
			break;
		equal |= over;
		s->from[last] = (uint16_t)len;
		len += s->used[last];
		s->used[last] = 0;
	}
	for (uint32_t i = 0; i < n; i++) {
		uint16_t rank = s->marks[i];
		uint32_t at;

		if (rank == PROFILE_BLANK || rank >= last)
			continue;
		at = s->from[rank] + s->used[rank];
		order[at] = (uint16_t)(s->used[rank]++ == 0 ? i : i | EQUAL);
	}
	if (len < n)
		order[len] = END;
	return equal;
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
	const struct profile *p, struct pile *strict, struct pile *equal)
{
	struct sorter s = {
		.marks = mem_new_array(p->options, sizeof(*s.marks)),
		.from = mem_new_array(p->options + 1, sizeof(*s.from)),
		.used = mem_new_array(p->options + 1, sizeof(*s.used)),
	};

	assert(p->rows < UINT32_MAX && p->options < EQUAL);
	*ps = (struct piles){
		.options = p->options,
		.profile = p,
		.orders = mem_new_array(p->rows * p->options, sizeof(uint16_t)),
		.at = mem_new_array(p->rows, sizeof(uint16_t)),
		.next = mem_new_array(p->rows, sizeof(uint32_t)),
	};
	*strict = *equal = (struct pile){0};
	for (size_t row = 0; row < p->rows; row++) {
		uint16_t *order = ps->orders + row * p->options;
		uint64_t weight = profile_weight(p, row);

		if (!take_marks(rules, p, row, s.marks))
			ps->blank += weight;
		else
			put(ps,
				sort_order(rules, p->options, &s, order)
					? equal
					: strict,
				(uint32_t)row + 1, weight);
	}
	mem_free(s.marks);
	mem_free(s.from);
	mem_free(s.used);
}

void
piles_clear(struct piles *ps)
{
	mem_free(ps->orders);
	mem_free(ps->at);
	mem_free(ps->next);
	*ps = (struct piles){0};
}

/*
 * The option that a ballot comes to from place *at on, or options; *at is then
 * behind that option's rank.
 */
static uint32_t
look(const struct piles *ps, size_t row, const bool *standing, uint16_t *at)
{
	const uint16_t *order = ps->orders + row * ps->options;
	uint32_t i = *at;

	while (i < ps->options && order[i] != END) {
		uint32_t found = ps->options, stand = 0;

		do {
			uint32_t option = order[i++] & ~(uint32_t)EQUAL;

			if (standing[option]) {
				found = option;
				stand++;
			}
		} while (i < ps->options && order[i] != END &&
			 (order[i] & EQUAL) != 0);
		*at = (uint16_t)i;
		if (stand == 1)
			return found;
	}
	return ps->options;
}

void
piles_move(struct piles *ps, struct pile *from, const bool *standing,
	struct pile *to)
{
	uint32_t paper = from->first;

	*from = (struct pile){0};
	while (paper != 0) {
		uint32_t following = ps->next[paper - 1];
		uint32_t option =
			look(ps, paper - 1, standing, &ps->at[paper - 1]);

		put(ps, &to[option], paper,
			profile_weight(ps->profile, paper - 1));
		paper = following;
	}
}

void
piles_look(const struct piles *ps, const struct pile *pile,
	const bool *standing, uint64_t *weights)
{
	for (uint32_t paper = pile->first; paper != 0;
		paper = ps->next[paper - 1]) {
		uint16_t at = 0;

		weights[look(ps, paper - 1, standing, &at)] +=
			profile_weight(ps->profile, paper - 1);
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
