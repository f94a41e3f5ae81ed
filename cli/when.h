#ifndef CLI_WHEN_H
#define CLI_WHEN_H

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

#endif
