#include "ballots/record/form.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/limits.h"
#include "ballots/record/text.h"

form_set
form_walk(struct fields *f, const struct form_member *table, size_t n,
	form_set required, form_set optional, union form_value *values)
{
	form_set present = required;

	for (size_t i = 0; i < n; i++) {
		if ((optional & FORM_BIT(i)) != 0 &&
			fields_has(f, table[i].name))
			present |= FORM_BIT(i);
		if ((present & FORM_BIT(i)) != 0)
			table[i].type->walk(f, &table[i], &values[i]);
	}
	return present;
}

void
form_print(struct jcs_printer *p, const struct form_member *table, size_t n,
	form_set present, const union form_value *values)
{
	for (size_t i = 0; i < n; i++)
		if ((present & FORM_BIT(i)) != 0) {
			jcs_key(p, table[i].name);
			table[i].type->print(p, &values[i]);
		}
}

/* Types of one value ********************************************************/

static void
walk_author(
	struct fields *f, const struct form_member *m, union form_value *out)
{
	struct bytes text = fields_string(f, m->name, CODING_HEX_32);

	memset(out->hash, 0, sizeof(out->hash));
	if (bytes_equal(text, BYTES("ledger")))
		out->author = FORM_BY_LEDGER;
	else if (coding_read_hex(text, out->hash, 32))
		out->author = FORM_BY_MEMBER;
	else if (coding_read_did(text, out->hash))
		out->author = FORM_BY_KEY;
	else
		fields_refuse(f);
}

static void
print_author(struct jcs_printer *p, const union form_value *value)
{
	switch (value->author) {
	case FORM_BY_MEMBER:
		jcs_id(p, value->hash);
		break;
	case FORM_BY_KEY:
		jcs_did(p, value->hash);
		break;
	default:
		jcs_string(p, BYTES("ledger"));
	}
}

static void
walk_base64(
	struct fields *f, const struct form_member *m, union form_value *out)
{
	out->span = fields_string(f, m->name, (size_t)m->max);
	if (out->span.len < (size_t)m->min || out->span.len % 4 != 0)
		fields_refuse(f);
}

static void
print_string(struct jcs_printer *p, const union form_value *value)
{
	jcs_string(p, value->span);
}

static void
walk_bool(struct fields *f, const struct form_member *m, union form_value *out)
{
	out->number = fields_bool(f, m->name);
}

static void
print_bool(struct jcs_printer *p, const union form_value *value)
{
	jcs_bool(p, value->number != 0);
}

static void
walk_did(struct fields *f, const struct form_member *m, union form_value *out)
{
	fields_did(f, m->name, out->hash);
}

static void
print_did(struct jcs_printer *p, const union form_value *value)
{
	jcs_did(p, value->hash);
}

static void
walk_hash(struct fields *f, const struct form_member *m, union form_value *out)
{
	fields_base64(f, m->name, out->hash, 32);
}

static void
print_hash(struct jcs_printer *p, const union form_value *value)
{
	jcs_base64(p, bytes_of(value->hash, 32));
}

static void
walk_id(struct fields *f, const struct form_member *m, union form_value *out)
{
	fields_id(f, m->name, out->hash);
}

static void
print_id(struct jcs_printer *p, const union form_value *value)
{
	jcs_id(p, value->hash);
}

static void
walk_int(struct fields *f, const struct form_member *m, union form_value *out)
{
	out->number = fields_int(f, m->name, m->min, m->max);
}

static void
print_int(struct jcs_printer *p, const union form_value *value)
{
	jcs_int(p, value->number);
}

static void
walk_object(
	struct fields *f, const struct form_member *m, union form_value *out)
{
	out->span = fields_value(f, m->name);
	if (!bytes_start_with(out->span, BYTES("{")))
		fields_refuse(f);
}

static void
walk_target(
	struct fields *f, const struct form_member *m, union form_value *out)
{
	struct bytes text = fields_string(f, m->name, CODING_HEX_32);

	memset(out->hash, 0, sizeof(out->hash));
	if (!bytes_equal(text, BYTES("none")) &&
		!coding_read_hex(text, out->hash, 32))
		fields_refuse(f);
}

