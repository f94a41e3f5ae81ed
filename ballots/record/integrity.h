#ifndef BALLOTS_RECORD_INTEGRITY_H
#define BALLOTS_RECORD_INTEGRITY_H

#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"

/*
 * Signatures inside a document: W3C Data Integrity 1.0 with the cryptosuite
 * eddsa-jcs-2022, keys as did:key.
 *
 * A document is an object whose first member is "@context", a list of 1 to
 * LIMIT_CONTEXTS words.  Its member "proof" is one proof, or a list of them
 * (a proof set), each by another key over the same document:
 *
 *     {"@context": the document's, or the first ones of it,
 *      "challenge"?, "created": time, "cryptosuite": "eddsa-jcs-2022",
 *      "domain"?, "proofPurpose", "proofValue": "z" and base58 of 64 bytes,
 *      "type": "DataIntegrityProof", "verificationMethod": "DID#KEY"}
 *
 * What is signed are 64 bytes: the SHA-256 of the proof without its
 * proofValue, then that of the document without its proof and with the proof's
 * contexts.  As documents are canonical, each form is cut and joined from bytes
 * that are there.
 */
#define INTEGRITY_MESSAGE (2 * CRYPT_HASH)

enum integrity_purpose {
	INTEGRITY_ASSERTION,      /* what an issuer says */
	INTEGRITY_AUTHENTICATION, /* a holder, to whom asked */
	INTEGRITY_PURPOSE_COUNT
};

/* Views borrow the document. */
struct integrity_proof {
	struct bytes context;   /* the list, as it stands */
	struct bytes challenge; /* as they stand, without quotes; */
	struct bytes domain;    /* empty where there is none */
	uint64_t created_s;
	enum integrity_purpose purpose;
	uint8_t key[CRYPT_KEY];
	uint8_t sig[CRYPT_SIG];
};

/*
 * Read the proofs of a document that passed jcs_check(); *n is at least 1.
 * MALFORMED when document or proof are not as above; DUPLICATE when one key
 * signed twice.  No signature is checked.
 */
enum verdict integrity_read(
	struct bytes doc, struct integrity_proof out[LIMIT_PROOFS], size_t *n);

/*
 * Check one proof of doc.  BAD_PROOF when the document's contexts do not begin
 * with those of the proof; BAD_KEY; BAD_SIGNATURE.
 */
enum verdict integrity_check(
	struct bytes doc, const struct integrity_proof *proof);

/*
 * Sign: fill in a proof but for sig, sign what integrity_message() says with
 * no purpose line, and append doc with the proof behind those it has.
 * doc is canonical and begins with its contexts; proof->context is set to them.
 */
void integrity_message(struct bytes doc, struct integrity_proof *proof,
	uint8_t out[static INTEGRITY_MESSAGE]);
void integrity_add(struct bytes doc, const struct integrity_proof *proof,
	struct writer *out);

#endif
