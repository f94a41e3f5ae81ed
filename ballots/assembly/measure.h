#ifndef BALLOTS_ASSEMBLY_MEASURE_H
#define BALLOTS_ASSEMBLY_MEASURE_H

#include "ballots/assembly/panel.h"
#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"
#include "ballots/record/act.h"

/*
 * Suspension by officers: what two stewards may do at once, for a short time,
 * and what a panel makes of it (specs/cases.md section 5).
 *
 * As in people.h, judging changes nothing and applying cannot fail.
 */
bool measure_knows(enum act_kind kind);
enum verdict measure_judge(const struct world *w, const struct act *a,
	uint32_t member, uint64_t now_s);
void measure_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s);

/* What a panel decided about one; see ruling.c. */
void measure_ruling(struct world *w, const struct world_case *c,
	enum panel_news news, uint64_t at_s);

/* True when it led to a case, or still can at now_s. */
bool measure_stands(const struct world_measure *m, uint64_t now_s);

#endif
