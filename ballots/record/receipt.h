#ifndef BALLOTS_RECORD_RECEIPT_H
#define BALLOTS_RECORD_RECEIPT_H

#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"
#include "ballots/record/checkpoint.h"
#include "ballots/record/policy.h"
#include "ballots/record/tree.h"

/*
 * Receipts (C2SP tlog-proof): proof that a record is in the ledger, in a file
 * of its own that needs nothing but the record and the keys.
 *
 *     c2sp.org/tlog-proof@v1
 *     extra <base64>                  may be left out
 *     index <decimal>
 *     <hashes, base64, the leaf's sibling first>
 *
 *     <the signed checkpoint>
 *
 * Nothing vouches for the extra line.
 */

struct receipt {
	struct bytes extra; /* in base64; empty when there is none */
	uint64_t index;     /* of the record, from 0 */
	struct tree_proof proof;
	struct bytes checkpoint; /* a signed note */
};

void receipt_print(const struct receipt *r, struct writer *w);

/* Read a receipt and check nothing.  *out borrows from text. */
enum verdict receipt_parse(struct bytes text, struct receipt *out);

/*
 * Check that r shows entry to be in a ledger that p believes.  *out is the
 * checkpoint that it is in.  BAD_PROOF when the hashes do not lead from
 * the entry to the root; else as policy_open().
 */
enum verdict receipt_check(const struct receipt *r, struct bytes entry,
	const struct policy *p, struct checkpoint *out);

#endif
