#include "ballots/record/credential.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/reader.h"
#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"
#include "ballots/record/utc.h"

#define CONTEXT_V2 BYTES("https://www.w3.org/ns/credentials/v2")
#define CONTEXT_TERMS                                                          \
	BYTES("https://www.w3.org/ns/credentials/undefined-terms/v2")
#define STATUS_ENTRY BYTES("BitstringStatusListEntry")
#define STATUS_BITS  ((uint64_t)LIMIT_STATUS_BYTES * 8)

/* Types of claims ***********************************************************/

static void
one_text(struct fields *f, const struct form_member *m)
{
	if (fields_string(f, m->name, (size_t)m->max).len < (size_t)m->min)
		fields_refuse(f);
}

static void
each_text(struct fields *f, const struct form_member *m)
{
	fields_list(f, m->name, (uint32_t)m->min, (uint32_t)m->max);
	while (fields_more(f))
		if (fields_string(f, NULL, LIMIT_CLAIM_BYTES).len == 0)
			fields_refuse(f);
	fields_end(f);
}

static uint64_t
take_utc(struct fields *f, const char *name)
{
	uint64_t at_s = 0;

	if (!utc_read(fields_string(f, name, UTC_CHARS), &at_s))
		fields_refuse(f);
	return at_s;
}

static void
one_utc(struct fields *f, const struct form_member *m)
{
	take_utc(f, m->name);
}

static void
walk_text(struct fields *f, const struct form_member *m, union form_value *out)
{
	form_span(f, m, one_text, out);
}

static void
walk_texts(struct fields *f, const struct form_member *m, union form_value *out)
{
	form_span(f, m, each_text, out);
}

static void
walk_utc(struct fields *f, const struct form_member *m, union form_value *out)
{
	form_span(f, m, one_utc, out);
}

static const struct form_type claim_text = {walk_text, form_print_raw};
static const struct form_type claim_texts = {walk_texts, form_print_raw};
static const struct form_type claim_utc = {walk_utc, form_print_raw};

/* The tables ****************************************************************/

static const struct form_member table[] = {
#define CREDENTIAL_ROW(code, name, type, min, max) {name, &type, min, max},
	CREDENTIAL_CLAIMS(CREDENTIAL_ROW)
#undef CREDENTIAL_ROW
};

static const char *const names[] = {
#define CREDENTIAL_NAME(code, name) name,
	CREDENTIAL_TYPES(CREDENTIAL_NAME)
#undef CREDENTIAL_NAME
};

static const char *const purposes[] = {
	[CREDENTIAL_REVOCATION] = "revocation",
	[CREDENTIAL_SUSPENSION] = "suspension",
};

#define HAS(code) FORM_BIT(CREDENTIAL_HAS_##code)

/* clang-format off */
static const struct {
	form_set required, optional;
} claims[CREDENTIAL_TYPE_COUNT] = {
	[CREDENTIAL_MEMBERSHIP] = {HAS(ID) | HAS(UNION),
		HAS(CHAPTER) | HAS(MEMBER) | HAS(TRADE)},
	[CREDENTIAL_LIVELIHOOD] = {HAS(ID) | HAS(TRADE),
		HAS(FROM) | HAS(SKILLS) | HAS(UNTIL) | HAS(WORK)},
	[CREDENTIAL_MANDATE] = {HAS(COUNTERPARTIES) | HAS(ID) | HAS(MANDATE) |
		HAS(NEEDED) | HAS(POWERS) | HAS(UNION), HAS(MEMBER)},
	[CREDENTIAL_GATEWAY] = {HAS(ACCEPTS) | HAS(GATEWAY) | HAS(ID) |
		HAS(UNION), 0},
	[CREDENTIAL_STATUS_LIST] = {HAS(ENCODED_LIST) | HAS(STATUS_PURPOSE) |
		HAS(KIND), 0},
};
/* clang-format on */

const char *
credential_type_name(enum credential_type type)
{
	assert(type < CREDENTIAL_TYPE_COUNT);
	return names[type];
}

