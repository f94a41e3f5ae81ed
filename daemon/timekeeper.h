#ifndef DAEMON_TIMEKEEPER_H
#define DAEMON_TIMEKEEPER_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What time it is for the union.
 *
 * A union goes by the clock of the machine, which is held against steady time:
 * a clock that jumps ahead would close votes for good.  A clock that goes back
 * does no harm, since records keep the time of the last one.
 *
 * A rehearsal starts at the later of the clock and its last record, is moved by
 * hand, and goes on with steady time.
 */
#define TIMEKEEPER_LEAP_S 3600 /* what nobody lets pass unasked */

struct timekeeper {
	bool rehearsal;
	uint64_t base_s;  /* the time at base_ns */
	uint64_t base_ns; /* of steady time */
};

/* Begin, when the last record was made at last_s. */
struct timekeeper timekeeper_of(uint64_t last_s, bool rehearsal);

/*
 * The time now.  Returns 0, or -1 once it has told that the clock leapt ahead.
 */
int timekeeper_ask(struct timekeeper *t, uint64_t *now_s);

/* Rehearsals: it is to_s now. */
void timekeeper_move(struct timekeeper *t, uint64_t to_s);

#endif
