#ifndef BALLOTS_RULES_LIFECYCLE_H
#define BALLOTS_RULES_LIFECYCLE_H

#include <stddef.h>
#include <stdint.h>

/*
 * Lifecycles are tables: from which phases an event leads where.  The tables
 * of proposals and mandates stand in the specification row by row, and the
 * tests compare the two.
 */
struct lifecycle_move {
	uint32_t from; /* set of phases: LIFECYCLE_IN(phase) | ... */
	int event;
	int to; /* LIFECYCLE_SAME: stays where it is */
};

#define LIFECYCLE_IN(phase) ((uint32_t)1 << (phase))
#define LIFECYCLE_SAME      (-1)
#define LIFECYCLE_NO        (-2) /* no such move */

/* Where event leads from phase, or LIFECYCLE_NO. */
int lifecycle_step(
	const struct lifecycle_move *moves, size_t n, int phase, int event);

#endif