const char *
credential_purpose_name(enum credential_purpose purpose)
{
	assert(purpose < CREDENTIAL_PURPOSE_COUNT);
	return purposes[purpose];
}

const char *
credential_claim_name(enum credential_claim claim)
{
	assert(claim < CREDENTIAL_CLAIM_COUNT);
	return table[claim].name;
}

enum credential_shape
credential_claim_shape(enum credential_claim claim)
{
	assert(claim < CREDENTIAL_CLAIM_COUNT);
	if (table[claim].type == &form_int)
		return CREDENTIAL_NUMBER;
	return table[claim].type == &form_words ||
			       table[claim].type == &claim_texts
		       ? CREDENTIAL_TEXTS
		       : CREDENTIAL_TEXT;
}

enum credential_type
credential_type_by_name(struct bytes name)
{
	int type = 0;

	while (type < CREDENTIAL_TYPE_COUNT &&
		!bytes_equal(name, bytes_of_string(names[type])))
		type++;
	return (enum credential_type)type;
}

form_set
credential_required(enum credential_type type)
{
	assert(type < CREDENTIAL_TYPE_COUNT);
	return claims[type].required;
}

form_set
credential_optional(enum credential_type type)
{
	assert(type < CREDENTIAL_TYPE_COUNT);
	return claims[type].optional;
}

bool
credential_has_status(
	const struct credential *c, enum credential_purpose purpose)
{
	return c->status[purpose].index < STATUS_BITS;
}

bool
credential_binds(const struct credential *c, struct bytes id)
{
	for (size_t i = 0; i < c->n_resources; i++)
		if (bytes_equal(c->resources[i].id, id))
			return true;
	return false;
}

void
credential_clear_status(struct credential *c)
{
	for (int i = 0; i < CREDENTIAL_PURPOSE_COUNT; i++)
		c->status[i] = (struct credential_status){.index = STATUS_BITS};
}

/* Reading *******************************************************************/

static void
must_be(struct fields *f, const char *name, struct bytes text)
{
	if (!bytes_equal(fields_string(f, name, text.len), text))
		fields_refuse(f);
}

static void
read_context(struct fields *f)
{
	fields_list(f, "@context", 1, LIMIT_CONTEXTS);
	must_be(f, NULL, CONTEXT_V2);
	while (fields_more(f))
		fields_string(f, NULL, LIMIT_CLAIM_BYTES);
	fields_end(f);
}

/* One entry, whose object was stepped into. */
static void
read_entry(struct fields *f, struct credential *out)
{
	struct credential_status s;
	struct bytes purpose;
	int i = 0;

	s.list = fields_string(f, "statusListCredential", LIMIT_CLAIM_BYTES);
	if (!reader_decimal(fields_word(f, "statusListIndex"), STATUS_BITS - 1,
		    &s.index))
		fields_refuse(f);
	purpose = fields_word(f, "statusPurpose");
	must_be(f, "type", STATUS_ENTRY);
	fields_end(f);
	while (i < CREDENTIAL_PURPOSE_COUNT &&
		!bytes_equal(purpose, bytes_of_string(purposes[i])))
		i++;
	if (i == CREDENTIAL_PURPOSE_COUNT ||
		credential_has_status(out, (enum credential_purpose)i))
		fields_refuse(f);
	else
		out->status[i] = s;
}

/* One entry, or a list with one for each purpose. */
static void
read_status(struct fields *f, struct credential *out)
{
	struct fields probe = *f;

	credential_clear_status(out);
	if (!fields_has(f, "credentialStatus"))
		return;
	if (!bytes_start_with(
		    fields_value(&probe, "credentialStatus"), BYTES("["))) {
		fields_object(f, "credentialStatus");
		read_entry(f, out);
		return;
	}
	fields_list(f, "credentialStatus", 1, CREDENTIAL_PURPOSE_COUNT);
	while (fields_more(f)) {
		fields_object(f, NULL);
		read_entry(f, out);
	}
	fields_end(f);
}