static void
print_target(struct jcs_printer *p, const union form_value *value)
{
	static const uint8_t none[32];

	if (memcmp(value->hash, none, sizeof(none)) == 0)
		jcs_string(p, BYTES("none"));
	else
		jcs_id(p, value->hash);
}

static void
walk_word(struct fields *f, const struct form_member *m, union form_value *out)
{
	out->span = fields_word(f, m->name);
	if (out->span.len > (size_t)m->max)
		fields_refuse(f);
}

const struct form_type form_author = {walk_author, print_author};
const struct form_type form_base64 = {walk_base64, print_string};
const struct form_type form_bool = {walk_bool, print_bool};
const struct form_type form_did = {walk_did, print_did};
const struct form_type form_hash = {walk_hash, print_hash};
const struct form_type form_id = {walk_id, print_id};
const struct form_type form_int = {walk_int, print_int};
const struct form_type form_object = {walk_object, form_print_raw};
const struct form_type form_target = {walk_target, print_target};
const struct form_type form_word = {walk_word, print_string};

/* Lists *********************************************************************/

void
form_print_raw(struct jcs_printer *p, const union form_value *value)
{
	jcs_raw(p, value->span);
}

void
form_span(struct fields *f, const struct form_member *m,
	void (*inner)(struct fields *f, const struct form_member *m),
	union form_value *out)
{
	struct fields inside = *f;

	inner(&inside, m);
	out->span = fields_value(f, m->name);
	if (inside.bad)
		fields_refuse(f);
}

/* Begin the list called m->name. */
static void
begin(struct fields *f, const struct form_member *m)
{
	fields_list(f, m->name, (uint32_t)m->min, (uint32_t)m->max);
}

static void
each_did(struct fields *f, const struct form_member *m)
{
	uint8_t key[32];

	begin(f, m);
	while (fields_more(f))
		fields_did(f, NULL, key);
	fields_end(f);
}

static void
each_id(struct fields *f, const struct form_member *m)
{
	uint8_t id[32];

	begin(f, m);
	while (fields_more(f))
		fields_id(f, NULL, id);
	fields_end(f);
}

static void
each_int(struct fields *f, const struct form_member *m)
{
	begin(f, m);
	while (fields_more(f))
		fields_int(f, NULL, -LIMIT_JSON_INT, LIMIT_JSON_INT);
	fields_end(f);
}

static void
each_word(struct fields *f, const struct form_member *m)
{
	begin(f, m);
	while (fields_more(f))
		if (fields_word(f, NULL).len > FORM_WORD)
			fields_refuse(f);
	fields_end(f);
}

void
form_walk_texts(struct fields *f, const struct form_member *m)
{
	struct bytes seen[LIMIT_TEXTS];
	size_t n = 0;
	uint8_t hash[32];

	fields_list(f, m->name, 0, LIMIT_TEXTS);
	while (fields_more(f)) {
		fields_object(f, NULL);
		fields_base64(f, "hash", hash, 32);
		seen[n] = fields_word(f, "lang");
		fields_end(f);
		for (size_t i = 0; i < n; i++)
			if (bytes_equal(seen[i], seen[n]))
				fields_refuse(f);
		if (!text_language_ok(seen[n++]))
			fields_refuse(f);
	}
	fields_end(f);
}

static void
walk_dids(struct fields *f, const struct form_member *m, union form_value *out)
{
	form_span(f, m, each_did, out);
}

static void
walk_ids(struct fields *f, const struct form_member *m, union form_value *out)
{
	form_span(f, m, each_id, out);
}

static void
walk_ints(struct fields *f, const struct form_member *m, union form_value *out)
{
	form_span(f, m, each_int, out);
}

static void
walk_texts(struct fields *f, const struct form_member *m, union form_value *out)
{
	form_span(f, m, form_walk_texts, out);
}

static void
walk_words(struct fields *f, const struct form_member *m, union form_value *out)
{
	form_span(f, m, each_word, out);
}

const struct form_type form_dids = {walk_dids, form_print_raw};
const struct form_type form_ids = {walk_ids, form_print_raw};
const struct form_type form_ints = {walk_ints, form_print_raw};
const struct form_type form_texts = {walk_texts, form_print_raw};
const struct form_type form_words = {walk_words, form_print_raw};
