#ifndef BALLOTS_RULES_MARKS_H
#define BALLOTS_RULES_MARKS_H

#include <stdint.h>

#include "ballots/base/verdict.h"
#include "ballots/count/method.h"

/*
 * The marks of a ballot as members sign them (specs/acts.md section 2), and
 * as the methods of counting take them (profile.h).
 */

/* How many marks a ballot has for n options, the status quo among them. */
uint32_t marks_count(const struct method *m, uint32_t n_options);

/* OK, or INVALID_BALLOT when n marks do not fit the method and its scale. */
enum verdict marks_check(const struct method *m, int32_t low, int32_t high,
	const int16_t *marks, uint32_t n);

/* Translate n marks for the method. */
void marks_translate(const struct method *m, int32_t low, const int16_t *marks,
	uint32_t n, uint16_t *out);

/*
 * What a ballot says of option i against the status quo: more than 0 when it
 * prefers the option, less than 0 when it prefers the status quo.
 */
int marks_prefer(const struct method *m, const int16_t *marks, uint32_t i);

#endif
