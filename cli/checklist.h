#ifndef CLI_CHECKLIST_H
#define CLI_CHECKLIST_H

#include "ballots/record/checks.h"
#include "cli/output.h"

/*
 * What was checked and what came of it: a line with yes or no for each check,
 * and for programs {name: {"reason", "yes"}, ...}, which is the caller's.
 */
struct json_t *checklist_tell(struct output *out,
	const struct checks_table *table, const struct checks *c);

/* The answer, and for programs member "answer". */
void checklist_answer(struct output *out, enum checks_answer answer);

#endif
