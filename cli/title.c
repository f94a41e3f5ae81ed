#include "cli/title.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "cli/reading.h"

#define SHORT_ID 16 /* digits of an id that people are shown */

void
title_put_member(
	struct desk *d, const uint8_t id[static CRYPT_HASH], struct writer *out)
{
	const char *petname = home_petname(&d->home, id);

	if (petname != NULL) {
		writer_put_string(out, petname);
		writer_put_string(out, " ");
	}
	if (d->is_member && memcmp(id, d->member, CRYPT_HASH) == 0)
		writer_put_string(out, "(you) ");
	coding_put_hex(out, bytes_of(id, SHORT_ID / 2));
}

/* An election has no text: it is for an office. */
static void
put_election(struct wire_value entry, struct writer *out)
{
	writer_put_string(out, "Election: ");
	writer_put(out, wire_string(wire_get(entry, "office"), 64));
}

/* The act that holds the text of a proposal, which may be an amendment. */
static int
text_act(struct desk *d, const uint8_t id[static CRYPT_HASH],
	uint8_t act[static CRYPT_HASH])
{
	struct wire *reply;
	bool found;

	if (ask_get_id(d->contact, "proposals", id, NULL, &found, &reply) != 0)
		return -1;
	if (!found)
		return contact_misread();
	wire_id(wire_get(wire_get(wire_top(reply), "item"), "text"), act);
	wire_free(reply);
	return 0;
}

/* What a founder opened has a text; what a vote opened, its effect. */
int
title_put_opened(
	struct desk *d, const uint8_t id[static CRYPT_HASH], struct writer *out)
{
	uint8_t act[CRYPT_HASH];
	struct ask_record r;
	bool found;
	int rc;

	if (ask_act(d->contact, id, &found, &r) != 0)
		return -1;
	if (!found)
		return 0;
	if (r.act.kind == ACT_CHAPTER_OPEN || r.act.kind == ACT_TOPIC_OPEN) {
		rc = reading_title(d, reading_texts_of(&r.act), out);
		ask_clear(&r);
		return rc;
	}
	ask_clear(&r);
	if (text_act(d, id, act) != 0 ||
		ask_act(d->contact, act, &found, &r) != 0)
		return -1;
	rc = found ? reading_title(d, reading_texts_of_effect(&r.act), out) : 0;
	ask_clear(&r);
	return rc;
}

/* "the key of ada 1a2b3c4d5e6f7788" */
void
title_put_recovery(struct desk *d, struct wire_value item, struct writer *out)
{
	uint8_t id[CRYPT_HASH];

	wire_id(wire_get(item, "member"), id);
	writer_put_string(out, "the key of ");
	title_put_member(d, id, out);
}

/* Whom a suspension is about stands in the act that began it. */
static int
put_suspended(
	struct desk *d, const uint8_t id[static CRYPT_HASH], struct writer *out)
{
	struct ask_record r;
	bool found;

	if (ask_act(d->contact, id, &found, &r) != 0)
		return -1;
	if (found && r.act.kind == ACT_MEMBER_SUSPEND)
		title_put_member(d, act_hash(&r.act, ACT_HAS_ON), out);
	ask_clear(&r);
	return 0;
}

static int
put_contested(
	struct desk *d, const uint8_t id[static CRYPT_HASH], struct writer *out)
{
	struct wire *reply;
	bool found;

	if (ask_get_id(d->contact, "recoveries", id, NULL, &found, &reply) != 0)
		return -1;
	if (found) {
		title_put_recovery(d,
			wire_get(wire_get(wire_top(reply), "item"), "item"),
			out);
		wire_free(reply);
	}
	return 0;
}

/* "scope of Wages at the harbour", by what the case is about. */
int
title_put_case(struct desk *d, struct wire_value item, struct writer *out)
{
	struct bytes kind = wire_string(wire_get(item, "kind"), FORM_WORD);
	uint8_t id[CRYPT_HASH], subject[CRYPT_HASH];

	wire_id(wire_get(item, "id"), id);
	wire_id(wire_get(item, "subject"), subject);
	writer_put(out, kind);
	writer_put_string(out, " of ");
	if (bytes_equal(kind, BYTES("suspension")))
		return put_suspended(d, id, out);
	if (bytes_equal(kind, BYTES("recovery")))
		return put_contested(d, subject, out);
	return reading_title_of(d, subject, out);
}

/* True when an agreement is ratified by the vote of that id. */
static bool
is_ratified_by(struct wire_value agreement, struct wire_value vote)
{
	return bytes_equal(
		wire_string(wire_get(agreement, "ratification"), CODING_HEX_32),
		wire_string(vote, CODING_HEX_32));
}

/*
 * The ledger asks two things about an agreement, with its text: whether it is
 * agreed on, and, where it was not, whether the delegates are to go on.
 */
static int
put_asked(struct desk *d, struct wire_value entry,
	const uint8_t agreement[static CRYPT_HASH], struct writer *out)
{
	struct wire_value vote = wire_get(wire_get(entry, "item"), "id");
	struct wire *reply;
	bool found;

	if (ask_get_id(d->contact, "agreements", agreement, NULL, &found,
		    &reply) != 0)
		return -1;
	if (!found)
		return 0;
	writer_put_string(out,
		is_ratified_by(
			wire_get(wire_get(wire_top(reply), "item"), "item"),
			vote)
			? "Agree to: "
			: "Go on negotiating, after this was turned down: ");
	wire_free(reply);
	return 0;
}

int
title_put_proposal(struct desk *d, struct wire_value entry, struct writer *out)
{
	struct bytes by =
		wire_string(wire_get(wire_get(entry, "item"), "by"), 100);
	uint8_t id[CRYPT_HASH];

	if (wire_there(wire_get(entry, "office"))) {
		put_election(entry, out);
		return 0;
	}
	wire_id(wire_get(entry, "text"), id);
	if (bytes_equal(by, BYTES("ledger")) &&
		put_asked(d, entry, id, out) != 0)
		return -1;
	return reading_title_of(d, id, out);
}
