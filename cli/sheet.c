#include "cli/sheet.h"

#include <string.h>

#include "ballots/record/effect.h"
#include "cli/canon.h"
#include "cli/complain.h"
#include "cli/reading.h"

#define PURPOSE BYTES("union-question/v1\n")

/* Nobody may be shown one question and sign another. */
static int
check_id(const struct subject *s, struct wire_value document)
{
	struct bytes parts[] = {PURPOSE, {0}};
	struct writer canonical = {0};
	uint8_t id[CRYPT_HASH];
	int rc = canon_put(document.at, &canonical);

	parts[1] = writer_view(&canonical);
	crypt_hash_parts(parts, 2, id);
	writer_clear(&canonical);
	if (rc == 0 && memcmp(id, s->id, CRYPT_HASH) != 0)
		rc = complain_cannot("Do not vote there; tell an auditor.",
			"The daemon shows another question than the one it "
			"names.");
	return rc;
}

static void
read_options(struct wire_value list, struct sheet *q)
{
	size_t n = wire_count(list, 1, LIMIT_OPTIONS - 1);

	q->n = n + 1;
	for (size_t i = 0; i < n; i++) {
		struct wire_value pair = wire_at(list, i);

		wire_count(pair, 2, 2);
		wire_id(wire_at(pair, 0), q->options[i + 1].act);
		q->options[i + 1].k =
			(uint32_t)wire_int(wire_at(pair, 1), 0, LIMIT_OPTIONS);
	}
}

int
sheet_read(const struct subject *s, struct sheet *out)
{
	struct wire_value doc = wire_get(s->entry, "document");
	struct wire_value scale;

	*out = (struct sheet){0};
	if (check_id(s, doc) != 0)
		return -1;
	wire_id(wire_get(doc, "about"), out->about);
	out->kind = wire_string(wire_get(doc, "kind"), 64);
	out->method = wire_string(wire_get(doc, "method"), 64);
	out->seats = wire_int(wire_get(doc, "seats"), 1, LIMIT_OPTIONS);
	out->opens = wire_int(wire_get(doc, "opens"), 0, LIMIT_JSON_INT);
	read_options(wire_get(doc, "options"), out);
	scale = wire_get(doc, "scale");
	if (wire_there(scale) && wire_count(scale, 2, 2) == 2) {
		out->low = wire_int(wire_at(scale, 0), -1000, 1000);
		out->high = wire_int(wire_at(scale, 1), -1000, 1000);
	}
	return wire_good(s->reply) ? 0 : contact_misread();
}

size_t
sheet_marks(const struct sheet *q)
{
	return bytes_equal(q->method, BYTES("yes-no")) ? 1 : q->n;
}

/* A member who stands has no text: it is the member. */
static int
put_option(
	struct desk *d, const struct act *act, uint32_t k, struct writer *out)
{
	struct effect_option option;

	if (act->kind == ACT_OFFICE_STAND) {
		subject_put_member(d, act_by(act), out);
		return 0;
	}
	if (act_has(act, ACT_HAS_OPTIONS) &&
		effect_option_at(act_span(act, ACT_HAS_OPTIONS), k, &option) &&
		option.texts.len > 2)
		return reading_title(d, option.texts, out);
	return reading_title(d, reading_texts_of(act), out);
}

int
sheet_title(struct desk *d, const struct sheet *q, size_t i, struct writer *out)
{
	struct ask_record r;
	bool found;
	int rc;

	if (i == 0) {
		writer_put_string(out, "none of these: all stays as it is");
		return 0;
	}
	if (ask_act(d->contact, q->options[i].act, &found, &r) != 0)
		return -1;
	if (!found)
		return contact_misread();
	rc = put_option(d, &r.act, q->options[i].k, out);
	ask_clear(&r);
	return rc;
}
