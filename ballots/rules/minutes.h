#ifndef BALLOTS_RULES_MINUTES_H
#define BALLOTS_RULES_MINUTES_H

#include "ballots/base/writer.h"
#include "ballots/rules/question.h"
#include "ballots/rules/roster.h"
#include "ballots/rules/tally.h"

/*
 * The minutes of a count: the object that a result record holds
 * (specs/proposals.md section 5).
 */
void minutes_print(const struct tally *t, const struct question *q,
	const struct roster *roster, struct writer *out);

#endif
