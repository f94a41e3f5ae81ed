#ifndef BALLOTS_ASSEMBLY_FOUNDATION_H
#define BALLOTS_ASSEMBLY_FOUNDATION_H

#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"
#include "ballots/record/act.h"

/*
 * The founding act: who founds the union, under which name, key and charter
 * (specs/ledger.md section 3).
 */

/*
 * Judge union.found, and lay the first stone at now_s.  What does not stand
 * leaves the world without founders.
 */
enum verdict foundation_lay(
	struct world *w, const struct act *a, uint64_t now_s);

#endif
