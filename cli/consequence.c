#include "cli/consequence.h"

#include <jansson.h>

#include "ballots/base/coding.h"
#include "ballots/record/act.h"
#include "cli/complain.h"
#include "cli/reading.h"
#include "cli/subject.h"
#include "cli/when.h"

typedef int put_fn(struct desk *d, const struct effect *e, struct writer *out);

static void
put_member(struct desk *d, const struct effect *e, struct writer *out)
{
	subject_put_member(d, e->value[EFFECT_HAS_MEMBER].hash, out);
}

static int
put_office(struct desk *d, const struct effect *e, struct writer *out)
{
	put_member(d, e, out);
	writer_put_string(
		out, e->kind == EFFECT_SEAT ? " becomes " : " is no longer ");
	writer_put(out, e->value[EFFECT_HAS_OFFICE].span);
	return 0;
}

static int
put_standing(struct desk *d, const struct effect *e, struct writer *out)
{
	put_member(d, e, out);
	if (e->kind == EFFECT_RESTORE) {
		writer_put_string(out, " is suspended no longer");
		return 0;
	}
	writer_put_string(out, " is suspended for ");
	when_put_span(out, (uint64_t)e->value[EFFECT_HAS_FOR_S].number);
	return 0;
}

static int
put_spending(struct desk *d, const struct effect *e, struct writer *out)
{
	(void)d;
	writer_put_string(out, "spend ");
	writer_put_signed(out, e->value[EFFECT_HAS_AMOUNT].number);
	writer_put_u8(out, ' ');
	writer_put(out, e->value[EFFECT_HAS_UNIT].span);
	return 0;
}

/* What has a name of its own. */
static int
put_named(struct desk *d, const struct effect *e, struct writer *out)
{
	writer_put_string(out, e->kind == EFFECT_CHAPTER ? "a chapter opens: "
							 : "a topic opens: ");
	return reading_title(d, e->value[EFFECT_HAS_TEXTS].span, out);
}

/* What it accepts, and the key by which others will know it. */
static int
put_gateway(struct desk *d, const struct effect *e, struct writer *out)
{
	struct fields f =
		fields_of_list(e->value[EFFECT_HAS_ACCEPTS].span, 0, 16);
	const char *before = ", which accepts ";
	int rc;

	writer_put_string(out, "a gateway is accepted: ");
	rc = reading_title(d, e->value[EFFECT_HAS_TEXTS].span, out);
	for (; fields_more(&f); before = ", ") {
		writer_put_string(out, before);
		writer_put(out, fields_word(&f, NULL));
	}
	writer_put_string(out, ", by the key ");
	coding_put_did(out, e->value[EFFECT_HAS_KEY].hash);
	return rc;
}

static void
put_id(const uint8_t id[static CRYPT_HASH], struct writer *out)
{
	coding_put_hex(out, bytes_of(id, 8));
}

static int
put_strike(struct desk *d, const struct effect *e, struct writer *out)
{
	(void)d;
	writer_put_string(out, "strike the gateway ");
	put_id(e->value[EFFECT_HAS_THE_GATEWAY].hash, out);
	return 0;
}

static int
put_delegates(struct desk *d, const struct effect *e, struct writer *out)
{
	struct fields f = fields_of_list(
		e->value[EFFECT_HAS_DELEGATES].span, 1, LIMIT_DELEGATES);
	uint8_t id[CRYPT_HASH];

	writer_put_string(out, "the mandate ");
	put_id(e->value[EFFECT_HAS_MANDATE].hash, out);
	writer_put_string(out, e->kind == EFFECT_RECALL
				       ? " is taken from"
				       : " is given to these alone:");
	while (fields_more(&f)) {
		fields_id(&f, NULL, id);
		writer_put_u8(out, ' ');
		subject_put_member(d, id, out);
	}
	return 0;
}

