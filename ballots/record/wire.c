#include "ballots/record/wire.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"

/* Bytes decoded from base64, which the message owns. */
struct blob {
	struct blob *next;
	uint8_t data[];
};

struct wire {
	json_t *top;
	struct blob *blobs;
	bool bad;
};

/* Take the rest of a string off the front, its closing quote included. */
static void
skip_string(struct bytes *rest)
{
	for (;;) {
		struct bytes run = bytes_cut(rest, '"');
		size_t n = 0;

		while (n < run.len && run.data[run.len - 1 - n] == '\\')
			n++;
		if (n % 2 == 0 || rest->len == 0)
			return;
	}
}

/* Count brackets outside of strings; those that do not match are for later. */
static bool
is_shallow(struct bytes rest)
{
	unsigned depth = 0;

	while (rest.len > 0) {
		uint8_t c = rest.data[0];

		rest = bytes_slice(rest, 1, rest.len);
		if (c == '"') {
			skip_string(&rest);
		} else if (c == '{' || c == '[') {
			if (++depth > LIMIT_JSON_DEPTH)
				return false;
		} else if ((c == '}' || c == ']') && depth > 0) {
			depth--;
		}
	}
	return true;
}

enum verdict
wire_read(struct bytes in, size_t max_bytes, struct wire **out)
{
	struct wire *m;
	json_t *top;

	if (in.len > max_bytes)
		return VERDICT_TOO_LARGE;
	if (!is_shallow(in))
		return VERDICT_TOO_DEEP;
	top = json_loadb(
		(const char *)in.data, in.len, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(top)) {
		json_decref(top);
		return VERDICT_MALFORMED;
	}
	m = mem_new(sizeof(*m));
	m->top = top;
	*out = m;
	return VERDICT_OK;
}

void
wire_free(struct wire *message)
{
	if (message == NULL)
		return;
	while (message->blobs != NULL) {
		struct blob *next = message->blobs->next;

		mem_free(message->blobs);
		message->blobs = next;
	}
	json_decref(message->top);
	mem_free(message);
}

struct wire_value
wire_top(struct wire *message)
{
	return (struct wire_value){message, message->top};
}

bool
wire_good(const struct wire *message)
{
	return !message->bad;
}

void
wire_refuse(struct wire_value v)
{
	v.message->bad = true;
}

/* True when v is as it should be; else the message is bad. */
static bool
expect(struct wire_value v, bool fits)
{
	if (!fits)
		wire_refuse(v);
	return fits;
}

struct wire_value
wire_get(struct wire_value object, const char *name)
{
	expect(object, json_is_object(object.at));
	return (struct wire_value){
		object.message, json_object_get(object.at, name)};
}

bool
wire_there(struct wire_value v)
{
	return v.at != NULL;
}

static bool
is_among(struct bytes names, struct bytes name)
{
	while (names.len > 0)
		if (bytes_equal(bytes_cut(&names, ' '), name))
			return true;
	return false;
}

void
wire_only(struct wire_value object, const char *names)
{
	json_t *at = (json_t *)object.at; /* the library walks no const */

	expect(object, json_is_object(at));
	for (void *i = json_object_iter(at); i != NULL;
		i = json_object_iter_next(at, i))
		expect(object,
			is_among(bytes_of_string(names),
				bytes_of_string(json_object_iter_key(i))));
}

size_t
wire_count(struct wire_value list, size_t min, size_t max)
{
	size_t n = json_array_size(list.at);

	if (!expect(list, json_is_array(list.at) && n >= min && n <= max))
		return 0;
	return n;
}

struct wire_value
wire_at(struct wire_value list, size_t i)
{
	return (struct wire_value){list.message, json_array_get(list.at, i)};
}

int64_t
wire_int(struct wire_value v, int64_t min, int64_t max)
{
	json_int_t n = json_integer_value(v.at);

	if (!expect(v, json_is_integer(v.at) && n >= min && n <= max))
		return 0;
	return n;
}

bool
wire_bool(struct wire_value v)
{
	return expect(v, json_is_boolean(v.at)) && json_is_true(v.at);
}

struct bytes
wire_string(struct wire_value v, size_t max)
{
	if (!expect(v, json_is_string(v.at) && json_string_length(v.at) <= max))
		return (struct bytes){0};
	return bytes_of(json_string_value(v.at), json_string_length(v.at));
}

void
wire_id(struct wire_value v, uint8_t out[static 32])
{
	struct bytes hex = wire_string(v, CODING_HEX_32);

	if (!expect(v, coding_read_hex(hex, out, 32)))
		memset(out, 0, 32);
}

void
wire_base64(struct wire_value v, uint8_t *out, size_t len)
{
	struct bytes text = wire_string(v, SIZE_MAX);

	if (!expect(v, coding_read_base64(text, out, len)))
		memset(out, 0, len);
}

struct bytes
wire_blob(struct wire_value v, size_t max)
{
	struct bytes text = wire_string(v, max / 3 * 4 + 4);
	struct blob *blob = mem_new(sizeof(*blob) + text.len / 4 * 3);
	size_t len = 0;

	blob->next = v.message->blobs;
	v.message->blobs = blob;
	expect(v, coding_read_base64_upto(text, blob->data, max, &len));
	return bytes_of(blob->data, len);
}

void
wire_print_hint(struct jcs_printer *p, enum verdict v)
{
	jcs_key(p, "hint");
	jcs_string(p, bytes_of_string(verdict_hint(v)));
}

void
wire_print_verdict(struct jcs_printer *p, enum verdict v)
{
	jcs_key(p, "sentence");
	jcs_string(p, bytes_of_string(verdict_sentence(v)));
	jcs_key(p, "verdict");
	jcs_string(p, bytes_of_string(verdict_name(v)));
}

void
wire_put_refusal(struct writer *w, enum verdict v)
{
	struct jcs_printer p = jcs_printer_of(w);

	assert(v != VERDICT_OK);
	jcs_begin_object(&p);
	wire_print_hint(&p, v);
	jcs_key(&p, "ok");
	jcs_bool(&p, false);
	wire_print_verdict(&p, v);
	jcs_end_object(&p);
}
