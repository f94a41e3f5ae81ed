#include "ballots/record/integrity.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/record/fields.h"
#include "ballots/record/utc.h"

#define SUITE      BYTES("eddsa-jcs-2022")
#define TYPE       BYTES("DataIntegrityProof")
#define HEAD       BYTES("{\"@context\":")
#define DID_PREFIX 8 /* "did:key:" */
#define METHOD     (CODING_DID + 1 + CODING_DID - DID_PREFIX)

static const char *const purposes[] = {
	[INTEGRITY_ASSERTION] = "assertionMethod",
	[INTEGRITY_AUTHENTICATION] = "authentication",
};

/* A document cut into what is hashed, and its proof. */
struct cut {
	struct bytes context; /* the list */
	struct bytes before;  /* other members up to where the proof stands */
	struct bytes proof;   /* empty where there is none */
	struct bytes after;   /* the rest, to the closing brace */
};

static struct bytes
between(const uint8_t *first, const uint8_t *end)
{
	return bytes_of(first, (size_t)(end - first));
}

/* False when doc does not begin with contexts. */
static bool
cut_document(struct bytes doc, struct cut *out)
{
	struct fields f = fields_of(doc);
	const uint8_t *begin, *place;

	if (!bytes_start_with(doc, HEAD))
		return false;
	*out = (struct cut){.context = fields_value(&f, "@context")};
	begin = place = f.at;
	while (fields_more(&f)) {
		struct bytes name = fields_next(&f);
		struct bytes value = fields_value(&f, NULL);
		int order = bytes_compare(name, BYTES("proof"));

		if (order == 0)
			out->proof = value;
		else if (order < 0)
			place = f.at;
	}
	out->before = between(begin, place);
	if (out->proof.len > 0)
		place = out->proof.data + out->proof.len;
	out->after = between(place, doc.data + doc.len);
	return fields_done(&f);
}

/* Reading *******************************************************************/

static struct bytes
read_context(struct fields *f)
{
	struct fields inside = *f;

	fields_list(&inside, "@context", 1, LIMIT_CONTEXTS);
	while (fields_more(&inside))
		fields_string(&inside, NULL, LIMIT_CLAIM_BYTES);
	fields_end(&inside);
	if (inside.bad)
		fields_refuse(f);
	return fields_value(f, "@context");
}

static void
must_be(struct fields *f, const char *name, struct bytes text)
{
	if (!bytes_equal(fields_string(f, name, text.len), text))
		fields_refuse(f);
}

static enum integrity_purpose
read_purpose(struct fields *f)
{
	struct bytes name = fields_word(f, "proofPurpose");
	int i = 0;

	while (i < INTEGRITY_PURPOSE_COUNT &&
		!bytes_equal(name, bytes_of_string(purposes[i])))
		i++;
	if (i == INTEGRITY_PURPOSE_COUNT)
		fields_refuse(f);
	return (enum integrity_purpose)i;
}

/* A did:key and behind # the same key again. */
static void
read_method(struct fields *f, uint8_t key[static CRYPT_KEY])
{
	struct bytes method = fields_string(f, "verificationMethod", METHOD);
	struct bytes did = bytes_slice(method, 0, CODING_DID);
	struct bytes again = bytes_slice(method, CODING_DID + 1, method.len);

	if (!coding_read_did(did, key) || method.data[CODING_DID] != '#' ||
		!bytes_equal(again, bytes_slice(did, DID_PREFIX, did.len)))
		fields_refuse(f);
}

static bool
read_proof(struct bytes object, struct integrity_proof *out)
{
	struct fields f = fields_of(object);
	struct bytes value;

	out->context = read_context(&f);
	out->challenge = out->domain = (struct bytes){NULL, 0};
	if (fields_has(&f, "challenge"))
		out->challenge = fields_string(&f, "challenge", LIMIT_NONCE);
	if (!utc_read(fields_string(&f, "created", UTC_CHARS), &out->created_s))
		fields_refuse(&f);
	must_be(&f, "cryptosuite", SUITE);
	if (fields_has(&f, "domain"))
		out->domain = fields_string(&f, "domain", LIMIT_NONCE);
	out->purpose = read_purpose(&f);
	value = fields_string(&f, "proofValue", 1 + CODING_BASE58(CRYPT_SIG));
	if (!bytes_skip(&value, BYTES("z")) ||
		!coding_read_base58(value, out->sig, CRYPT_SIG))
		fields_refuse(&f);
	must_be(&f, "type", TYPE);
	read_method(&f, out->key);
	return fields_done(&f);
}

/* Read one more proof. */
static enum verdict
take_proof(struct bytes object, struct integrity_proof *proofs, size_t *n)
{
	if (!read_proof(object, &proofs[*n]))
		return VERDICT_MALFORMED;
	for (size_t i = 0; i < *n; i++)
		if (memcmp(proofs[i].key, proofs[*n].key, CRYPT_KEY) == 0)
			return VERDICT_DUPLICATE;
	++*n;
	return VERDICT_OK;
}

static enum verdict
read_set(struct bytes list, struct integrity_proof *proofs, size_t *n)
{
	struct fields f = fields_of_list(list, 1, LIMIT_PROOFS);

	while (fields_more(&f)) {
		enum verdict v = take_proof(fields_value(&f, NULL), proofs, n);

		if (v != VERDICT_OK)
			return v;
	}
	return fields_done(&f) ? VERDICT_OK : VERDICT_MALFORMED;
}

