#ifndef BALLOTS_ASSEMBLY_MINUTES_H
#define BALLOTS_ASSEMBLY_MINUTES_H

#include "ballots/assembly/question.h"
#include "ballots/assembly/roster.h"
#include "ballots/assembly/tally.h"
#include "ballots/base/writer.h"

/*
 * The minutes of a count: the object that a result record holds
 * (specs/proposals.md section 5).
 */
void minutes_print(const struct tally *t, const struct question *q,
	const struct roster *roster, struct writer *out);

#endif
