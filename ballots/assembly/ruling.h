#ifndef BALLOTS_ASSEMBLY_RULING_H
#define BALLOTS_ASSEMBLY_RULING_H

#include "ballots/assembly/world.h"
#include "ballots/rules/tally.h"

/*
 * What a case decides is carried out by the room of its subject
 * (specs/cases.md section 1): a table from kinds of cases to what they do.
 */

/* The timer of case number is due. */
void ruling_fire(
	struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s);

/* The result of a panel's question, which the caller retires. */
void ruling_result(struct world *w, struct question *q, const struct tally *t,
	uint64_t now_s);

#endif
