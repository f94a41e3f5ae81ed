#include "cli/card.h"

#include <stdlib.h>
#include <string.h>

#include "ballots/record/jcs.h"
#include "ballots/record/wire.h"
#include "cli/complain.h"

#define PURPOSE    "union-guardians/v1\n"
#define TYPE       "union-guardians/v1"
#define CARD_BYTES 4096

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, CRYPT_HASH);
}

bool
card_sort(struct card *c)
{
	qsort(c->guardians, c->n, CRYPT_HASH, compare);
	for (size_t i = 1; i < c->n; i++)
		if (compare(c->guardians[i - 1], c->guardians[i]) == 0)
			return false;
	return true;
}

static void
print_guardians(const struct card *c, struct jcs_printer *p)
{
	jcs_begin_array(p);
	for (size_t i = 0; i < c->n; i++)
		jcs_id(p, c->guardians[i]);
	jcs_end_array(p);
}

void
card_put_guardians(const struct card *c, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	print_guardians(c, &p);
}

void
card_hash(const struct card *c, uint8_t out[static CRYPT_HASH])
{
	struct writer w = {0};
	struct jcs_printer p;

	writer_put_string(&w, PURPOSE);
	p = jcs_printer_of(&w);
	jcs_begin_object(&p);
	jcs_key(&p, "guardians");
	print_guardians(c, &p);
	jcs_key(&p, "needed");
	jcs_int(&p, c->needed);
	jcs_key(&p, "salt");
	jcs_base64(&p, bytes_of(c->salt, sizeof(c->salt)));
	jcs_end_object(&p);
	crypt_hash(writer_view(&w), out);
	writer_clear(&w);
}

void
card_put(const struct card *c, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_object(&p);
	jcs_key(&p, "guardians");
	print_guardians(c, &p);
	jcs_key(&p, "id");
	jcs_id(&p, c->union_id);
	jcs_key(&p, "log");
	jcs_string(&p, bytes_of_string(c->log));
	jcs_key(&p, "member");
	jcs_id(&p, c->member);
	jcs_key(&p, "needed");
	jcs_int(&p, c->needed);
	jcs_key(&p, "salt");
	jcs_base64(&p, bytes_of(c->salt, sizeof(c->salt)));
	jcs_key(&p, "type");
	jcs_string(&p, BYTES(TYPE));
	jcs_key(&p, "vkey");
	jcs_string(&p, bytes_of_string(c->vkey));
	jcs_end_object(&p);
	writer_put_u8(out, '\n');
}

static void
read_word(struct wire_value v, char *out, size_t max)
{
	struct bytes word = wire_string(v, max - 1);

	memset(out, 0, max);
	memcpy(out, word.data, word.len);
}

int
card_read(struct bytes text, struct card *out)
{
	struct wire_value top, list;
	struct wire *line;
	bool good;

	*out = (struct card){0};
	if (wire_read(text, CARD_BYTES, &line) != VERDICT_OK)
		return complain_no("It is made with: union guardians card",
			"This is no guardian's card.");
	top = wire_top(line);
	list = wire_get(top, "guardians");
	out->n = wire_count(list, CARD_LEAST, CARD_GUARDIANS);
	for (size_t i = 0; i < out->n; i++)
		wire_id(wire_at(list, i), out->guardians[i]);
	wire_id(wire_get(top, "id"), out->union_id);
	read_word(wire_get(top, "log"), out->log, sizeof(out->log));
	wire_id(wire_get(top, "member"), out->member);
	out->needed =
		(uint32_t)wire_int(wire_get(top, "needed"), 2, (int64_t)out->n);
	wire_base64(wire_get(top, "salt"), out->salt, sizeof(out->salt));
	good = bytes_equal(wire_string(wire_get(top, "type"), 64), BYTES(TYPE));
	read_word(wire_get(top, "vkey"), out->vkey, sizeof(out->vkey));
	good = wire_good(line) && good && card_sort(out);
	wire_free(line);
	return good ? 0
		    : complain_no("Ask for another copy of it.",
			      "This guardian's card is damaged.");
}
