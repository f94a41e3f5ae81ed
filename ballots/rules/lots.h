#ifndef BALLOTS_RULES_LOTS_H
#define BALLOTS_RULES_LOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"

/*
 * The auditors' parts in a lot: each commits to a secret value while nobody
 * can know what it will decide, and reveals it afterwards (specs/proposals.md
 * section 8, specs/cases.md section 3).  A zeroed struct lots is empty.
 */
struct lots_part {
	uint32_t member;
	uint8_t hash[32]; /* committed to */
	bool revealed;
	uint8_t value[32];
};

struct lots {
	struct lots_part *at; /* in the order of the auditors' admission */
	uint32_t n;
	size_t cap;
};

void lots_clear(struct lots *l);

/* DUPLICATE when the member has a part already. */
enum verdict lots_may_commit(const struct lots *l, uint32_t member);
void lots_commit(
	struct lots *l, uint32_t member, const uint8_t hash[static 32]);

/* NOT_ALLOWED without a part, DUPLICATE, or BAD_COMMITMENT. */
enum verdict lots_may_reveal(
	const struct lots *l, uint32_t member, const uint8_t value[static 32]);
void lots_reveal(
	struct lots *l, uint32_t member, const uint8_t value[static 32]);

/* Append the values revealed, in their order; false when there is none. */
bool lots_put(const struct lots *l, struct writer *out);

#endif
