#ifndef BALLOTS_RECORD_CAPSULE_H
#define BALLOTS_RECORD_CAPSULE_H

#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"
#include "ballots/record/scope.h"
#include "ballots/record/tree.h"

/*
 * A capsule: all that a stranger needs to see, without a network, that members
 * gave a delegate a mandate (specs/capsule.md).  One canonical object:
 *
 *     {"act": the act mandate.propose,
 *      "checkpoint": a signed note, with its cosignatures,
 *      "credential": the delegate's, with the stewards' proofs,
 *      "names"?: what counterparties and ceilings are called, each as text is,
 *      "presentation": instead of the credential, around it: shown by its
 *          holder to one who asked,
 *      "publish": a record of mandate.publish,
 *      "question": the document that the members answered,
 *      "result": the record of their answer,
 *      "status": a signed note (status.h),
 *      "text"?: {"lang": word, "salt": base64, "text": string},
 *      "type": "union-capsule/v1"}
 *
 * and a record, which stands under the checkpoint:
 *
 *     {"act": the act, "index": int, "proof": base64 of the hashes in a row,
 *      "signature": base64, "time": int}
 *
 * Acts, question and credential are canonical themselves, so they stand in it
 * as they were signed.  Here is only its outer form: capsule_check.h judges.
 */
#define CAPSULE_TYPE "union-capsule/v1"

/* A record, where it stands, and the way from there to the root. */
struct capsule_record {
	struct bytes act;
	uint64_t index, time_s;
	uint8_t sig[CRYPT_SIG];
	struct tree_proof proof;
};

/* A text that the act names, in one language. */
struct capsule_text {
	struct bytes lang;
	uint8_t salt[LIMIT_TEXT_SALT];
	struct bytes text; /* empty: none */
};

/* The parts; what is read lends from the document and from unescaped. */
struct capsule {
	struct bytes act, question;
	struct bytes credential;
	struct bytes presentation; /* around the credential; empty: none */
	struct bytes checkpoint, status; /* notes */
	struct capsule_record publish, result;
	struct capsule_text text;
	struct capsule_text names[SCOPE_PLACES]; /* in the order of places */
	size_t n_names;
	struct writer unescaped; /* of capsule_read(), for capsule_clear() */
};

/*
 * Read any bytes; *out borrows them, and is for capsule_clear() when OK.
 * TOO_LARGE, what jcs_check() says, and MALFORMED.
 */
enum verdict capsule_read(struct bytes doc, struct capsule *out);
void capsule_clear(struct capsule *c);

/*
 * Append the capsule of these parts, whatever they are: a verdict as that of
 * capsule_read(), and nothing appended, when they make none.
 */
enum verdict capsule_print(const struct capsule *c, struct writer *out);

/* Append the record as it stands in the ledger. */
void capsule_put_record(const struct capsule_record *r, struct writer *out);

#endif
