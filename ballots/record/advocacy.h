#ifndef BALLOTS_RECORD_ADVOCACY_H
#define BALLOTS_RECORD_ADVOCACY_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/writer.h"
#include "ballots/record/act.h"
#include "ballots/record/integrity.h"

/*
 * The AdvocacyMandateCredential of a delegate (specs/capsule.md section 2).
 *
 * What it says follows from the ledger alone: the terms are those of
 * mandate.propose, issuer and dates those of mandate.publish.  So each steward
 * works it out, signs it and puts nothing but the signature into the act of
 * publishing, and whoever has these acts can put the whole together again.
 */
struct advocacy {
	const struct act *mandate;  /* mandate.propose, decoded */
	const struct act *publish;  /* one of those to issue; not NULL */
	uint8_t member[CRYPT_HASH]; /* the delegate's id */
	uint8_t key[CRYPT_KEY];     /* the delegate's key in force */
};

/*
 * Append the credential without a proof.  publish needs no more than the
 * members issuer, valid_from and valid_until.  False, and nothing appended,
 * when a date has no text (utc.h) or publish names no issuer.
 */
bool advocacy_print(const struct advocacy *a, struct writer *out);

/*
 * What a steward with this key signs, as it stands, with no purpose line, for
 * the credential doc: fills in *proof but for its sig.  seq_s is the seq of the
 * steward's act of publishing.
 */
void advocacy_message(struct bytes doc, const uint8_t steward[static CRYPT_KEY],
	uint64_t seq_s, struct integrity_proof *proof,
	uint8_t message[static INTEGRITY_MESSAGE]);

/*
 * The signature for the credential of this key in an act of publishing; false
 * when it holds none.
 */
bool advocacy_signature(const struct act *publish,
	const uint8_t key[static CRYPT_KEY], uint8_t sig[static CRYPT_SIG]);

/*
 * Put the proof of one act of publishing, by the steward with this key, on
 * *doc, behind those it has.  False, and *doc untouched, when the act holds no
 * signature for the credential of key, or one that is not good.
 */
bool advocacy_add(struct writer *doc, const struct act *publish,
	const uint8_t steward[static CRYPT_KEY],
	const uint8_t key[static CRYPT_KEY]);

#endif
