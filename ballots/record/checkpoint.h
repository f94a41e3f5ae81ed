#ifndef BALLOTS_RECORD_CHECKPOINT_H
#define BALLOTS_RECORD_CHECKPOINT_H

#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"
#include "ballots/record/note.h"
#include "ballots/record/tree.h"

/*
 * Checkpoints (C2SP tlog-checkpoint): the head of a ledger as the text of a
 * signed note, three lines and no more:
 *
 *     <origin>
 *     <size, decimal>
 *     <root, base64>
 *
 * A ledger's key has the origin for its name.  A witness cosigns with a key
 * of its own: note_sign() over the text, with the time.  A size is at most
 * 2^63 - 1.  That a size of 0 has the root of the empty tree is left to those
 * who compare heads: a signed one that has not is proof of a fault.
 */
struct checkpoint {
	struct bytes origin; /* borrows the note */
	struct tree_head head;
};

/* What two checkpoints say of each other, the first one's view. */
enum checkpoint_order {
	CHECKPOINT_SAME,
	CHECKPOINT_AHEAD,  /* it is larger; only a proof can show more */
	CHECKPOINT_BEHIND, /* it is smaller */
	CHECKPOINT_FORK,   /* one size and two roots: proof of two histories */
	CHECKPOINT_OTHER,  /* another ledger */
};

/* The text alone. */
void checkpoint_print(
	struct bytes origin, const struct tree_head *head, struct writer *w);
enum verdict checkpoint_parse(struct bytes text, struct checkpoint *out);

/* A whole note: the checkpoint of the ledger that key is named for. */
void checkpoint_sign(const struct tree_head *head, const struct note_key *key,
	const uint8_t secret[static CRYPT_SECRET], struct writer *w);

/*
 * Open a checkpoint that at least one of keys must have signed; verdicts as
 * in note_open().  Who signed is in *note.  To ask for the ledger's own
 * signature and for witnesses, use policy_open().
 */
enum verdict checkpoint_open(struct bytes in, const struct note_key *keys,
	size_t n_keys, struct note *note, struct checkpoint *out);

enum checkpoint_order checkpoint_compare(
	const struct checkpoint *a, const struct checkpoint *b);

#endif
