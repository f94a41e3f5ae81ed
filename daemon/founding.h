#ifndef DAEMON_FOUNDING_H
#define DAEMON_FOUNDING_H

#include "ballots/base/verdict.h"
#include "daemon/config.h"

/*
 * The beginning of a ledger: record 0, from a founding file.
 *
 * union found makes that file, for its owner alone.  It is one JSON object:
 *
 *     act   union.found, in base64
 *     sig   its signature, in base64
 *     seed  of the key that the act gives the ledger, 32 bytes in base64
 */

/*
 * Begin the ledger in c->directory, which is made where it is missing, and
 * take the founding file away, since the seed is kept there now.  Returns 0;
 * or -1, having told why the machine cannot, or set *verdict to why the file
 * will not do.
 */
int founding_run(
	const struct config *c, const char *path, enum verdict *verdict);

#endif
