#ifndef TESTS_LIB_STORY_H
#define TESTS_LIB_STORY_H

#include <stdbool.h>

#include "ballots/base/writer.h"

/*
 * Scenarios: the rules told line by line, in a town of its own.  The language
 * is laid down in tests/scenario/README.md.
 */
struct story;

struct story *story_new(void);
void story_free(struct story *s);

/*
 * Play one line, which is changed on the way.  False when it did not go as
 * the line says; what happened instead is then in *complaint.
 */
bool story_line(struct story *s, char *line, struct writer *complaint);

/* The end: all records are replayed and must lead to the same state. */
bool story_end(struct story *s, struct writer *complaint);

/* What happened: all records as town_put_records() has them, and the state. */
void story_records(
	const struct story *s, struct writer *records, struct writer *state);

#endif
