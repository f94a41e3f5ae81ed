#include "ballots/record/presentation.h"

#include <string.h>

#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"

#define CONTEXT BYTES("https://www.w3.org/ns/credentials/v2")
#define TYPE    BYTES("VerifiablePresentation")

/* A list that holds one text, and that text. */
static void
must_hold(struct fields *f, const char *name, struct bytes text)
{
	fields_list(f, name, 1, 1);
	if (!bytes_equal(fields_string(f, NULL, text.len), text))
		fields_refuse(f);
	fields_end(f);
}

/* The presentation inside an answer. */
static bool
unwrap(struct bytes doc, struct bytes *id, struct bytes *document)
{
	struct fields f = fields_of(doc);

	fields_map(&f, "vp_token", 1, 1);
	*id = fields_next(&f);
	fields_list(&f, NULL, 1, 1);
	*document = fields_value(&f, NULL);
	fields_end(&f);
	fields_end(&f);
	return fields_done(&f);
}

static bool
read_members(struct presentation *out)
{
	struct fields f = fields_of(out->document);

	must_hold(&f, "@context", CONTEXT);
	fields_did(&f, "holder", out->holder);
	fields_value(&f, "proof");
	must_hold(&f, "type", TYPE);
	fields_list(&f, "verifiableCredential", 1, 1);
	out->credential = fields_value(&f, NULL);
	fields_end(&f);
	return fields_done(&f);
}

enum verdict
presentation_open(struct bytes document, struct presentation *out)
{
	struct integrity_proof proofs[LIMIT_PROOFS];
	struct presentation p = {.document = document};
	enum verdict v;
	size_t n;

	if (!read_members(&p))
		return VERDICT_MALFORMED;
	v = integrity_read(document, proofs, &n);
	if (v != VERDICT_OK)
		return v;
	if (n != 1)
		return VERDICT_MALFORMED;
	p.proof = proofs[0];
	*out = p;
	return VERDICT_OK;
}

enum verdict
presentation_read(struct bytes doc, struct presentation *out)
{
	struct bytes id, document;
	enum verdict v;

	if (doc.len > LIMIT_ANSWER_BYTES)
		return VERDICT_TOO_LARGE;
	v = jcs_check(doc);
	if (v != VERDICT_OK)
		return v;
	if (!unwrap(doc, &id, &document))
		return VERDICT_MALFORMED;
	v = presentation_open(document, out);
	if (v == VERDICT_OK)
		out->id = id;
	return v;
}

void
presentation_begin(const struct query *q, struct bytes credential,
	const uint8_t holder[static CRYPT_KEY], uint64_t now_s,
	struct integrity_proof *proof, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_object(&p);
	jcs_key(&p, "@context");
	jcs_begin_array(&p);
	jcs_string(&p, CONTEXT);
	jcs_end_array(&p);
	jcs_key(&p, "holder");
	jcs_did(&p, holder);
	jcs_key(&p, "type");
	jcs_begin_array(&p);
	jcs_string(&p, TYPE);
	jcs_end_array(&p);
	jcs_key(&p, "verifiableCredential");
	jcs_begin_array(&p);
	jcs_raw(&p, credential);
	jcs_end_array(&p);
	jcs_end_object(&p);
	*proof = (struct integrity_proof){
		.challenge = q->nonce,
		.domain = q->client_id,
		.created_s = now_s,
		.purpose = INTEGRITY_AUTHENTICATION,
	};
	memcpy(proof->key, holder, CRYPT_KEY);
}

void
presentation_end(const struct query *q, struct bytes unsigned_document,
	const struct integrity_proof *proof, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);
	struct writer document = {0};

	integrity_add(unsigned_document, proof, &document);
	jcs_begin_object(&p);
	jcs_key(&p, "vp_token");
	jcs_begin_object(&p);
	jcs_key_bytes(&p, q->id);
	jcs_begin_array(&p);
	jcs_raw(&p, writer_view(&document));
	jcs_end_array(&p);
	jcs_end_object(&p);
	jcs_end_object(&p);
	writer_clear(&document);
}
