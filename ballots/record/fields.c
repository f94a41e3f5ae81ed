#include "ballots/record/fields.h"

#include <string.h>

#include "ballots/base/coding.h"

static const struct bytes nothing = {NULL, 0};

static bool
next_is(const struct fields *f, uint8_t c)
{
	return f->at < f->end && *f->at == c;
}

static bool
take(struct fields *f, uint8_t c)
{
	if (!next_is(f, c)) {
		f->bad = true;
		return false;
	}
	f->at++;
	return true;
}

/* The inside of a string. */
static struct bytes
take_string(struct fields *f)
{
	const uint8_t *first = f->at + 1;

	if (!take(f, '"'))
		return nothing;
	while (f->at < f->end && *f->at != '"')
		f->at += *f->at == '\\' && f->end - f->at > 1 ? 2 : 1;
	if (!take(f, '"'))
		return nothing;
	return bytes_of(first, (size_t)(f->at - 1 - first));
}

static struct fields_level *
innermost(struct fields *f)
{
	return &f->levels[f->depth - 1];
}

/* Step over the comma, if one is due, to the next member or element. */
static bool
begin_next(struct fields *f)
{
	struct fields_level *in = innermost(f);

	if (in->n == in->max || (in->n > 0 && !take(f, ','))) {
		f->bad = true;
		return false;
	}
	in->n++;
	return true;
}

/* Stand before the value called name; false in a bad walk. */
static bool
at_value(struct fields *f, const char *name)
{
	if (f->bad)
		return false;
	if (f->after_name) {
		f->after_name = false;
		f->bad = name != NULL;
	} else if (name != NULL) {
		f->bad = !fields_has(f, name);
		if (!f->bad && begin_next(f))
			f->at += strlen(name) + 3;
	} else {
		f->bad = innermost(f)->object || !begin_next(f);
	}
	return !f->bad;
}

static void
step_inside(struct fields *f, bool object, uint32_t min, uint32_t max)
{
	if (f->depth == LIMIT_JSON_DEPTH || !take(f, object ? '{' : '[')) {
		f->bad = true;
		return;
	}
	f->levels[f->depth].object = object;
	f->levels[f->depth].n = 0;
	f->levels[f->depth].min = min;
	f->levels[f->depth].max = max;
	f->depth++;
}

static struct fields
start(struct bytes doc, bool object, uint32_t min, uint32_t max)
{
	struct fields f;

	f.at = doc.data;
	f.end = doc.len == 0 ? doc.data : doc.data + doc.len;
	f.depth = 0;
	f.after_name = false;
	f.bad = false;
	/* Reads ask for the innermost level, also in a bad walk. */
	f.levels[0].object = object;
	step_inside(&f, object, min, max);
	return f;
}

struct fields
fields_of(struct bytes doc)
{
	return start(doc, true, 0, UINT32_MAX);
}

struct fields
fields_of_list(struct bytes doc, uint32_t min, uint32_t max)
{
	return start(doc, false, min, max);
}

bool
fields_done(const struct fields *f)
{
	/* In a checked document the last byte closes the outermost level. */
	return !f->bad && f->end - f->at == 1 &&
	       next_is(f, f->levels[0].object ? '}' : ']') &&
	       f->levels[0].n >= f->levels[0].min;
}

void
fields_refuse(struct fields *f)
{
	f->bad = true;
}

bool
fields_has(const struct fields *f, const char *name)
{
	const uint8_t *at = f->at;
	size_t len = strlen(name);

	if (f->bad || f->after_name || !f->levels[f->depth - 1].object)
		return false;
	if (next_is(f, ','))
		at++;
	return (size_t)(f->end - at) >= len + 3 && at[0] == '"' &&
	       memcmp(at + 1, name, len) == 0 && at[len + 1] == '"' &&
	       at[len + 2] == ':';
}

bool
fields_more(struct fields *f)
{
	if (f->bad || f->after_name ||
		next_is(f, innermost(f)->object ? '}' : ']'))
		return false;
	f->bad = innermost(f)->n == innermost(f)->max;
	return !f->bad;
}

struct bytes
fields_next(struct fields *f)
{
	struct bytes name;

	if (f->bad || f->after_name || !innermost(f)->object ||
		!begin_next(f)) {
		f->bad = true;
		return nothing;
	}
	name = take_string(f);
	f->after_name = take(f, ':');
	return f->bad ? nothing : name;
}

void
fields_object(struct fields *f, const char *name)
{
	if (at_value(f, name))
		step_inside(f, true, 0, UINT32_MAX);
}

void
fields_map(struct fields *f, const char *name, uint32_t min, uint32_t max)
{
	if (at_value(f, name))
		step_inside(f, true, min, max);
}

