#ifndef CLI_CONSEQUENCE_H
#define CLI_CONSEQUENCE_H

#include "ballots/record/effect.h"
#include "cli/desk.h"

/*
 * What an effect would do, in words for whoever is to vote on it.
 *
 * Returns 0, or -1 once it has complained.
 */
int consequence_put(
	struct desk *d, const struct effect *effect, struct writer *out);

#endif
