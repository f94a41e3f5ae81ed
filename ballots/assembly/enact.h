#ifndef BALLOTS_ASSEMBLY_ENACT_H
#define BALLOTS_ASSEMBLY_ENACT_H

#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"
#include "ballots/record/effect.h"

/*
 * What a passed proposal does: its effects, one function for each kind
 * (specs/acts.md section 2).
 *
 * They are judged twice: when they are proposed, so that nothing impossible
 * comes to a vote, and when they come into force, since the world moved on.
 */

/* Judge the effects of one option, as they are proposed at now_s. */
enum verdict enact_may_propose(const struct world *w,
	const struct charter_class *class, struct bytes effects,
	uint64_t now_s);

/* Do what option k of p says; keeps a verdict for each of its effects. */
void enact_option(
	struct world *w, struct world_proposal *p, uint32_t k, uint64_t now_s);

/* Seat who won an election. */
void enact_seat(struct world *w, struct world_proposal *p, uint32_t k,
	enum charter_office office, uint32_t member, uint64_t now_s);

/* What an option costs: the sum of what it would spend; 0: too much. */
uint64_t enact_cost(struct bytes effects);

/* True when an option amends the amendment rules. */
bool enact_entrenched(const struct world *w, struct bytes effects);

/* How many chapters, topics and gateways the options would open. */
uint32_t enact_openings(struct bytes options);

/* The largest share of voters that recalls among the effects ask for. */
struct ratio enact_recall_share(const struct world *w, struct bytes effects);

#endif
