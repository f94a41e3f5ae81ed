#ifndef BALLOTS_RECORD_CHECKS_H
#define BALLOTS_RECORD_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

#include "ballots/base/verdict.h"

/*
 * A list of checks that a stranger makes: each has its own yes or no, and all
 * of them together give one answer.
 */

/* From good to bad: of several, the last one is the answer. */
/* clang-format off */
#define CHECKS_ANSWERS(row) \
	row(VALID, "VALID") \
	row(STALE, "VALID BUT STALE") \
	row(SUSPENDED, "SUSPENDED") \
	row(REVOKED, "REVOKED") \
	row(NOT_PROVEN, "NOT PROVEN")
/* clang-format on */

enum checks_answer {
#define CHECKS_CODE(code, name) CHECKS_##code,
	CHECKS_ANSWERS(CHECKS_CODE)
#undef CHECKS_CODE
};

/* A check: its name for programs, what its yes and its no mean, and the answer
 * that a no leads to. */
struct checks_row {
	const char *name, *yes, *no;
	enum checks_answer answer;
};

struct checks_table {
	const struct checks_row *rows;
	int n; /* at most CHECKS_MAX */
};

/* Of what was checked, by row: nothing at first, so zero it. */
#define CHECKS_MAX 32
struct checks {
	bool made[CHECKS_MAX];
	enum verdict verdict[CHECKS_MAX];
};

const char *checks_answer_name(enum checks_answer answer);

/* Note what a check gave, unless it gave a no before; true for a yes. */
bool checks_note(struct checks *c, int check, enum verdict verdict);

/* True for a check that was made and gave a yes. */
bool checks_yes(const struct checks *c, int check);

/* The worst that a no leads to; VALID where there is none. */
enum checks_answer checks_worst(
	const struct checks *c, const struct checks_table *t);

#endif
