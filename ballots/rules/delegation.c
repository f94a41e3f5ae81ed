#include "ballots/rules/delegation.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/mem.h"

/* Grants ********************************************************************/

void
delegation_clear(struct delegation *d)
{
	mem_free(d->grants);
	mem_free(d->first);
	idmap_clear(&d->ids);
	*d = (struct delegation){0};
}

static bool
same_scope(struct clocks_subject a, struct clocks_subject b)
{
	return a.about == b.about && a.number == b.number;
}

/* The newest grant of a member that has not ended, or NONE. */
static uint32_t
first_of(const struct delegation *d, uint32_t member)
{
	return member < d->first_cap ? d->first[member] - 1 : DELEGATION_NONE;
}

uint32_t
delegation_of(
	const struct delegation *d, uint32_t from, struct clocks_subject on)
{
	uint32_t at = first_of(d, from);

	while (at != DELEGATION_NONE && !same_scope(d->grants[at].on, on))
		at = d->grants[at].next;
	return at;
}

void
delegation_add(struct delegation *d, const uint8_t id[static 32], uint32_t from,
	uint32_t to, struct clocks_subject on, uint64_t now_s)
{
	struct delegation_grant *g;

	assert(delegation_of(d, from, on) == DELEGATION_NONE);
	d->grants = mem_grow(
		d->grants, &d->cap, (size_t)d->n + 1, sizeof(*d->grants));
	d->first = mem_grow(
		d->first, &d->first_cap, (size_t)from + 1, sizeof(*d->first));
	g = &d->grants[d->n];
	memcpy(g->id, id, 32);
	g->from = from;
	g->to = to;
	g->on = on;
	g->made_s = now_s;
	g->next = first_of(d, from);
	idmap_put(&d->ids, id, d->n);
	d->first[from] = ++d->n;
}

uint32_t
delegation_find(const struct delegation *d, const uint8_t id[static 32])
{
	return idmap_get(&d->ids, id);
}

const struct delegation_grant *
delegation_get(const struct delegation *d, uint32_t number)
{
	assert(number < d->n);
	return &d->grants[number];
}

void
delegation_accept(
	struct delegation *d, uint32_t number, uint32_t max, uint64_t now_s)
{
	struct delegation_grant *g = &d->grants[number];

	if (!g->accepted)
		g->accepted_s = now_s;
	g->accepted = true;
	g->max = max;
}

void
delegation_end(struct delegation *d, uint32_t number)
{
	struct delegation_grant *g = &d->grants[number];
	uint32_t at = first_of(d, g->from);

	if (at == number) {
		d->first[g->from] = g->next + 1;
	} else {
		while (d->grants[at].next != number)
			at = d->grants[at].next;
		d->grants[at].next = g->next;
	}
	g->ended = true;
	idmap_remove(&d->ids, g->id);
}

/* The count *****************************************************************/

/* A grant that was made and accepted before the vote, and still lives. */
static bool
counts(const struct delegation_grant *g, const struct delegation_case *c)
{
	uint64_t date = g->made_s;

	if (g->to != DELEGATION_NOBODY) {
		if (!g->accepted)
			return false;
		if (g->accepted_s > date)
			date = g->accepted_s;
	}
	return date < c->opened_s && c->opened_s <= date + c->life_s;
}

/* How narrow a scope is for this question; n_scopes when it is none of its. */
static uint32_t
breadth(const struct delegation_case *c, struct clocks_subject on)
{
	uint32_t i = 0;

	while (i < c->n_scopes && !same_scope(c->scopes[i], on))
		i++;
	return i;
}

/* The grant of a member that applies to this question, or NONE. */
static uint32_t
applying(const struct delegation *d, const struct delegation_case *c,
	uint32_t member)
{
	uint32_t best = DELEGATION_NONE, narrowest = c->n_scopes;

	for (uint32_t at = first_of(d, member); at != DELEGATION_NONE;
		at = d->grants[at].next) {
		uint32_t b = breadth(c, d->grants[at].on);

		if (b < narrowest && counts(&d->grants[at], c)) {
			best = at;
			narrowest = b;
		}
	}
	return best;
}

