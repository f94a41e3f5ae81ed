#ifndef BALLOTS_ASSEMBLY_MANDATE_TERMS_H
#define BALLOTS_ASSEMBLY_MANDATE_TERMS_H

#include <stdint.h>

#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"
#include "ballots/record/act.h"

/*
 * The terms of a mandate, as members vote on them (specs/mandates.md section
 * 1): what mandate.propose says, judged and noted down.
 */

#define MANDATE_TERMS_LIFE_S 157680000 /* a mandate's longest term: 5 years */

/* What a mandate empowers its delegates to do: bits of powers. */
enum mandate_terms_power {
	MANDATE_TERMS_CONSULT,
	MANDATE_TERMS_NEGOTIATE,
	MANDATE_TERMS_SIGN_TENTATIVE,
	MANDATE_TERMS_SIGN_UNDER_CEILING,
	MANDATE_TERMS_POWERS
};

/* Judge them, as they are proposed at now_s. */
enum verdict mandate_terms_check(
	const struct world *w, const struct act *a, uint64_t now_s);

/* Note terms that were judged in a mandate that is new. */
void mandate_terms_note(
	struct world_mandate *m, const struct world *w, const struct act *a);

#endif
