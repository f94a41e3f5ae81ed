#include "ballots/record/capsule.h"

#include <string.h>

#include "ballots/base/utf8.h"
#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"
#include "ballots/record/presentation.h"
#include "ballots/record/stamp.h"

#define PROOF_BYTES (TREE_TEXT_MAX * CRYPT_HASH)

/* Reading *******************************************************************/

static void
read_record(struct fields *f, const char *name, struct capsule_record *out)
{
	uint8_t *hashes = out->proof.hash[0];
	size_t len;

	fields_object(f, name);
	out->act = fields_value(f, "act");
	out->index = (uint64_t)fields_int(f, "index", 0, LIMIT_JSON_INT);
	len = fields_blob(f, "proof", hashes, PROOF_BYTES);
	out->proof.n = len / CRYPT_HASH;
	if (len % CRYPT_HASH != 0 || out->act.len > LIMIT_ACT_BYTES)
		fields_refuse(f);
	fields_base64(f, "signature", out->sig, CRYPT_SIG);
	out->time_s = (uint64_t)fields_int(f, "time", 0, LIMIT_JSON_INT);
	fields_end(f);
}

static void
read_text(struct fields *f, const char *name, size_t max_bytes,
	struct capsule_text *out)
{
	fields_object(f, name);
	out->lang = fields_word(f, "lang");
	fields_base64(f, "salt", out->salt, LIMIT_TEXT_SALT);
	out->text = fields_string(f, "text", max_bytes);
	fields_end(f);
	if (out->text.len == 0)
		fields_refuse(f);
}

static void
read_names(struct fields *f, struct capsule *out)
{
	if (!fields_has(f, "names"))
		return;
	fields_list(f, "names", 1, SCOPE_PLACES);
	while (fields_more(f))
		read_text(f, NULL, LIMIT_CAPSULE_NAME,
			&out->names[out->n_names++]);
	fields_end(f);
}

static bool
read_members(struct bytes doc, struct capsule *out)
{
	struct fields f = fields_of(doc);

	out->act = fields_value(&f, "act");
	out->checkpoint = fields_string(&f, "checkpoint", LIMIT_CAPSULE_BYTES);
	out->presentation = BYTES("");
	if (fields_has(&f, "credential"))
		out->credential = fields_value(&f, "credential");
	read_names(&f, out);
	if (out->credential.len == 0)
		out->presentation = fields_value(&f, "presentation");
	read_record(&f, "publish", &out->publish);
	out->question = fields_value(&f, "question");
	read_record(&f, "result", &out->result);
	out->status = fields_string(&f, "status", LIMIT_CAPSULE_BYTES);
	if (fields_has(&f, "text"))
		read_text(&f, "text", LIMIT_CAPSULE_BYTES, &out->text);
	if (!bytes_equal(fields_word(&f, "type"), BYTES(CAPSULE_TYPE)))
		fields_refuse(&f);
	return fields_done(&f);
}

/* What the strings say stands in one place, which the views lend from. */
static void
unescape(struct capsule *c)
{
	struct bytes *strings[3 + SCOPE_PLACES] = {
		&c->checkpoint, &c->status, &c->text.text};
	size_t at[4 + SCOPE_PLACES] = {0};
	size_t n = 3;

	for (size_t i = 0; i < c->n_names; i++)
		strings[n++] = &c->names[i].text;
	for (size_t i = 0; i < n; i++) {
		jcs_unescape(*strings[i], &c->unescaped);
		at[i + 1] = c->unescaped.len;
	}
	for (size_t i = 0; i < n; i++)
		*strings[i] = bytes_slice(
			writer_view(&c->unescaped), at[i], at[i + 1] - at[i]);
}

enum verdict
capsule_read(struct bytes doc, struct capsule *out)
{
	struct presentation shown;
	struct capsule c = {.unescaped = {0}};
	enum verdict v;

	if (doc.len > LIMIT_CAPSULE_BYTES)
		return VERDICT_TOO_LARGE;
	v = jcs_check(doc);
	if (v != VERDICT_OK)
		return v;
	if (!read_members(doc, &c))
		return VERDICT_MALFORMED;
	if (c.presentation.len > 0) {
		v = presentation_open(c.presentation, &shown);
		if (v != VERDICT_OK)
			return v;
		c.credential = shown.credential;
	}
	unescape(&c);
	*out = c;
	return VERDICT_OK;
}

