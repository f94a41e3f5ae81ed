#ifndef BALLOTS_RECORD_STATUS_H
#define BALLOTS_RECORD_STATUS_H

#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"
#include "ballots/record/note.h"
#include "ballots/record/policy.h"
#include "ballots/record/tree.h"

/*
 * How a mandate stands, as the ledger states it: the text of a note that the
 * ledger's key signs.
 *
 *     union-status/v1
 *     <origin>
 *     <mandate id, hex>
 *     <state>
 *     <unix seconds>
 *     <size, decimal>
 *     <root, base64>
 *     delegate <did>     for each delegate who acts, in the mandate's order
 *     steward <did>      for each steward in office, in order of admission
 *
 * Keys are those in force.  Whoever replays the ledger to size finds the same,
 * or holds proof of a false statement.
 */
#define STATUS_HEADER   "union-status/v1\n"
#define STATUS_WORD     32 /* characters of a state */
#define STATUS_STEWARDS 99 /* seats of an office */

struct status {
	struct bytes origin; /* borrowed */
	uint8_t mandate[CRYPT_HASH];
	struct bytes state; /* borrowed; such as NEGOTIATING */
	uint64_t at_s;      /* when it was stated */
	struct tree_head head;
	size_t n_delegates, n_stewards;
	uint8_t delegates[LIMIT_DELEGATES][CRYPT_KEY];
	uint8_t stewards[STATUS_STEWARDS][CRYPT_KEY];
};

/* What a state means for who meets the delegates. */
enum status_standing {
	STATUS_NONE,      /* not in force yet, or no state of a mandate */
	STATUS_LIVE,      /* in force */
	STATUS_SUSPENDED, /* for a time */
	STATUS_OVER,      /* for good */
};

/* The text alone, which ends with a newline. */
void status_print(const struct status *s, struct writer *w);

/* MALFORMED for any other text.  *out borrows it. */
enum verdict status_parse(struct bytes text, struct status *out);

/*
 * Open the note: signed by a log of p that has the origin for its name.
 * UNKNOWN_SIGNER when it is not; else as note_open() and status_parse().
 */
enum verdict status_open(
	const struct policy *p, struct bytes in, struct status *out);

enum status_standing status_standing(struct bytes state);

#endif
