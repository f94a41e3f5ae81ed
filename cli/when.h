#ifndef CLI_WHEN_H
#define CLI_WHEN_H

#include <stdbool.h>

#include "ballots/base/writer.h"

/* Times and spans as people read them.  Times are unix seconds. */

/*
 * "2026-11-23 18:49:05 UTC (2026-11-23 19:49:05 here)"; without the bracket
 * where this machine lives in UTC.
 */
void when_put(struct writer *w, uint64_t at_s);

/* "6 days 3 hours", the two largest units; "no time" for 0. */
void when_put_span(struct writer *w, uint64_t span_s);

/* "2 hours ago", "in 6 days 3 hours" or "now", seen from now_s. */
void when_put_distance(struct writer *w, uint64_t at_s, uint64_t now_s);

/* Read "10d", "36h", "90m" or "20s"; false, *out untouched, for anything else.
 */
bool when_read_span(struct bytes text, uint64_t *out);

/*
 * Read a time: "2027-01-31" or "2027-01-31 18:30" in UTC, a span from now_s, or
 * unix seconds.  False, *out untouched, for anything else.
 */
bool when_read(struct bytes text, uint64_t now_s, uint64_t *out);

#endif
