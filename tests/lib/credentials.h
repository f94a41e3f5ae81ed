#ifndef TESTS_LIB_CREDENTIALS_H
#define TESTS_LIB_CREDENTIALS_H

#include <string.h>

#include "ballots/record/credential.h"
#include "ballots/record/presentation.h"

/*
 * Credentials of people whose keys grow from their names, so that every run
 * signs the same bytes.
 */
#define CREDENTIALS_FROM 1767225600 /* 2026-01-01 */
#define CREDENTIALS_TO   1798761599 /* the last second of 2026 */
#define CREDENTIALS_NOW  1780000000

struct person {
	uint8_t key[CRYPT_KEY];
	uint8_t secret[CRYPT_SECRET];
};

static inline struct person
person_named(const char *name)
{
	uint8_t seed[CRYPT_SEED];
	struct person p;

	crypt_hash(bytes_of_string(name), seed);
	crypt_pair(seed, p.key, p.secret);
	return p;
}

/* Put a proof by who on the document in *doc, behind those it has. */
static inline void
credentials_sign(struct writer *doc, const struct person *who,
	struct integrity_proof *proof)
{
	uint8_t message[INTEGRITY_MESSAGE];
	struct writer out = {0};

	memcpy(proof->key, who->key, CRYPT_KEY);
	integrity_message(writer_view(doc), proof, message);
	crypt_sign(who->secret, BYTES(""), bytes_of(message, sizeof(message)),
		proof->sig);
	integrity_add(writer_view(doc), proof, &out);
	writer_clear(doc);
	*doc = out;
}

static inline void
credentials_assert(struct writer *doc, const struct person *who)
{
	struct integrity_proof proof = {
		.created_s = CREDENTIALS_FROM + 3661,
		.purpose = INTEGRITY_ASSERTION,
	};

	credentials_sign(doc, who, &proof);
}

/* A credential of this type by issuer for holder, with every claim. */
static inline struct credential
credentials_make(enum credential_type type, const struct person *issuer,
	const struct person *holder)
{
	static const char *const texts[CREDENTIAL_CLAIM_COUNT] = {
		[CREDENTIAL_HAS_ACCEPTS] = "[\"MembershipCredential\"]",
		[CREDENTIAL_HAS_CHAPTER] = "\"Rider\\\"s of T\u00fcbingen\"",
		[CREDENTIAL_HAS_COUNTERPARTIES] =
			"[\"Ministry of "
			"Labour\",\"\u0648\u0632\u0627\u0631\u0629\"]",
		[CREDENTIAL_HAS_ENCODED_LIST] =
			"\"uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAA"
			"AAAAAIC3AYbSVKsAQAAA\"",
		[CREDENTIAL_HAS_FROM] = "\"2024-02-29T08:00:00Z\"",
		[CREDENTIAL_HAS_POWERS] = "[\"consult\",\"negotiate\"]",
		[CREDENTIAL_HAS_SKILLS] = "[\"welding\",\"\u7535\u710a\"]",
		[CREDENTIAL_HAS_STATUS_PURPOSE] = "revocation",
		[CREDENTIAL_HAS_TRADE] = "\"welder\"",
		[CREDENTIAL_HAS_KIND] = "BitstringStatusList",
		[CREDENTIAL_HAS_UNION] =
			"\"migrants.example/00112233445566778899aabbccddeeff\"",
		[CREDENTIAL_HAS_UNTIL] = "\"2025-08-31T17:00:00Z\"",
		[CREDENTIAL_HAS_WORK] = "\"hulls, dock 4\"",
	};
	struct credential c = {
		.type = type,
		.valid_from_s = CREDENTIALS_FROM,
		.valid_until_s = CREDENTIALS_TO,
		.claims = credential_required(type) | credential_optional(type),
	};

	credential_clear_status(&c);
	memcpy(c.issuer, issuer->key, CRYPT_KEY);
	for (int i = 0; i < CREDENTIAL_CLAIM_COUNT; i++)
		if (texts[i] != NULL)
			c.claim[i].span = bytes_of_string(texts[i]);
		else
			memset(c.claim[i].hash, 0x5a, CRYPT_HASH);
	c.claim[CREDENTIAL_HAS_NEEDED].number = 2;
	memcpy(c.claim[CREDENTIAL_HAS_ID].hash, holder->key, CRYPT_KEY);
	return c;
}

/* The same with a status in list at index, printed and signed. */
static inline void
credentials_issue(enum credential_type type, const struct person *issuer,
	const struct person *holder, const char *list, uint64_t index,
	struct writer *doc)
{
	struct credential c = credentials_make(type, issuer, holder);

	if (list != NULL)
		c.status[CREDENTIAL_REVOCATION] = (struct credential_status){
			bytes_of_string(list), index};
	credential_print(&c, doc);
	credentials_assert(doc, issuer);
}

/* Replace what stands in doc once. */
static inline void
credentials_swap(
	struct bytes doc, const char *old, const char *new, struct writer *out)
{
	struct bytes rest = doc;

	while (!bytes_start_with(rest, bytes_of_string(old))) {
		assert_true(rest.len > 0);
		rest = bytes_slice(rest, 1, rest.len);
	}
	writer_put(out, bytes_slice(doc, 0, doc.len - rest.len));
	writer_put_string(out, new);
	writer_put(out, bytes_slice(rest, strlen(old), rest.len));
}

#endif
