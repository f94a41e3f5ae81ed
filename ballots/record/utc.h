#ifndef BALLOTS_RECORD_UTC_H
#define BALLOTS_RECORD_UTC_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/writer.h"

/*
 * Times as documents for strangers write them: RFC 3339 in UTC and whole
 * seconds, "2026-11-23T18:49:05Z", from 1970 to 9999.  A time has one text;
 * leap seconds have none.
 */
#define UTC_CHARS 20
#define UTC_MAX   253402300799 /* the last second of 9999 */

/* at_s is at most UTC_MAX. */
void utc_put(struct writer *w, uint64_t at_s);

/* False, and *at_s untouched, for any other text. */
bool utc_read(struct bytes text, uint64_t *at_s);

#endif
