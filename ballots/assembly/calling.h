#ifndef BALLOTS_ASSEMBLY_CALLING_H
#define BALLOTS_ASSEMBLY_CALLING_H

#include <stdint.h>

#include "ballots/assembly/world.h"

/*
 * What the ledger itself puts to the members: ballots on agreements, surveys
 * after one was rejected (specs/agreements.md section 4), and elections for
 * offices without a holder (specs/proposals.md section 7).
 */

/* Open all that are due at now_s; asked after every record and timer. */
void calling_open(struct world *w, uint64_t now_s);

#endif