static int
put_renewal(struct desk *d, const struct effect *e, struct writer *out)
{
	(void)d;
	writer_put_string(out, "the mandate ");
	put_id(e->value[EFFECT_HAS_MANDATE].hash, out);
	writer_put_string(out, " runs until ");
	when_put(out, (uint64_t)e->value[EFFECT_HAS_VALID_UNTIL].number);
	return 0;
}

static int
put_admission(struct desk *d, const struct effect *e, struct writer *out)
{
	struct bytes text = e->value[EFFECT_HAS_APPLICATION].span;
	uint8_t bytes[LIMIT_ACT_BYTES];
	struct act act;
	size_t len;

	(void)d;
	writer_put_string(out, "admit the holder of the key ");
	if (coding_read_base64_upto(text, bytes, sizeof(bytes), &len) &&
		act_decode(bytes_of(bytes, len), &act) == VERDICT_OK &&
		act.kind == ACT_MEMBER_APPLY)
		coding_put_did(out, act_by(&act));
	return 0;
}

static int
put_ratification(struct desk *d, const struct effect *e, struct writer *out)
{
	const uint8_t *id = e->value[EFFECT_HAS_AGREEMENT].hash;

	writer_put_string(out, "the agreement ");
	put_id(id, out);
	writer_put_string(out, " is agreed on, as it stands there: \"");
	if (reading_title_of(d, id, out) != 0)
		return -1;
	writer_put_u8(out, '"');
	return 0;
}

/* Append what differs between two objects; classes are told one by one. */
static void
put_changes(json_t *from, json_t *to, const char *within, struct writer *out)
{
	const char *name;
	json_t *value;

	json_object_foreach(to, name, value)
	{
		json_t *before = json_object_get(from, name);

		if (json_equal(before, value))
			continue;
		if (within[0] == '\0' && json_is_object(value) &&
			json_is_object(before)) {
			put_changes(before, value, name, out);
			continue;
		}
		writer_put_u8(out, ' ');
		writer_put_string(out, within);
		writer_put_string(out, within[0] == '\0' ? "" : ".");
		writer_put_string(out, name);
	}
	json_object_foreach(from, name, value)
	{
		if (json_object_get(to, name) != NULL)
			continue;
		writer_put_string(out, " (without) ");
		writer_put_string(out, name);
	}
}

static int
put_amendment(struct desk *d, const struct effect *e, struct writer *out)
{
	struct bytes text = e->value[EFFECT_HAS_CHARTER].span;
	json_t *to = json_loadb((const char *)text.data, text.len, 0, NULL);
	struct wire_value item;
	struct wire *reply;
	bool found;

	if (ask_get(d->contact, "charter", 0, &found, &reply) != 0) {
		json_decref(to);
		return -1;
	}
	writer_put_string(out, "the charter changes, against the one in force "
			       "now, in:");
	if (found) {
		item = wire_get(wire_get(wire_top(reply), "item"), "item");
		put_changes((json_t *)item.at, to, "", out);
		wire_free(reply);
	}
	json_decref(to);
	return 0;
}

static put_fn *const putters[EFFECT_KIND_COUNT] = {
	[EFFECT_ADMIT] = put_admission,
	[EFFECT_AMEND] = put_amendment,
	[EFFECT_CHAPTER] = put_named,
	[EFFECT_GATEWAY] = put_gateway,
	[EFFECT_RATIFY] = put_ratification,
	[EFFECT_RECALL] = put_delegates,
	[EFFECT_RENEW] = put_renewal,
	[EFFECT_REPLACE] = put_delegates,
	[EFFECT_RESTORE] = put_standing,
	[EFFECT_SEAT] = put_office,
	[EFFECT_SPEND] = put_spending,
	[EFFECT_STRIKE] = put_strike,
	[EFFECT_SUSPEND] = put_standing,
	[EFFECT_TOPIC] = put_named,
	[EFFECT_UNSEAT] = put_office,
};

int
consequence_put(struct desk *d, const struct effect *effect, struct writer *out)
{
	return putters[effect->kind](d, effect, out);
}
