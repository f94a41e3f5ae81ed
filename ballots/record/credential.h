#ifndef BALLOTS_RECORD_CREDENTIAL_H
#define BALLOTS_RECORD_CREDENTIAL_H

#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"
#include "ballots/record/form.h"
#include "ballots/record/integrity.h"

/*
 * Credentials: what a union or a gateway says of the holder of a key, for
 * strangers (W3C Verifiable Credentials 2.0, specs/credentials.md):
 *
 *     {"@context": ["https://www.w3.org/ns/credentials/v2", ...],
 *      "credentialStatus"?, "credentialSubject": claims, "id"?,
 *      "issuer": did, "proof": see integrity.h, "relatedResource"?,
 *      "type": ["VerifiableCredential", one of the table],
 *      "validFrom": time, "validUntil": time}
 *
 * Each type has claims that it must have and claims that it may have, and no
 * others.
 */
/* clang-format off */
#define CREDENTIAL_TYPES(row) \
	row(MEMBERSHIP, "MembershipCredential") \
	row(LIVELIHOOD, "LivelihoodCredential") \
	row(MANDATE, "AdvocacyMandateCredential") \
	row(GATEWAY, "GatewayAcceptanceCredential") \
	row(STATUS_LIST, "BitstringStatusListCredential")

/* In the order of their names.  Texts and lists of texts are in UTF-8. */
#define CREDENTIAL_CLAIMS(row) \
	row(ACCEPTS, "accepts", form_words, 0, 16) \
	row(CHAPTER, "chapter", claim_text, 1, LIMIT_CLAIM_BYTES) \
	row(COUNTERPARTIES, "counterparties", claim_texts, 1, LIMIT_COUNTERPARTIES) \
	row(ENCODED_LIST, "encodedList", claim_text, 1, LIMIT_CREDENTIAL_BYTES) \
	row(FROM, "from", claim_utc, 0, 0) \
	row(GATEWAY, "gateway", form_id, 0, 0) \
	row(ID, "id", form_did, 0, 0) \
	row(MANDATE, "mandate", form_id, 0, 0) \
	row(MEMBER, "member", form_id, 0, 0) \
	row(NEEDED, "needed", form_int, 1, LIMIT_DELEGATES) \
	row(POWERS, "powers", form_words, 1, 16) \
	row(SKILLS, "skills", claim_texts, 1, 16) \
	row(STATUS_PURPOSE, "statusPurpose", form_word, 1, FORM_WORD) \
	row(TRADE, "trade", claim_text, 1, LIMIT_CLAIM_BYTES) \
	row(KIND, "type", form_word, 1, FORM_WORD) \
	row(UNION, "union", claim_text, 1, LIMIT_NAME_BYTES + 33) \
	row(UNTIL, "until", claim_utc, 0, 0) \
	row(WORK, "work", claim_text, 1, LIMIT_CLAIM_BYTES)
/* clang-format on */

enum credential_type {
#define CREDENTIAL_CODE(code, name) CREDENTIAL_##code,
	CREDENTIAL_TYPES(CREDENTIAL_CODE)
#undef CREDENTIAL_CODE
		CREDENTIAL_TYPE_COUNT
};

enum credential_claim {
#define CREDENTIAL_CODE(code, name, type, min, max) CREDENTIAL_HAS_##code,
	CREDENTIAL_CLAIMS(CREDENTIAL_CODE)
#undef CREDENTIAL_CODE
		CREDENTIAL_CLAIM_COUNT
};

enum credential_purpose {
	CREDENTIAL_REVOCATION,
	CREDENTIAL_SUSPENSION,
	CREDENTIAL_PURPOSE_COUNT
};

/* Where its bit stands, for each purpose at most one. */
struct credential_status {
	struct bytes list; /* the id of the status list's credential */
	uint64_t index;    /* LIMIT_STATUS_BYTES * 8 where there is none */
};

/* A text elsewhere that belongs to it: its address, and the SHA-256 of it. */
struct credential_resource {
	struct bytes id; /* without quotes */
	uint8_t digest[CRYPT_HASH];
};

/*
 * What is read of a credential; views borrow it.  Texts, lists and times stand
 * in claim as they are in the document, texts in their quotes.
 */
struct credential {
	enum credential_type type;
	struct bytes id; /* without quotes; empty where there is none */
	uint8_t issuer[CRYPT_KEY];
	uint64_t valid_from_s;
	uint64_t valid_until_s; /* the last second */
	form_set claims;
	union form_value claim[CREDENTIAL_CLAIM_COUNT];
	struct credential_status status[CREDENTIAL_PURPOSE_COUNT];
	size_t n_resources; /* each with another id */
	struct credential_resource resources[LIMIT_RESOURCES];
	size_t n_proofs;
	struct integrity_proof proofs[LIMIT_PROOFS];
};

const char *credential_type_name(enum credential_type type);
const char *credential_purpose_name(enum credential_purpose purpose);
const char *credential_claim_name(enum credential_claim claim);

/* What people give for a claim: one text, several, or a number. */
enum credential_shape { CREDENTIAL_TEXT, CREDENTIAL_TEXTS, CREDENTIAL_NUMBER };
enum credential_shape credential_claim_shape(enum credential_claim claim);

/* The type called name; CREDENTIAL_TYPE_COUNT when there is none. */
enum credential_type credential_type_by_name(struct bytes name);

/* The claims that a type must have, and those it may have. */
form_set credential_required(enum credential_type type);
form_set credential_optional(enum credential_type type);

/* True when a status is stated for purpose. */
bool credential_has_status(
	const struct credential *c, enum credential_purpose purpose);

/* What a credential without any status has in status[]. */
void credential_clear_status(struct credential *c);

/* True when it binds a text that is called so. */
bool credential_binds(const struct credential *c, struct bytes id);

/* Append the text that names a digest, in multibase and multihash: "uEiB...".
 */
#define CREDENTIAL_DIGEST 47 /* characters */
void credential_put_digest(
	struct writer *out, const uint8_t digest[static CRYPT_HASH]);

/* Append what a text is called that has no other address: its hash (RFC 6920).
 */
void credential_put_ni(
	struct writer *out, const uint8_t digest[static CRYPT_HASH]);

/*
 * Read any bytes.  TOO_LARGE, what jcs_check() and integrity_read() say,
 * UNKNOWN_KIND for another type, MALFORMED.  No signature is checked.
 */
enum verdict credential_read(struct bytes doc, struct credential *out);

/*
 * Read the claims of c->type from an object that passed jcs_check(), into
 * c->claims and c->claim.  False, and c spoilt, for other claims.
 */
bool credential_read_claims(struct bytes subject, struct credential *c);

/* Print c without a proof, for integrity_add(). */
void credential_print(const struct credential *c, struct writer *out);

#endif
