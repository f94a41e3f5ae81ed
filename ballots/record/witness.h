#ifndef BALLOTS_RECORD_WITNESS_H
#define BALLOTS_RECORD_WITNESS_H

#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"
#include "ballots/record/checkpoint.h"
#include "ballots/record/note.h"
#include "ballots/record/tree.h"

/*
 * What a witness is asked (C2SP tlog-witness, add-checkpoint), and what it
 * must answer.  A request says how a checkpoint continues the last one that
 * the witness cosigned:
 *
 *     old <size, decimal>
 *     <hashes of the consistency proof, base64>
 *
 *     <the signed checkpoint>
 */
struct witness_request {
	uint64_t old_size;
	struct tree_proof proof;
	struct bytes checkpoint; /* a signed note */
};

/* Answers are statuses of HTTP. */
enum witness_status {
	WITNESS_OK = 200,          /* keep the checkpoint, then cosign it */
	WITNESS_BAD_REQUEST = 400, /* no checkpoint, or older than old */
	WITNESS_FORBIDDEN = 403,   /* no note that the log signed */
	WITNESS_UNKNOWN = 404,     /* another log */
	WITNESS_CONFLICT = 409,    /* old is not the last; answer its size */
	WITNESS_BAD_PROOF = 422,   /* it does not continue the last one */
};

void witness_print(const struct witness_request *request, struct writer *w);

/* *out borrows from text. */
enum verdict witness_parse(struct bytes text, struct witness_request *out);

/*
 * Judge a request about the log with the key log, whose name is its origin.
 * last is the head that was cosigned last; size 0 when there was none.  On
 * WITNESS_OK *out is what to keep and to cosign.
 */
enum witness_status witness_judge(const struct witness_request *request,
	const struct note_key *log, const struct tree_head *last,
	struct checkpoint *out);

#endif