/* In front of a digest in a multihash: that it is a SHA-256, of 32 bytes. */
static const uint8_t sha256_mark[] = {0x12, CRYPT_HASH};
#define MULTIHASH (sizeof(sha256_mark) + CRYPT_HASH)

static bool
read_digest(struct bytes text, uint8_t out[static CRYPT_HASH])
{
	uint8_t hash[MULTIHASH];
	size_t len;

	if (!bytes_skip(&text, BYTES("u")) ||
		!coding_read_base64url_upto(text, hash, MULTIHASH, &len) ||
		len != MULTIHASH ||
		memcmp(hash, sha256_mark, sizeof(sha256_mark)) != 0)
		return false;
	memcpy(out, hash + sizeof(sha256_mark), CRYPT_HASH);
	return true;
}

static void
read_resources(struct fields *f, struct credential *out)
{
	struct credential_resource r;

	out->n_resources = 0;
	if (!fields_has(f, "relatedResource"))
		return;
	fields_list(f, "relatedResource", 1, LIMIT_RESOURCES);
	while (fields_more(f)) {
		fields_object(f, NULL);
		if (!read_digest(fields_string(f, "digestMultibase",
					 CREDENTIAL_DIGEST),
			    r.digest))
			fields_refuse(f);
		r.id = fields_string(f, "id", LIMIT_CLAIM_BYTES);
		fields_end(f);
		if (r.id.len == 0 || credential_binds(out, r.id))
			fields_refuse(f);
		out->resources[out->n_resources++] = r;
	}
	fields_end(f);
}

/* The type stands behind the claims that it tells how to read. */
static enum credential_type
find_type(struct bytes doc)
{
	struct fields f = fields_of_list(fields_find(doc, "type"), 2, 2);
	struct bytes name;

	must_be(&f, NULL, BYTES("VerifiableCredential"));
	name = fields_string(&f, NULL, LIMIT_CLAIM_BYTES);
	return fields_done(&f) ? credential_type_by_name(name)
			       : CREDENTIAL_TYPE_COUNT;
}

bool
credential_read_claims(struct bytes subject, struct credential *c)
{
	struct fields f = fields_of(subject);

	c->claims = form_walk(&f, table, CREDENTIAL_CLAIM_COUNT,
		claims[c->type].required, claims[c->type].optional, c->claim);
	return fields_done(&f);
}

static bool
read_members(struct bytes doc, struct credential *out)
{
	struct fields f = fields_of(doc);

	read_context(&f);
	read_status(&f, out);
	if (!credential_read_claims(fields_value(&f, "credentialSubject"), out))
		return false;
	out->id = (struct bytes){NULL, 0};
	if (fields_has(&f, "id"))
		out->id = fields_string(&f, "id", LIMIT_CLAIM_BYTES);
	fields_did(&f, "issuer", out->issuer);
	fields_value(&f, "proof");
	read_resources(&f, out);
	fields_value(&f, "type");
	out->valid_from_s = take_utc(&f, "validFrom");
	out->valid_until_s = take_utc(&f, "validUntil");
	return fields_done(&f) && out->valid_from_s <= out->valid_until_s;
}

enum verdict
credential_read(struct bytes doc, struct credential *out)
{
	struct credential c;
	enum verdict v;

	if (doc.len > LIMIT_CREDENTIAL_BYTES)
		return VERDICT_TOO_LARGE;
	v = jcs_check(doc);
	if (v != VERDICT_OK)
		return v;
	c.type = find_type(doc);
	if (c.type == CREDENTIAL_TYPE_COUNT)
		return VERDICT_UNKNOWN_KIND;
	if (!read_members(doc, &c))
		return VERDICT_MALFORMED;
	v = integrity_read(doc, c.proofs, &c.n_proofs);
	if (v != VERDICT_OK)
		return v;
	*out = c;
	return VERDICT_OK;
}

/* Printing ******************************************************************/

static void
print_utc(struct jcs_printer *p, const char *name, uint64_t at_s)
{
	struct writer text = {0};

	utc_put(&text, at_s);
	jcs_key(p, name);
	jcs_string(p, writer_view(&text));
	writer_clear(&text);
}

