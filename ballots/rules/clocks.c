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

static size_t
find_entry(const struct clocks *c, const struct clocks_entry *wanted)
{
	size_t at = mix((uint64_t)wanted->member << 16 |
				(uint64_t)wanted->kind << 8 | wanted->about,
		wanted->number);

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

static bool
is_over(const struct clocks *c, const struct clocks_entry *e)
{
	const struct clocks_subject on = {
		(enum clocks_about)e->about, e->number};

	return c->over != NULL && c->over(c->ctx, on);
}

/* Let go of what is over, and leave as much room again as is taken. */
static void
make_room(struct clocks *c)
{
	struct clocks old = *c;
	size_t cap = 64;

	c->n_entries = 0;
	for (size_t i = 0; i < old.entries_cap; i++) {
		struct clocks_entry *e = &old.entries[i];

		e->used = e->used && !is_over(c, e);
		c->n_entries += e->used;
	}
	while (8 * (c->n_entries + 1) > 3 * cap)
		cap *= 2;
	c->entries_cap = cap;
	c->entries = mem_new_array(cap, sizeof(*c->entries));
	for (size_t i = 0; i < old.entries_cap; i++)
		if (old.entries[i].used)
			c->entries[find_entry(c, &old.entries[i])] =
				old.entries[i];
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
		make_room(c);
	at = find_entry(c, &new);
	c->n_entries += !c->entries[at].used;
	c->entries[at] = new;
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