void
fields_list(struct fields *f, const char *name, uint32_t min, uint32_t max)
{
	if (at_value(f, name))
		step_inside(f, false, min, max);
}

void
fields_end(struct fields *f)
{
	if (f->bad)
		return;
	f->bad = f->depth == 1 || innermost(f)->n < innermost(f)->min ||
		 !take(f, innermost(f)->object ? '}' : ']');
	f->depth -= !f->bad;
}

int64_t
fields_int(struct fields *f, const char *name, int64_t min, int64_t max)
{
	const uint8_t *first;
	bool negative;
	int64_t n = 0;

	if (!at_value(f, name))
		return 0;
	negative = next_is(f, '-');
	f->at += negative;
	first = f->at;
	/* 16 digits hold 2^53 - 1. */
	while (f->at < f->end && *f->at >= '0' && *f->at <= '9' &&
		f->at - first < 16)
		n = n * 10 + (*f->at++ - '0');
	if (negative)
		n = -n;
	f->bad = f->at == first || n < min || n > max;
	return f->bad ? 0 : n;
}

bool
fields_bool(struct fields *f, const char *name)
{
	struct bytes rest;
	bool value;

	if (!at_value(f, name))
		return false;
	rest = bytes_of(f->at, (size_t)(f->end - f->at));
	value = bytes_start_with(rest, BYTES("true"));
	if (!value && !bytes_start_with(rest, BYTES("false"))) {
		f->bad = true;
		return false;
	}
	f->at += value ? 4 : 5;
	return value;
}

struct bytes
fields_string(struct fields *f, const char *name, size_t max_bytes)
{
	struct bytes inside;

	if (!at_value(f, name))
		return nothing;
	inside = take_string(f);
	if (inside.len > max_bytes)
		f->bad = true;
	return f->bad ? nothing : inside;
}

struct bytes
fields_word(struct fields *f, const char *name)
{
	struct bytes word = fields_string(f, name, FIELDS_WORD);
	bool ok = word.len > 0;

	for (size_t i = 0; i < word.len; i++)
		ok = ok && word.data[i] > ' ' && word.data[i] < 0x7f &&
		     word.data[i] != '\\';
	if (!ok)
		f->bad = true;
	return f->bad ? nothing : word;
}

void
fields_id(struct fields *f, const char *name, uint8_t out[static 32])
{
	struct bytes text = fields_string(f, name, CODING_HEX_32);

	if (!coding_read_hex(text, out, 32)) {
		f->bad = true;
		memset(out, 0, 32);
	}
}

void
fields_base64(struct fields *f, const char *name, uint8_t *out, size_t len)
{
	struct bytes text = fields_string(f, name, (len + 2) / 3 * 4);

	if (!coding_read_base64(text, out, len)) {
		f->bad = true;
		memset(out, 0, len);
	}
}

size_t
fields_blob(struct fields *f, const char *name, uint8_t *out, size_t max)
{
	struct bytes text = fields_string(f, name, (max + 2) / 3 * 4);
	size_t len = 0;

	if (f->bad)
		return 0;
	if (!coding_read_base64_upto(text, out, max, &len))
		f->bad = true;
	return len;
}

void
fields_did(struct fields *f, const char *name, uint8_t key[static 32])
{
	struct bytes text = fields_string(f, name, CODING_DID);

	if (!coding_read_did(text, key)) {
		f->bad = true;
		memset(key, 0, 32);
	}
}

/* Step over one value, whatever it is, up to what follows it. */
static void
skip_value(struct fields *f)
{
	unsigned depth = 0;

	while (!f->bad && f->at < f->end) {
		uint8_t c = *f->at;

		if (depth == 0 && (c == ',' || c == '}' || c == ']'))
			return;
		if (c == '"') {
			take_string(f);
			continue;
		}
		depth += c == '{' || c == '[';
		depth -= c == '}' || c == ']';
		f->at++;
	}
}

struct bytes
fields_value(struct fields *f, const char *name)
{
	const uint8_t *first;

	if (!at_value(f, name))
		return nothing;
	first = f->at;
	skip_value(f);
	if (f->at == first)
		f->bad = true; /* the list holds no more */
	return f->bad ? nothing : bytes_of(first, (size_t)(f->at - first));
}

struct bytes
fields_find(struct bytes doc, const char *name)
{
	struct fields f = fields_of(doc);
	struct bytes wanted = bytes_of_string(name);

	while (fields_more(&f)) {
		struct bytes found = fields_next(&f);
		struct bytes value = fields_value(&f, NULL);

		if (bytes_equal(found, wanted))
			return value;
	}
	return nothing;
}
