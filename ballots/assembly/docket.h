#ifndef BALLOTS_ASSEMBLY_DOCKET_H
#define BALLOTS_ASSEMBLY_DOCKET_H

#include <stdint.h>

#include "ballots/assembly/world.h"
#include "ballots/record/jcs.h"

/*
 * Cases, measures and recoveries one by one, each as the object that the state
 * document has for it (specs/ledger.md section 9).  Numbers are those of the
 * world.
 */
void docket_case(const struct world *w, uint32_t number, struct jcs_printer *p);
void docket_measure(
	const struct world *w, uint32_t number, struct jcs_printer *p);
void docket_recovery(
	const struct world *w, uint32_t number, struct jcs_printer *p);

#endif
