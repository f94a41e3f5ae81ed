#ifndef CLI_VOUCHED_H
#define CLI_VOUCHED_H

#include "ballots/record/checks.h"
#include "ballots/record/credential.h"
#include "cli/output.h"

/*
 * A credential in words for people: what it says, whether or not it is proven.
 * doc is what c was read from.
 */
void vouched_tell(
	struct output *out, struct bytes doc, const struct credential *c);

/* What was not checked is said as plainly as what was: its status. */
void vouched_tell_unchecked(
	struct output *out, const struct checks *v, const struct credential *c);

#endif