enum verdict
integrity_read(
	struct bytes doc, struct integrity_proof out[LIMIT_PROOFS], size_t *n)
{
	struct fields f = fields_of(doc);
	struct cut c;

	*n = 0;
	read_context(&f);
	if (f.bad || !cut_document(doc, &c))
		return VERDICT_MALFORMED;
	return bytes_start_with(c.proof, BYTES("["))
		       ? read_set(c.proof, out, n)
		       : take_proof(c.proof, out, n);
}

/* Signing *******************************************************************/

static void
put_quoted(struct writer *w, struct bytes raw)
{
	writer_put_u8(w, '"');
	writer_put(w, raw);
	writer_put_u8(w, '"');
}

/* A member whose value stands ready, with a comma before it. */
static void
put_member(struct writer *w, const char *name, struct bytes raw)
{
	writer_put_u8(w, ',');
	put_quoted(w, bytes_of_string(name));
	writer_put_u8(w, ':');
	put_quoted(w, raw);
}

static void
put_method(struct writer *w, const uint8_t key[static CRYPT_KEY])
{
	struct writer did = {0}, method = {0};

	coding_put_did(&did, key);
	writer_put(&method, writer_view(&did));
	writer_put_u8(&method, '#');
	writer_put(
		&method, bytes_slice(writer_view(&did), DID_PREFIX, did.len));
	put_member(w, "verificationMethod", writer_view(&method));
	writer_clear(&did);
	writer_clear(&method);
}

/* The proof, with its value or as it is hashed. */
static void
put_proof(struct writer *w, const struct integrity_proof *proof, bool signature)
{
	struct writer text = {0};

	writer_put(w, HEAD);
	writer_put(w, proof->context);
	if (proof->challenge.len > 0)
		put_member(w, "challenge", proof->challenge);
	utc_put(&text, proof->created_s);
	put_member(w, "created", writer_view(&text));
	put_member(w, "cryptosuite", SUITE);
	if (proof->domain.len > 0)
		put_member(w, "domain", proof->domain);
	put_member(
		w, "proofPurpose", bytes_of_string(purposes[proof->purpose]));
	if (signature) {
		writer_rewind(&text);
		writer_put_u8(&text, 'z');
		coding_put_base58(&text, bytes_of(proof->sig, CRYPT_SIG));
		put_member(w, "proofValue", writer_view(&text));
	}
	put_member(w, "type", TYPE);
	writer_clear(&text);
	put_method(w, proof->key);
	writer_put_u8(w, '}');
}

/* Both hashes, for a document that was cut. */
static void
hash_both(const struct cut *c, const struct integrity_proof *proof,
	uint8_t out[static INTEGRITY_MESSAGE])
{
	const struct bytes document[] = {
		HEAD, proof->context, c->before, c->after};
	struct writer options = {0};

	put_proof(&options, proof, false);
	crypt_hash(writer_view(&options), out);
	crypt_hash_parts(document, 4, out + CRYPT_HASH);
	writer_clear(&options);
}

void
integrity_message(struct bytes doc, struct integrity_proof *proof,
	uint8_t out[static INTEGRITY_MESSAGE])
{
	struct cut c;
	bool ok = cut_document(doc, &c);

	assert(ok);
	proof->context = c.context;
	hash_both(&c, proof, out);
}

void
integrity_add(struct bytes doc, const struct integrity_proof *proof,
	struct writer *out)
{
	struct cut c;
	bool ok = cut_document(doc, &c);
	bool set;

	assert(ok);
	set = bytes_start_with(c.proof, BYTES("["));
	writer_put(out, HEAD);
	writer_put(out, c.context);
	writer_put(out, c.before);
	writer_put_string(out, ",\"proof\":");
	if (c.proof.len > 0) {
		writer_put_string(out, set ? "" : "[");
		writer_put(out, bytes_slice(c.proof, 0, c.proof.len - set));
		writer_put_u8(out, ',');
	}
	put_proof(out, proof, true);
	writer_put_string(out, c.proof.len > 0 ? "]" : "");
	writer_put(out, c.after);
}

/* Lists in canonical form: one begins with the other's elements. */
static bool
begins_with(struct bytes list, struct bytes first)
{
	struct bytes open = bytes_slice(first, 0, first.len - 1);

	return bytes_start_with(list, open) &&
	       (list.data[open.len] == ',' || list.data[open.len] == ']');
}

enum verdict
integrity_check(struct bytes doc, const struct integrity_proof *proof)
{
	uint8_t message[INTEGRITY_MESSAGE];
	struct cut c;

	if (!cut_document(doc, &c))
		return VERDICT_MALFORMED;
	if (!begins_with(c.context, proof->context))
		return VERDICT_BAD_PROOF;
	if (!crypt_key_ok(proof->key))
		return VERDICT_BAD_KEY;
	hash_both(&c, proof, message);
	if (!crypt_verify(proof->key, BYTES(""),
		    bytes_of(message, sizeof(message)), proof->sig))
		return VERDICT_BAD_SIGNATURE;
	return VERDICT_OK;
}
