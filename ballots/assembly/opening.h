#ifndef BALLOTS_ASSEMBLY_OPENING_H
#define BALLOTS_ASSEMBLY_OPENING_H

#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"

/*
 * How proposals come into the world: opened by members on the union, or as
 * rivals of one that is discussed, or by the ledger (specs/proposals.md
 * sections 1 and 2).
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

/*
 * How many supporters p needs with the options that it has, of those who could
 * vote now: never fewer than before.
 */
uint32_t opening_needed(
	const struct world *w, const struct world_proposal *p, uint64_t now_s);

/* What the ledger itself opens, in discussion at once. */
struct opening_call {
	uint8_t id[32];
	const struct charter_class *class;
	const char *method;
	uint32_t seats;
	uint32_t chapter; /* IDMAP_NONE: none */
	struct bytes options;
};

struct world_proposal *opening_by_ledger(
	struct world *w, const struct opening_call *call, uint64_t now_s);

#endif
