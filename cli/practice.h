#ifndef CLI_PRACTICE_H
#define CLI_PRACTICE_H

#include "ballots/record/checks.h"
#include "ballots/record/credential.h"
#include "cli/output.h"

/*
 * What comes of a practice union must never be taken for a real one's: wherever
 * an answer is given about it, this stands below.
 */

/* True, and a line, where the origin is a rehearsal's. */
bool practice_tell(struct output *out, struct bytes origin);

/* The origin that a credential names; empty where it names none. */
struct bytes practice_origin(const struct credential *c);

/*
 * Where something is too early by the clock of here, say that a rehearsal's
 * clock is moved by hand.
 */
void practice_tell_clock(struct output *out, const struct checks_table *table,
	const struct checks *c);

#endif
