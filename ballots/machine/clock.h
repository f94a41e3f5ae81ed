#ifndef BALLOTS_MACHINE_CLOCK_H
#define BALLOTS_MACHINE_CLOCK_H

#include <stdint.h>

#include "ballots/base/writer.h"

/*
 * The only place that asks the time.
 *
 * Wall time is what records carry: it may jump and go back.  Steady time is
 * for waits and rates: it never goes back and means nothing elsewhere.
 */

/* Seconds since 1970 UTC; 0 on a clock set before that. */
uint64_t clock_now_s(void);

/* Nanoseconds of steady time. */
uint64_t clock_steady_ns(void);

/* Sleep at least ms milliseconds. */
void clock_sleep_ms(uint32_t ms);

/* "2026-11-23 18:49:05" in UTC, or in the zone of this machine. */
void clock_put_utc(struct writer *w, uint64_t at_s);
void clock_put_local(struct writer *w, uint64_t at_s);

#endif
