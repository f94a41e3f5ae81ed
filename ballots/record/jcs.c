#include "ballots/record/jcs.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/utf8.h"

/* Walks the document from front to back; at never passes end. */
struct scan {
	const uint8_t *at;
	const uint8_t *end;
};

#define N_ESCAPES 4

/* Each pair is a letter and what stands behind the backslash for it. */
static const char escapes[N_ESCAPES][2] = {
	{'"', '"'},
	{'\\', '\\'},
	{'\n', 'n'},
	{'\t', 't'},
};

static enum verdict value(struct scan *s, unsigned depth);

static bool
take(struct scan *s, uint8_t c)
{
	if (s->at == s->end || *s->at != c)
		return false;
	s->at++;
	return true;
}

/* Something else was due here. */
static enum verdict
departure(const struct scan *s)
{
	if (s->at < s->end && memchr(" \t\n\r", *s->at, 4) != NULL)
		return VERDICT_NOT_CANONICAL;
	return VERDICT_MALFORMED;
}

/* Printable ASCII that stands for itself in a string. */
static bool
is_plain(uint8_t c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static enum verdict
escape(struct scan *s)
{
	s->at++;
	if (s->at == s->end)
		return VERDICT_MALFORMED;
	switch (*s->at++) {
	case '"':
	case '\\':
	case 'n':
	case 't':
		return VERDICT_OK;
	case 'b':
	case 'f':
	case 'r':
		return VERDICT_FORBIDDEN_CHARACTER;
	case '/':
	case 'u':
		return VERDICT_NOT_CANONICAL;
	default:
		return VERDICT_MALFORMED;
	}
}

static enum verdict
letter(struct scan *s)
{
	struct bytes rest = bytes_of(s->at, (size_t)(s->end - s->at));
	enum verdict v = utf8_step(&rest);

	s->at = rest.data;
	return v;
}

/* The rest of a string, its closing quote included. */
static enum verdict
string(struct scan *s)
{
	for (;;) {
		enum verdict v;

		while (s->at < s->end && is_plain(*s->at))
			s->at++;
		if (s->at == s->end || *s->at < 0x20)
			return VERDICT_MALFORMED;
		if (take(s, '"'))
			return VERDICT_OK;
		v = *s->at == '\\' ? escape(s) : letter(s);
		if (v != VERDICT_OK)
			return v;
	}
}

static enum verdict
number(struct scan *s)
{
	bool negative = take(s, '-');
	uint64_t n = 0;

	if (s->at == s->end || !is_digit(*s->at))
		return VERDICT_MALFORMED;
	if (*s->at == '0') {
		if (negative)
			return VERDICT_NOT_CANONICAL;
		s->at++;
	} else {
		for (; s->at < s->end && is_digit(*s->at); s->at++) {
			n = n * 10 + (*s->at - '0');
			if (n > LIMIT_JSON_INT)
				return VERDICT_NOT_CANONICAL;
		}
	}
	if (s->at < s->end && memchr(".eE", *s->at, 3) != NULL)
		return VERDICT_NOT_CANONICAL;
	return VERDICT_OK;
}

static enum verdict
word(struct scan *s, struct bytes expected)
{
	struct bytes rest = bytes_of(s->at, (size_t)(s->end - s->at));

	if (!bytes_start_with(rest, expected))
		return VERDICT_MALFORMED;
	s->at += expected.len;
	return VERDICT_OK;
}

static enum verdict
array(struct scan *s, unsigned depth)
{
	if (take(s, ']'))
		return VERDICT_OK;
	do {
		enum verdict v = value(s, depth);

		if (v != VERDICT_OK)
			return v;
	} while (take(s, ','));
	return take(s, ']') ? VERDICT_OK : departure(s);
}

/* A member's name and the colon behind it. */
static enum verdict
member_name(struct scan *s, struct bytes *name)
{
	const uint8_t *first;

	if (!take(s, '"'))
		return departure(s);
	first = s->at;
	while (s->at < s->end && is_plain(*s->at))
		s->at++;
	*name = bytes_of(first, (size_t)(s->at - first));
	if (take(s, '"'))
		return take(s, ':') ? VERDICT_OK : departure(s);
	return s->at == s->end || *s->at < 0x20 ? VERDICT_MALFORMED
						: VERDICT_FORBIDDEN_CHARACTER;
}

static enum verdict
object(struct scan *s, unsigned depth)
{
	struct bytes last = {NULL, 0};

	if (take(s, '}'))
		return VERDICT_OK;
	do {
		struct bytes name;
		enum verdict v = member_name(s, &name);

		if (v != VERDICT_OK)
			return v;
		if (last.data != NULL && bytes_compare(last, name) >= 0)
			return VERDICT_NOT_CANONICAL;
		v = value(s, depth);
		if (v != VERDICT_OK)
			return v;
		last = name;
	} while (take(s, ','));
	return take(s, '}') ? VERDICT_OK : departure(s);
}

/* One value inside depth arrays and objects. */
static enum verdict
value(struct scan *s, unsigned depth)
{
	if (s->at == s->end)
		return VERDICT_MALFORMED;
	switch (*s->at) {
	case '{':
	case '[':
		if (depth == LIMIT_JSON_DEPTH)
			return VERDICT_TOO_DEEP;
		return *s->at++ == '{' ? object(s, depth + 1)
				       : array(s, depth + 1);
	case '"':
		s->at++;
		return string(s);
	case 't':
		return word(s, BYTES("true"));
	case 'f':
		return word(s, BYTES("false"));
	case 'n':
		return word(s, BYTES("null"));
	default:
		return *s->at == '-' || is_digit(*s->at) ? number(s)
							 : departure(s);
	}
}

enum verdict
jcs_check(struct bytes doc)
{
	struct scan s;
	enum verdict v;

	if (doc.len == 0)
		return VERDICT_MALFORMED;
	s = (struct scan){doc.data, doc.data + doc.len};
	v = value(&s, 0);
	if (v != VERDICT_OK)
		return v;
	return s.at == s.end ? VERDICT_OK : departure(&s);
}

void
jcs_unescape(struct bytes raw, struct writer *out)
{
	while (raw.len > 0) {
		writer_put(out, bytes_cut(&raw, '\\'));
		for (size_t i = 0; raw.len > 0 && i < N_ESCAPES; i++)
			if (raw.data[0] == escapes[i][1])
				writer_put_u8(out, (uint8_t)escapes[i][0]);
		raw = bytes_slice(raw, 1, raw.len);
	}
}

struct jcs_printer
jcs_printer_of(struct writer *out)
{
	return (struct jcs_printer){.out = out};
}

/* Put what stands before a value: nothing, or the comma of an array. */
static void
begin_value(struct jcs_printer *p)
{
	if (p->depth == 0)
		return;
	if (p->levels[p->depth - 1].object) {
		assert(p->after_key);
		p->after_key = false;
		return;
	}
	if (p->levels[p->depth - 1].begun)
		writer_put_u8(p->out, ',');
	p->levels[p->depth - 1].begun = true;
}

static void
open_level(struct jcs_printer *p, bool object)
{
	begin_value(p);
	assert(p->depth < JCS_LEVELS);
	p->levels[p->depth].object = object;
	p->levels[p->depth].begun = false;
	p->depth++;
	writer_put_u8(p->out, object ? '{' : '[');
}

static void
close_level(struct jcs_printer *p, bool object)
{
	assert(p->depth > 0 && !p->after_key);
	p->depth--;
	assert(p->levels[p->depth].object == object);
	writer_put_u8(p->out, object ? '}' : ']');
}

void
jcs_begin_object(struct jcs_printer *p)
{
	open_level(p, true);
}

void
jcs_end_object(struct jcs_printer *p)
{
	close_level(p, true);
}

void
jcs_begin_array(struct jcs_printer *p)
{
	open_level(p, false);
}

void
jcs_end_array(struct jcs_printer *p)
{
	close_level(p, false);
}

void
jcs_key(struct jcs_printer *p, const char *name)
{
	jcs_key_bytes(p, bytes_of_string(name));
}

void
jcs_key_bytes(struct jcs_printer *p, struct bytes name)
{
	unsigned top = p->depth - 1;

	assert(p->depth > 0 && p->levels[top].object && !p->after_key);
	for (size_t i = 0; i < name.len; i++)
		assert(is_plain(name.data[i]));
	if (p->levels[top].begun) {
		struct bytes last = bytes_slice(writer_view(p->out),
			p->levels[top].key_at, p->levels[top].key_len);

		assert(bytes_compare(last, name) < 0);
		writer_put_u8(p->out, ',');
	}
	writer_put_u8(p->out, '"');
	p->levels[top].begun = true;
	p->levels[top].key_at = p->out->len;
	p->levels[top].key_len = name.len;
	p->after_key = true;
	writer_put(p->out, name);
	writer_put(p->out, BYTES("\":"));
}

void
jcs_string(struct jcs_printer *p, struct bytes utf8)
{
	size_t from = 0;

	assert(utf8_check(utf8) == VERDICT_OK);
	begin_value(p);
	writer_put_u8(p->out, '"');
	for (size_t i = 0; i < utf8.len; i++) {
		for (size_t e = 0; e < N_ESCAPES; e++) {
			if (utf8.data[i] != (uint8_t)escapes[e][0])
				continue;
			writer_put(p->out, bytes_slice(utf8, from, i - from));
			writer_put_u8(p->out, '\\');
			writer_put_u8(p->out, (uint8_t)escapes[e][1]);
			from = i + 1;
		}
	}
	writer_put(p->out, bytes_slice(utf8, from, utf8.len));
	writer_put_u8(p->out, '"');
}

void
jcs_int(struct jcs_printer *p, int64_t value)
{
	assert(value >= -LIMIT_JSON_INT && value <= LIMIT_JSON_INT);
	begin_value(p);
	writer_put_signed(p->out, value);
}

void
jcs_bool(struct jcs_printer *p, bool value)
{
	begin_value(p);
	writer_put_string(p->out, value ? "true" : "false");
}

void
jcs_null(struct jcs_printer *p)
{
	begin_value(p);
	writer_put_string(p->out, "null");
}

void
jcs_id(struct jcs_printer *p, const uint8_t id[static 32])
{
	begin_value(p);
	writer_put_u8(p->out, '"');
	coding_put_hex(p->out, bytes_of(id, 32));
	writer_put_u8(p->out, '"');
}

void
jcs_base64(struct jcs_printer *p, struct bytes b)
{
	begin_value(p);
	writer_put_u8(p->out, '"');
	coding_put_base64(p->out, b);
	writer_put_u8(p->out, '"');
}

void
jcs_did(struct jcs_printer *p, const uint8_t key[static 32])
{
	begin_value(p);
	writer_put_u8(p->out, '"');
	coding_put_did(p->out, key);
	writer_put_u8(p->out, '"');
}

void
jcs_raw(struct jcs_printer *p, struct bytes value)
{
	begin_value(p);
	writer_put(p->out, value);
}
