#ifndef BALLOTS_RULES_TIMERS_H
#define BALLOTS_RULES_TIMERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Which things are due when, soonest first; at the same second in the order
 * of enum timers_class, then by number (specs/proposals.md section 1).
 *
 * Each thing keeps its own due time.  Setting a timer anew does not take the
 * earlier one out: whoever takes one from the front asks the thing whether it
 * is still meant.  A zeroed struct timers is empty.
 */
#define TIMERS_NEVER UINT64_MAX

enum timers_class {
	TIMERS_PROPOSAL,
	TIMERS_CONTEST,
	TIMERS_HOLD, /* of a proposal */
	TIMERS_MANDATE,
	TIMERS_AGREEMENT,
	TIMERS_CASE,
	TIMERS_RECOVERY,
	TIMERS_OFFICE,
};

struct timers_entry {
	uint64_t due_s;
	uint32_t number;
	enum timers_class class;
};

struct timers {
	struct timers_entry *heap;
	size_t n, cap;
};

void timers_clear(struct timers *t);

/* Note that the thing is due; TIMERS_NEVER is not noted. */
void timers_set(struct timers *t, enum timers_class class, uint32_t number,
	uint64_t due_s);

/* The front one, or false when there is none. */
bool timers_front(const struct timers *t, struct timers_entry *out);

/* Take the front one out. */
void timers_drop(struct timers *t);

#endif
