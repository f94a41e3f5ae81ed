#ifndef BALLOTS_RULES_DRAW_H
#define BALLOTS_RULES_DRAW_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/rules/lots.h"

/*
 * Drawing a panel by lot (specs/cases.md section 3).
 *
 * The seed comes from values that auditors committed to before anybody could
 * know who would be drawn by them.  Members are offered one by one, in any
 * order; those stay whose SHA-256 of seed and id is smallest.
 */
#define DRAW_MAX 15 /* the largest panel */

struct draw {
	uint8_t seed[32];
	uint32_t places, n; /* wanted, and taken so far */
	struct {
		uint8_t hash[32];
		uint32_t member;
	} drawn[DRAW_MAX]; /* by hash, ascending */
};

/*
 * Begin to draw places members for the case id in its round, 1 or 2, by the
 * values that were revealed.  False when there is none.
 */
bool draw_begin(struct draw *d, const uint8_t id[static 32], uint32_t round,
	const struct lots *lots, uint32_t places);

/* Offer a member. */
void draw_offer(struct draw *d, uint32_t member, const uint8_t id[static 32]);

/* Write the numbers of those who were drawn, ascending; returns how many. */
uint32_t draw_end(const struct draw *d, uint32_t members[static DRAW_MAX]);

#endif
