#ifndef BALLOTS_RECORD_CAPSULE_CHECK_H
#define BALLOTS_RECORD_CAPSULE_CHECK_H

#include <stdbool.h>

#include "ballots/base/bytes.h"
#include "ballots/record/capsule_judge.h"
#include "ballots/record/capsule_parts.h"
#include "ballots/record/checks.h"

/*
 * Everything that a stranger checks of a capsule, without a network: the rows
 * of capsule_judge.h, and one answer.
 */

/* What came of it; large: keep it in memory from mem_new(). */
struct capsule_check {
	struct checks checks;
	bool read; /* form said yes, and parts stand */
	struct capsule_parts parts;
};

const struct checks_table *capsule_check_table(void);

/*
 * Check any bytes, which *out borrows; for capsule_check_clear().  A check is
 * only made where those it needs said yes, text, names and showing only
 * where it is there or asked for.
 */
void capsule_check_run(struct bytes doc, const struct capsule_check_with *with,
	struct capsule_check *out);
void capsule_check_clear(struct capsule_check *c);

enum checks_answer capsule_check_answer(const struct capsule_check *c);

#endif
