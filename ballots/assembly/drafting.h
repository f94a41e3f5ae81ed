#ifndef BALLOTS_ASSEMBLY_DRAFTING_H
#define BALLOTS_ASSEMBLY_DRAFTING_H

#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"

/*
 * What members do about proposals: open, amend, support, withdraw and hold
 * them, and stand for election (specs/proposals.md sections 2 and 7).
 *
 * As in people.h, judging changes nothing and applying cannot fail.
 */
bool drafting_knows(enum act_kind kind);
enum verdict drafting_judge(const struct world *w, const struct act *a,
	uint32_t member, uint64_t now_s);
void drafting_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s);

#endif
