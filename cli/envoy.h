#ifndef CLI_ENVOY_H
#define CLI_ENVOY_H

#include "ballots/record/capsule_check.h"
#include "cli/output.h"

/*
 * What a stranger is told of a delegate who comes with a capsule: the answer,
 * what the mandate allows and how it stands, each check, and its text.
 */

/*
 * Check a file that is one, or frames of one; lines go to out.  The JSON value,
 * a row of what was checked, is the caller's.
 */
struct json_t *envoy_check(struct output *out,
	const struct capsule_check_with *with, struct bytes file,
	enum checks_answer *answer);

/* True for a file that means to be either; canonical is what exchange.h makes
 * of it. */
bool envoy_is(struct bytes file, struct bytes canonical);

#endif
