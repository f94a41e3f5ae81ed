#ifndef DAEMON_TESTIMONY_H
#define DAEMON_TESTIMONY_H

#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"
#include "ballots/record/note.h"
#include "ballots/record/tree.h"

/*
 * What the ledger's key states beside its records: the texts of notes, which
 * anybody can hold against the records up to the size they name.
 */

/* An act was refused (specs/protocol.md section 3): append the text. */
#define TESTIMONY_REFUSAL "union-refusal/v1\n"
void testimony_refusal(const struct note_key *key, const uint8_t act[static 32],
	enum verdict v, uint64_t size, uint64_t now_s, struct writer *text);

/*
 * How a mandate stands at at_s, by the records up to head: append the text of
 * status.h.  False, and nothing appended, when there is no such mandate.
 */
bool testimony_status(const struct world *w, const uint8_t mandate[static 32],
	const struct tree_head *head, uint64_t at_s, struct writer *text);

#endif