static void
print_quoted(struct jcs_printer *p, const char *name, struct bytes raw)
{
	struct writer text = {0};

	writer_put_u8(&text, '"');
	writer_put(&text, raw);
	writer_put_u8(&text, '"');
	jcs_key(p, name);
	jcs_raw(p, writer_view(&text));
	writer_clear(&text);
}

static void
print_entry(struct jcs_printer *p, const struct credential_status *s,
	const char *purpose)
{
	struct writer index = {0};

	writer_put_decimal(&index, s->index);
	jcs_begin_object(p);
	print_quoted(p, "statusListCredential", s->list);
	print_quoted(p, "statusListIndex", writer_view(&index));
	print_quoted(p, "statusPurpose", bytes_of_string(purpose));
	print_quoted(p, "type", STATUS_ENTRY);
	jcs_end_object(p);
	writer_clear(&index);
}

static void
print_status(struct jcs_printer *p, const struct credential *c)
{
	bool any = false;

	for (int i = 0; i < CREDENTIAL_PURPOSE_COUNT; i++) {
		if (!credential_has_status(c, (enum credential_purpose)i))
			continue;
		if (!any) {
			jcs_key(p, "credentialStatus");
			jcs_begin_array(p);
		}
		any = true;
		print_entry(p, &c->status[i], purposes[i]);
	}
	if (any)
		jcs_end_array(p);
}

void
credential_put_digest(
	struct writer *out, const uint8_t digest[static CRYPT_HASH])
{
	uint8_t hash[MULTIHASH];

	memcpy(hash, sha256_mark, sizeof(sha256_mark));
	memcpy(hash + sizeof(sha256_mark), digest, CRYPT_HASH);
	writer_put_u8(out, 'u');
	coding_put_base64url(out, bytes_of(hash, MULTIHASH));
}

void
credential_put_ni(struct writer *out, const uint8_t digest[static CRYPT_HASH])
{
	writer_put_string(out, "ni:///sha-256;");
	coding_put_base64url(out, bytes_of(digest, CRYPT_HASH));
}

static void
print_resources(struct jcs_printer *p, const struct credential *c)
{
	struct writer digest = {0};

	if (c->n_resources == 0)
		return;
	jcs_key(p, "relatedResource");
	jcs_begin_array(p);
	for (size_t i = 0; i < c->n_resources; i++) {
		writer_rewind(&digest);
		credential_put_digest(&digest, c->resources[i].digest);
		jcs_begin_object(p);
		print_quoted(p, "digestMultibase", writer_view(&digest));
		print_quoted(p, "id", c->resources[i].id);
		jcs_end_object(p);
	}
	jcs_end_array(p);
	writer_clear(&digest);
}

/* Words that no context explains are given one that says so. */
static void
print_context(struct jcs_printer *p, enum credential_type type)
{
	jcs_key(p, "@context");
	jcs_begin_array(p);
	jcs_string(p, CONTEXT_V2);
	if (type != CREDENTIAL_STATUS_LIST)
		jcs_string(p, CONTEXT_TERMS);
	jcs_end_array(p);
}

void
credential_print(const struct credential *c, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_object(&p);
	print_context(&p, c->type);
	print_status(&p, c);
	jcs_key(&p, "credentialSubject");
	jcs_begin_object(&p);
	form_print(&p, table, CREDENTIAL_CLAIM_COUNT, c->claims, c->claim);
	jcs_end_object(&p);
	if (c->id.len > 0)
		print_quoted(&p, "id", c->id);
	jcs_key(&p, "issuer");
	jcs_did(&p, c->issuer);
	print_resources(&p, c);
	jcs_key(&p, "type");
	jcs_begin_array(&p);
	jcs_string(&p, BYTES("VerifiableCredential"));
	jcs_string(&p, bytes_of_string(names[c->type]));
	jcs_end_array(&p);
	print_utc(&p, "validFrom", c->valid_from_s);
	print_utc(&p, "validUntil", c->valid_until_s);
	jcs_end_object(&p);
}
