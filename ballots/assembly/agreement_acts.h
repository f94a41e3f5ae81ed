#ifndef BALLOTS_ASSEMBLY_AGREEMENT_ACTS_H
#define BALLOTS_ASSEMBLY_AGREEMENT_ACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/assembly/agreement_life.h"
#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"
#include "ballots/record/act.h"

/*
 * What acts say of an agreement: its terms, and what delegates, counterparty
 * and members file on it or on a breach of it (specs/agreements.md sections 1
 * and 3).
 *
 * Here facts are judged and noted down; whether a state allows the act, and
 * where it leads, is for agreement.h.
 */

/* Act a as member files it at now_s; by the counterparty: ROSTER_NONE. */
struct agreement_acts_filing {
	const struct world *w;
	const struct act *a;
	uint32_t member;
	uint64_t now_s;
};

/* Judge the terms of agreement.tentative. */
enum verdict agreement_acts_check_terms(const struct agreement_acts_filing *f);

/* Note them down in an agreement that is new, on mandate. */
void agreement_acts_note_terms(struct world_agreement *g, uint32_t mandate,
	const struct agreement_acts_filing *f);

/*
 * Judge what was filed on agreement g, or on breach b of it; b is NULL for
 * acts on the agreement itself.
 */
enum verdict agreement_acts_check(const struct world_agreement *g,
	const struct world_breach *b, const struct agreement_acts_filing *f);

/* Note down what was filed and judged; the world lends g and b. */
void agreement_acts_note(struct world *w, struct world_agreement *g,
	struct world_breach *b, const struct agreement_acts_filing *f);

/* True when needed delegates of its mandate are in list and acting. */
bool agreement_acts_enough(const struct world *w,
	const struct world_agreement *g, const struct world_list *list,
	uint64_t now_s);

/* The earliest open breach that enough endorse, or NULL. */
struct world_breach *agreement_acts_ripe(
	const struct world *w, const struct world_agreement *g);

/* The breach that waits for an answer, or NULL. */
struct world_breach *agreement_acts_alleged(
	const struct world *w, const struct world_agreement *g);

#endif
