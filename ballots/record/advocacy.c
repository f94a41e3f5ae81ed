#include "ballots/record/advocacy.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/record/credential.h"
#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"
#include "ballots/record/utc.h"

/* Whom it is for: their key, or the hash of what they are called. */
static void
put_counterparty(struct fields *f, struct jcs_printer *p)
{
	struct writer text = {0};
	uint8_t key[CRYPT_KEY], hash[CRYPT_HASH];
	bool named;

	fields_object(f, NULL);
	named = fields_has(f, "key");
	if (named) {
		fields_did(f, "key", key);
		coding_put_did(&text, key);
	}
	fields_list(f, "texts", 0, LIMIT_TEXTS);
	while (fields_more(f)) {
		fields_object(f, NULL);
		fields_base64(f, "hash", hash, CRYPT_HASH);
		fields_word(f, "lang");
		fields_end(f);
		if (text.len > 0)
			continue;
		writer_put_string(&text, "sha256:");
		coding_put_hex(&text, bytes_of(hash, CRYPT_HASH));
	}
	fields_end(f);
	fields_end(f);
	jcs_string(p, text.len > 0 ? writer_view(&text) : BYTES("unnamed"));
	writer_clear(&text);
}

static void
put_counterparties(struct bytes list, struct writer *out)
{
	struct fields f = fields_of_list(list, 1, LIMIT_COUNTERPARTIES);
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_array(&p);
	while (fields_more(&f))
		put_counterparty(&f, &p);
	jcs_end_array(&p);
}

/* Bind the texts of the mandate by the hashes that the ledger holds. */
static void
bind_texts(struct bytes list, struct credential *c,
	struct writer ids[static LIMIT_RESOURCES])
{
	struct fields f = fields_of_list(list, 0, LIMIT_TEXTS);

	while (fields_more(&f) && c->n_resources < LIMIT_RESOURCES) {
		struct credential_resource *r = &c->resources[c->n_resources];
		struct writer *id = &ids[c->n_resources];

		fields_object(&f, NULL);
		fields_base64(&f, "hash", r->digest, CRYPT_HASH);
		fields_word(&f, "lang");
		fields_end(&f);
		writer_rewind(id);
		credential_put_ni(id, r->digest);
		r->id = writer_view(id);
		c->n_resources += !credential_binds(c, r->id);
	}
}

static uint64_t
date_of(const struct act *a, enum act_member member)
{
	return (uint64_t)act_int(a, member);
}

bool
advocacy_print(const struct advocacy *a, struct writer *out)
{
	const struct act *m = a->mandate;
	struct credential c = {.type = CREDENTIAL_MANDATE,
		.claims = credential_required(CREDENTIAL_MANDATE) |
			  credential_optional(CREDENTIAL_MANDATE),
		.valid_from_s = date_of(a->publish, ACT_HAS_VALID_FROM),
		.valid_until_s = date_of(a->publish, ACT_HAS_VALID_UNTIL)};
	struct writer parties = {0}, origin = {0}, ids[LIMIT_RESOURCES] = {0};
	struct jcs_printer p = jcs_printer_of(&origin);

	if (!act_has(a->publish, ACT_HAS_ISSUER) || c.valid_from_s > UTC_MAX ||
		c.valid_until_s > UTC_MAX)
		return false;
	credential_clear_status(&c);
	put_counterparties(act_span(m, ACT_HAS_COUNTERPARTIES), &parties);
	jcs_string(&p, act_span(m, ACT_HAS_LOG));
	memcpy(c.issuer, act_hash(a->publish, ACT_HAS_ISSUER), CRYPT_KEY);
	c.claim[CREDENTIAL_HAS_COUNTERPARTIES].span = writer_view(&parties);
	memcpy(c.claim[CREDENTIAL_HAS_ID].hash, a->key, CRYPT_KEY);
	memcpy(c.claim[CREDENTIAL_HAS_MANDATE].hash, m->id, CRYPT_HASH);
	memcpy(c.claim[CREDENTIAL_HAS_MEMBER].hash, a->member, CRYPT_HASH);
	c.claim[CREDENTIAL_HAS_NEEDED].number = act_int(m, ACT_HAS_NEEDED);
	c.claim[CREDENTIAL_HAS_POWERS].span = act_span(m, ACT_HAS_POWERS);
	c.claim[CREDENTIAL_HAS_UNION].span = writer_view(&origin);
	bind_texts(act_span(m, ACT_HAS_TEXTS), &c, ids);
	credential_print(&c, out);
	for (int i = 0; i < LIMIT_RESOURCES; i++)
		writer_clear(&ids[i]);
	writer_clear(&parties);
	writer_clear(&origin);
	return true;
}

void
advocacy_message(struct bytes doc, const uint8_t steward[static CRYPT_KEY],
	uint64_t seq_s, struct integrity_proof *proof,
	uint8_t message[static INTEGRITY_MESSAGE])
{
	*proof = (struct integrity_proof){
		.created_s = seq_s, .purpose = INTEGRITY_ASSERTION};
	memcpy(proof->key, steward, CRYPT_KEY);
	integrity_message(doc, proof, message);
}

bool
advocacy_signature(const struct act *publish,
	const uint8_t key[static CRYPT_KEY], uint8_t sig[static CRYPT_SIG])
{
	uint8_t named[CRYPT_KEY], its[CRYPT_SIG];
	bool found = false;
	struct fields f;

	if (!act_has(publish, ACT_HAS_PROOFS))
		return false;
	f = fields_of_list(
		act_span(publish, ACT_HAS_PROOFS), 0, LIMIT_DELEGATES);
	while (fields_more(&f)) {
		fields_object(&f, NULL);
		fields_did(&f, "key", named);
		fields_base64(&f, "signature", its, CRYPT_SIG);
		fields_end(&f);
		if (found || f.bad || memcmp(named, key, CRYPT_KEY) != 0)
			continue;
		memcpy(sig, its, CRYPT_SIG);
		found = true;
	}
	return found;
}

bool
advocacy_add(struct writer *doc, const struct act *publish,
	const uint8_t steward[static CRYPT_KEY],
	const uint8_t key[static CRYPT_KEY])
{
	uint64_t seq_s = date_of(publish, ACT_HAS_SEQ);
	uint8_t message[INTEGRITY_MESSAGE];
	struct integrity_proof proof;
	struct writer with = {0};

	if (seq_s > UTC_MAX)
		return false;
	advocacy_message(writer_view(doc), steward, seq_s, &proof, message);
	if (!advocacy_signature(publish, key, proof.sig) ||
		!crypt_verify(steward, BYTES(""),
			bytes_of(message, sizeof(message)), proof.sig))
		return false;
	integrity_add(writer_view(doc), &proof, &with);
	writer_clear(doc);
	*doc = with;
	return true;
}
