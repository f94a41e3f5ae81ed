#ifndef BALLOTS_ASSEMBLY_PEOPLE_H
#define BALLOTS_ASSEMBLY_PEOPLE_H

#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"

/*
 * Coming, staying and going: joining, renewal, keys, chapters, offices and
 * grants (specs/acts.md section 4, specs/proposals.md section 6).
 *
 * Each act has a judging half, which changes nothing, and an applying half,
 * which cannot fail.  member is the author's number, ROSTER_NONE for an
 * applicant.
 */
enum verdict people_judge(const struct world *w, const struct act *a,
	uint32_t member, uint64_t now_s);
void people_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s);

/* True for the kinds that these two know. */
bool people_knows(enum act_kind kind);

/*
 * What id names as the scope of a grant: the union, a chapter, a topic or a
 * proposal; CLOCKS_NOTHING when it is none of these.
 */
struct clocks_subject people_scope(
	const struct world *w, const uint8_t id[static 32]);

#endif
