#ifndef BALLOTS_COUNT_METHODS_H
#define BALLOTS_COUNT_METHODS_H

#include <stddef.h>

#include "ballots/base/bytes.h"
#include "ballots/count/method.h"

/* Every method, by name; specs/methods.md explains the same ones. */

/* The method called name, or NULL. */
const struct method *methods_find(struct bytes name);

/* Method number i, counted from 0, or NULL past the last one. */
const struct method *methods_at(size_t i);

/*
 * Count p by m under rules.  With a default option, those that fail against
 * it (threshold.h) are dropped first, unless the method decides by itself; the
 * default contends with the rest for one seat, but for no more.
 *
 * *out is a zeroed result, the caller's to clear whatever the verdict.
 * VERDICT_OVERFLOW: see method.h.  VERDICT_TOO_LARGE: more options than the
 * method takes.
 */
enum verdict methods_count(const struct method *m,
	const struct method_rules *rules, const struct profile *p,
	struct result *out);

#endif