uint32_t
delegation_place(const uint32_t *roll, uint32_t n, uint32_t member)
{
	uint32_t low = 0, high = n;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (roll[middle] < member)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && roll[low] == member ? low : UINT32_MAX;
}

/* Where the weight at place goes next, or UINT32_MAX. */
static uint32_t
step(const struct delegation *d, const struct delegation_case *c,
	uint32_t place)
{
	uint32_t grant = applying(d, c, c->roll[place]);

	if (grant == DELEGATION_NONE ||
		d->grants[grant].to == DELEGATION_NOBODY)
		return UINT32_MAX;
	return delegation_place(c->roll, c->n, d->grants[grant].to);
}

uint32_t
delegation_follow(const struct delegation *d, const struct delegation_case *c,
	uint32_t place)
{
	/* A walk longer than the roll has been somewhere twice. */
	for (uint32_t steps = 0; place != UINT32_MAX && !c->voted[place];
		steps++) {
		if (steps > c->n)
			return UINT32_MAX;
		place = step(d, c, place);
	}
	return place;
}

#define UNKNOWN  UINT32_MAX
#define UNDERWAY (UINT32_MAX - 1)
#define UNUSED   (UINT32_MAX - 2)

/*
 * Work out the end of every chain that begins at place.  ends[] holds what is
 * known already; path is room for a chain.
 */
static void
chase(const struct delegation *d, const struct delegation_case *c,
	uint32_t place, uint32_t *ends, uint32_t *path)
{
	uint32_t n = 0, end;

	while (place != UINT32_MAX && ends[place] == UNKNOWN) {
		ends[place] = UNDERWAY;
		path[n++] = place;
		place = step(d, c, place);
	}
	/* Dead end, or a loop: back on our own way. */
	end = place == UINT32_MAX || ends[place] == UNDERWAY ? UNUSED
							     : ends[place];
	while (n > 0)
		ends[path[--n]] = end;
}

/* The most that each delegate accepted to carry, by place; 0: no bound. */
static void
bounds(const struct delegation *d, const struct delegation_case *c,
	uint32_t *max)
{
	for (uint32_t i = 0; i < d->n; i++) {
		const struct delegation_grant *g = &d->grants[i];
		uint32_t place;

		if (g->ended || g->to == DELEGATION_NOBODY || !counts(g, c) ||
			breadth(c, g->on) == c->n_scopes)
			continue;
		place = delegation_place(c->roll, c->n, g->to);
		if (place != UINT32_MAX &&
			(max[place] == 0 || g->max < max[place]))
			max[place] = g->max;
	}
}

/* Clip what others passed on; returns what is cut off. */
static uint64_t
clip(const struct delegation_case *c, const uint32_t *max, uint64_t *weight)
{
	uint64_t cut = 0;

	for (uint32_t i = 0; i < c->n; i++) {
		uint64_t room = weight[i] == 0 ? 0 : weight[i] - 1;
		uint64_t carried = room;

		if (max[i] != 0 && room > max[i])
			room = max[i];
		if (c->cap != 0 && room > c->cap - 1)
			room = c->cap - 1;
		weight[i] -= carried - room;
		cut += carried - room;
	}
	return cut;
}

uint64_t
delegation_weigh(const struct delegation *d, const struct delegation_case *c,
	uint64_t *weight)
{
	uint32_t *ends = mem_new_array(c->n, sizeof(*ends));
	uint32_t *room = mem_new_array(c->n, sizeof(*room));
	uint64_t unused = 0;

	for (uint32_t i = 0; i < c->n; i++)
		ends[i] = c->voted[i] ? i : UNKNOWN;
	memset(weight, 0, c->n * sizeof(*weight));
	for (uint32_t i = 0; i < c->n; i++) {
		chase(d, c, i, ends, room);
		if (ends[i] == UNUSED)
			unused++;
		else
			weight[ends[i]]++;
	}
	memset(room, 0, c->n * sizeof(*room));
	bounds(d, c, room);
	unused += clip(c, room, weight);
	mem_free(ends);
	mem_free(room);
	return unused;
}