void
capsule_clear(struct capsule *c)
{
	writer_clear(&c->unescaped);
}

void
capsule_put_record(const struct capsule_record *r, struct writer *out)
{
	struct stamp s = {.time_s = r->time_s, .act = r->act};

	memcpy(s.sig, r->sig, CRYPT_SIG);
	stamp_encode(&s, out);
}

/* Printing ******************************************************************/

static void
put_raw(struct jcs_printer *p, const char *name, struct bytes value)
{
	jcs_key(p, name);
	jcs_raw(p, value);
}

static void
put_string(struct jcs_printer *p, const char *name, struct bytes text)
{
	jcs_key(p, name);
	jcs_string(p, text);
}

static void
put_base64(
	struct jcs_printer *p, const char *name, const void *data, size_t len)
{
	jcs_key(p, name);
	jcs_base64(p, bytes_of(data, len));
}

static void
put_record(
	struct jcs_printer *p, const char *name, const struct capsule_record *r)
{
	jcs_key(p, name);
	jcs_begin_object(p);
	put_raw(p, "act", r->act);
	jcs_key(p, "index");
	jcs_int(p, (int64_t)r->index);
	put_base64(p, "proof", r->proof.hash, r->proof.n * CRYPT_HASH);
	put_base64(p, "signature", r->sig, CRYPT_SIG);
	jcs_key(p, "time");
	jcs_int(p, (int64_t)r->time_s);
	jcs_end_object(p);
}

static void
put_text(struct jcs_printer *p, const struct capsule_text *t)
{
	jcs_begin_object(p);
	put_string(p, "lang", t->lang);
	put_base64(p, "salt", t->salt, LIMIT_TEXT_SALT);
	put_string(p, "text", t->text);
	jcs_end_object(p);
}

static void
put_names(struct jcs_printer *p, const struct capsule *c)
{
	if (c->n_names == 0)
		return;
	jcs_key(p, "names");
	jcs_begin_array(p);
	for (size_t i = 0; i < c->n_names; i++)
		put_text(p, &c->names[i]);
	jcs_end_array(p);
}

static void
put_members(const struct capsule *c, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_object(&p);
	put_raw(&p, "act", c->act);
	put_string(&p, "checkpoint", c->checkpoint);
	if (c->presentation.len == 0)
		put_raw(&p, "credential", c->credential);
	put_names(&p, c);
	if (c->presentation.len > 0)
		put_raw(&p, "presentation", c->presentation);
	put_record(&p, "publish", &c->publish);
	put_raw(&p, "question", c->question);
	put_record(&p, "result", &c->result);
	put_string(&p, "status", c->status);
	if (c->text.text.len > 0) {
		jcs_key(&p, "text");
		put_text(&p, &c->text);
	}
	put_string(&p, "type", BYTES(CAPSULE_TYPE));
	jcs_end_object(&p);
}

static bool
record_fits(const struct capsule_record *r)
{
	return r->index <= LIMIT_JSON_INT && r->time_s <= LIMIT_JSON_INT &&
	       r->proof.n <= TREE_TEXT_MAX;
}

static bool
texts_fit(const struct capsule_text *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (utf8_check(texts[i].lang) != VERDICT_OK ||
			utf8_check(texts[i].text) != VERDICT_OK)
			return false;
	return true;
}

/* What the printer would take for our own mistake. */
static bool
parts_fit(const struct capsule *c)
{
	return record_fits(&c->publish) && record_fits(&c->result) &&
	       utf8_check(c->checkpoint) == VERDICT_OK &&
	       utf8_check(c->status) == VERDICT_OK &&
	       c->n_names <= SCOPE_PLACES && texts_fit(&c->text, 1) &&
	       texts_fit(c->names, c->n_names);
}

enum verdict
capsule_print(const struct capsule *c, struct writer *out)
{
	struct writer doc = {0};
	struct capsule again;
	enum verdict v;

	if (!parts_fit(c))
		return VERDICT_MALFORMED;
	put_members(c, &doc);
	v = capsule_read(writer_view(&doc), &again);
	if (v == VERDICT_OK) {
		writer_put(out, writer_view(&doc));
		capsule_clear(&again);
	}
	writer_clear(&doc);
	return v;
}
