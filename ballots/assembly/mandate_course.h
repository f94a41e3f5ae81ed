#ifndef BALLOTS_ASSEMBLY_MANDATE_COURSE_H
#define BALLOTS_ASSEMBLY_MANDATE_COURSE_H

#include <stdint.h>

#include "ballots/assembly/mandate_life.h"
#include "ballots/assembly/world.h"

/*
 * How a mandate takes its course: moves by the table, timers, and what is
 * looked at after each change (specs/mandates.md section 2).  For the rooms
 * of mandates only; others come by mandate.h.
 */

/* Make a move that the table allows, at at_s. */
void mandate_course_move(struct world *w, struct world_mandate *m,
	enum mandate_event event, uint64_t at_s);

/* The same for rows that happen to the state a suspended mandate left. */
void mandate_course_move_below(struct world *w, struct world_mandate *m,
	enum mandate_event event, uint64_t at_s);

/* After each change: who is acting, which causes are left, what is due. */
void mandate_course_settle(
	struct world *w, struct world_mandate *m, uint64_t at_s);

/* Do the one thing that is due at due_s. */
void mandate_course_fire(
	struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s);

/* How many of its delegates have accepted. */
uint32_t mandate_course_accepted(const struct world_mandate *m);

#endif
