#ifndef BALLOTS_RULES_CLOCKS_H
#define BALLOTS_RULES_CLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/verdict.h"

/*
 * What is remembered of each member's acts: the last seq for a kind of act on
 * a thing, and how many of a kind they filed in the window under way
 * (specs/acts.md section 3, steps 9 and 10).
 *
 * A zeroed struct clocks is empty.  Nothing needs to be remembered of a thing
 * that is over, since acts on it are refused anyway; what over() says is over
 * is let go when room is needed, so that there is never more than a few times
 * what is under way.
 */

/* What an act can be about. */
enum clocks_about {
	CLOCKS_UNION,
	CLOCKS_MEMBER,
	CLOCKS_CHAPTER,
	CLOCKS_TOPIC,
	CLOCKS_PROPOSAL,
	CLOCKS_MANDATE,
	CLOCKS_AGREEMENT,
	CLOCKS_GRANT,
	CLOCKS_NOTHING, /* not remembered */
};

/* One thing: its sort and its number. */
struct clocks_subject {
	enum clocks_about about;
	uint32_t number;
};

struct clocks_entry {
	uint32_t member;
	uint8_t kind;  /* enum act_kind */
	uint8_t about; /* enum clocks_about */
	bool used;
	uint32_t number;
	uint64_t seq;
};

struct clocks_window {
	uint32_t member;
	uint8_t kind;
	uint32_t count; /* 0: free */
	uint64_t window;
};

struct clocks {
	bool (*over)(const void *ctx, struct clocks_subject on); /* or NULL */
	const void *ctx;
	struct clocks_entry *entries;
	size_t n_entries, entries_cap;
	struct clocks_window *windows;
	size_t n_windows, windows_cap;
};

void clocks_clear(struct clocks *c);

/* STALE or EQUIVOCATION unless seq is higher than the last one. */
enum verdict clocks_check(const struct clocks *c, uint32_t member, uint8_t kind,
	struct clocks_subject on, uint64_t seq);

/* Remember seq as the last one. */
void clocks_set(struct clocks *c, uint32_t member, uint8_t kind,
	struct clocks_subject on, uint64_t seq);

/* TOO_OFTEN when the member filed max acts of kind in window already. */
enum verdict clocks_room(const struct clocks *c, uint32_t member, uint8_t kind,
	uint64_t window, uint32_t max);

/* Count one act of kind in window. */
void clocks_count(
	struct clocks *c, uint32_t member, uint8_t kind, uint64_t window);

#endif
