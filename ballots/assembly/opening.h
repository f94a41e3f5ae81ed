#ifndef BALLOTS_ASSEMBLY_OPENING_H
#define BALLOTS_ASSEMBLY_OPENING_H

#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"

/*
 * How proposals come into the world: opened by members on the union, or as
 * rivals of one that is discussed, or called by the ledger as an election
 * (specs/proposals.md sections 1, 2 and 7).
 */

/* proposal.open and mandate.propose. */
enum verdict opening_judge(const struct world *w, const struct act *a,
	uint32_t member, uint64_t now_s);
void opening_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s);

/*
 * Judge the list of options of a new text in a contest: of p, or where that is
 * NULL of a rival to be.
 */
enum verdict opening_options(const struct world *w,
	const struct world_contest *c, const struct world_proposal *p,
	struct bytes options, uint64_t now_s);

/* Move p to discussion when it has supporters enough. */
void opening_sponsored(
	struct world *w, struct world_proposal *p, uint64_t now_s);

/* Call an election for an office. */
void opening_election(
	struct world *w, enum charter_office office, uint64_t now_s);

#endif
