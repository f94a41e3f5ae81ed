#include "ballots/rules/clocks.h"

#include <string.h>

#include "ballots/base/mem.h"

void
clocks_clear(struct clocks *c)
{
	mem_free(c->entries);
	mem_free(c->windows);
	*c = (struct clocks){0};
}

static size_t
mix(uint64_t a, uint64_t b)
{
	uint64_t x = (a ^ b * 0x9e3779b97f4a7c15u) * 0xbf58476d1ce4e5b9u;

	return (size_t)(x ^ x >> 31);
}

/* The last seq of each kind on each thing **********************************/

/* Where the search for an entry begins. */
static size_t
home(const struct clocks *c, const struct clocks_entry *e)
{
	return mix((uint64_t)e->member << 16 | (uint64_t)e->kind << 8 |
			       e->about,
		       e->number) &
	       (c->entries_cap - 1);
}

static size_t
find_entry(const struct clocks *c, const struct clocks_entry *wanted)
{
	size_t at = home(c, wanted);

	for (;; at++) {
		const struct clocks_entry *e;

		at &= c->entries_cap - 1;
		e = &c->entries[at];
		if (!e->used || (e->member == wanted->member &&
					e->kind == wanted->kind &&
					e->about == wanted->about &&
					e->number == wanted->number))
			return at;
	}
}

static struct clocks_entry
entry_of(uint32_t member, uint8_t kind, struct clocks_subject on, uint64_t seq)
{
	return (struct clocks_entry){.member = member,
		.kind = kind,
		.about = (uint8_t)on.about,
		.used = true,
		.number = on.number,
		.seq = seq};
}

/* Lay the table out anew with room for cap, without what is on forget. */
static void
rebuild(struct clocks *c, size_t cap, const struct clocks_subject *forget)
{
	struct clocks old = *c;

	c->entries_cap = cap;
	c->n_entries = 0;
	c->entries = mem_new_array(cap, sizeof(*c->entries));
	for (size_t i = 0; i < old.entries_cap; i++) {
		const struct clocks_entry *e = &old.entries[i];

		if (!e->used || (forget != NULL && e->about == forget->about &&
					e->number == forget->number))
			continue;
		c->entries[find_entry(c, e)] = *e;
		c->n_entries++;
	}
	mem_free(old.entries);
}

enum verdict
clocks_check(const struct clocks *c, uint32_t member, uint8_t kind,
	struct clocks_subject on, uint64_t seq)
{
	struct clocks_entry wanted = entry_of(member, kind, on, seq);
	const struct clocks_entry *e;

	if (on.about == CLOCKS_NOTHING || c->entries_cap == 0)
		return VERDICT_OK;
	e = &c->entries[find_entry(c, &wanted)];
	if (!e->used || seq > e->seq)
		return VERDICT_OK;
	return seq == e->seq ? VERDICT_EQUIVOCATION : VERDICT_STALE;
}

void
clocks_set(struct clocks *c, uint32_t member, uint8_t kind,
	struct clocks_subject on, uint64_t seq)
{
	struct clocks_entry new = entry_of(member, kind, on, seq);
	size_t at;

	if (on.about == CLOCKS_NOTHING)
		return;
	if (4 * (c->n_entries + 1) > 3 * c->entries_cap)
		rebuild(c, c->entries_cap == 0 ? 64 : 2 * c->entries_cap, NULL);
	at = find_entry(c, &new);
	c->n_entries += !c->entries[at].used;
	c->entries[at] = new;
}

void
clocks_drop(struct clocks *c, uint32_t member, uint8_t kind,
	struct clocks_subject on)
{
	struct clocks_entry wanted = entry_of(member, kind, on, 0);
	size_t mask = c->entries_cap - 1, hole, at;

	if (c->entries_cap == 0)
		return;
	hole = find_entry(c, &wanted);
	if (!c->entries[hole].used)
		return;
	c->n_entries--;
	/* Close the gap: move up what the search would no longer reach. */
	for (at = (hole + 1) & mask; c->entries[at].used;
		at = (at + 1) & mask) {
		size_t from = home(c, &c->entries[at]);

		if (((at - from) & mask) < ((at - hole) & mask))
			continue;
		c->entries[hole] = c->entries[at];
		hole = at;
	}
	c->entries[hole].used = false;
}

void
clocks_forget(struct clocks *c, struct clocks_subject on)
{
	size_t kept = 0, cap = 64;

	for (size_t i = 0; i < c->entries_cap; i++)
		kept += c->entries[i].used &&
			(c->entries[i].about != on.about ||
				c->entries[i].number != on.number);
	if (kept == c->n_entries)
		return;
	while (4 * (kept + 1) > 3 * cap)
		cap *= 2;
	rebuild(c, cap, &on);
}

/* How many of each kind in a window *****************************************/

static size_t
find_window(const struct clocks *c, uint32_t member, uint8_t kind)
{
	size_t at = mix(member, kind);

	for (;; at++) {
		at &= c->windows_cap - 1;
		if (c->windows[at].count == 0 ||
			(c->windows[at].member == member &&
				c->windows[at].kind == kind))
			return at;
	}
}

static void
grow_windows(struct clocks *c)
{
	struct clocks old = *c;

	c->windows_cap = old.windows_cap == 0 ? 64 : 2 * old.windows_cap;
	c->windows = mem_new_array(c->windows_cap, sizeof(*c->windows));
	for (size_t i = 0; i < old.windows_cap; i++) {
		const struct clocks_window *w = &old.windows[i];

		if (w->count > 0)
			c->windows[find_window(c, w->member, w->kind)] = *w;
	}
	mem_free(old.windows);
}

enum verdict
clocks_room(const struct clocks *c, uint32_t member, uint8_t kind,
	uint64_t window, uint32_t max)
{
	const struct clocks_window *w;

	if (c->windows_cap == 0)
		return VERDICT_OK;
	w = &c->windows[find_window(c, member, kind)];
	return w->count >= max && w->window == window ? VERDICT_TOO_OFTEN
						      : VERDICT_OK;
}

void
clocks_count(struct clocks *c, uint32_t member, uint8_t kind, uint64_t window)
{
	struct clocks_window *w;

	if (4 * (c->n_windows + 1) > 3 * c->windows_cap)
		grow_windows(c);
	w = &c->windows[find_window(c, member, kind)];
	c->n_windows += w->count == 0;
	w->count = w->window == window ? w->count + 1 : 1;
	w->window = window;
	w->member = member;
	w->kind = kind;
}
