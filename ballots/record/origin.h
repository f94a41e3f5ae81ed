#ifndef BALLOTS_RECORD_ORIGIN_H
#define BALLOTS_RECORD_ORIGIN_H

#include <stdbool.h>

#include "ballots/base/bytes.h"

/*
 * A ledger's origin begins with its union's name, and that of a practice union,
 * and of no other, with this.
 */
#define ORIGIN_REHEARSAL "rehearsal."

/* True for the origin, or the name, of a practice union. */
bool origin_is_rehearsal(struct bytes origin);

#endif
