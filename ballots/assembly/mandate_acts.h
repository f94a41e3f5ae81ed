#ifndef BALLOTS_ASSEMBLY_MANDATE_ACTS_H
#define BALLOTS_ASSEMBLY_MANDATE_ACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"
#include "ballots/record/act.h"

/*
 * What acts say of a mandate: what delegates, stewards and members file on it
 * (specs/mandates.md section 3).
 *
 * Here facts are judged and noted down; whether a state allows the act, and
 * where it leads, is for mandate.h.
 */

/* Act a as member files it at now_s. */
struct mandate_acts_filing {
	const struct world *w;
	const struct act *a;
	uint32_t member;
	uint64_t now_s;
};

/* Judge what was filed on mandate m. */
enum verdict mandate_acts_check(
	const struct world_mandate *m, const struct mandate_acts_filing *f);

/* Note down what was filed and judged. */
void mandate_acts_note(
	struct world_mandate *m, const struct mandate_acts_filing *f);

/*
 * A delegate who accepted and is a member in good standing, renewed or not,
 * whose key is not being recovered.
 */
bool mandate_acts_acting(
	const struct world *w, const struct world_delegate *d, uint64_t now_s);

/* True when member is a delegate of m who is acting. */
bool mandate_acts_acts(const struct world *w, const struct world_mandate *m,
	uint32_t member, uint64_t now_s);

/* The place of member among the delegates, or UINT32_MAX. */
uint32_t mandate_acts_place(const struct world_mandate *m, uint32_t member);

/* Take the delegate at place off the list. */
void mandate_acts_drop(struct world_mandate *m, uint32_t place);

/* True when a seal is past its date and not opened. */
bool mandate_acts_seal_late(const struct world_mandate *m, uint64_t now_s);

/*
 * Judge list, ids as JSON: UNKNOWN_MEMBER; NOT_A_MEMBER for one who is not in
 * good standing and no delegate of m, which may be NULL; BAD_TERMS when there
 * are fewer than needed.
 */
enum verdict mandate_acts_check_list(const struct world *w,
	const struct world_mandate *m, struct bytes list, uint64_t needed,
	uint64_t now_s);

/* Read a list of ids of members, each once; returns how many. */
uint32_t mandate_acts_read_list(const struct world *w, struct bytes list,
	uint32_t members[static LIMIT_DELEGATES]);

#endif
