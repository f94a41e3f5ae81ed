#ifndef BALLOTS_ASSEMBLY_VOTING_H
#define BALLOTS_ASSEMBLY_VOTING_H

#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"

/*
 * What is done about open questions: ballots, and auditors' lots
 * (specs/proposals.md sections 3 and 8).  As in people.h, judging changes
 * nothing and applying cannot fail.
 */
bool voting_knows(enum act_kind kind);
enum verdict voting_judge(const struct world *w, const struct act *a,
	uint32_t member, uint64_t now_s);
void voting_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s);

#endif
