#include "cli/scene_mandate.h"

#include "ballots/record/jcs.h"

enum {
	DAY_S = 86400,
	LASTS_S = 200 * DAY_S,
	REPORT_S = 30 * DAY_S,
	GRACE_S = 7 * DAY_S,
	STEWARDS = 2,
};

struct mandate {
	struct play *play;
	uint32_t who;
	uint8_t id[CRYPT_HASH];
	uint64_t from_s, until_s;
};

static void
put_counterparties(struct play *p, struct writer *w)
{
	struct jcs_printer list = jcs_printer_of(w);
	struct writer texts = {0};

	troupe_text(p->troupe, "The ministry of labour", &texts);
	jcs_begin_array(&list);
	jcs_begin_object(&list);
	jcs_key(&list, "texts");
	jcs_raw(&list, writer_view(&texts));
	jcs_end_object(&list);
	jcs_end_array(&list);
	writer_clear(&texts);
}

static void
put_delegate(const struct mandate *m, struct writer *w)
{
	struct jcs_printer list = jcs_printer_of(w);

	jcs_begin_array(&list);
	jcs_id(&list, troupe_id(m->play->troupe, m->who));
	jcs_end_array(&list);
}

static int
propose(struct mandate *m)
{
	struct play *p = m->play;
	struct act act = {.kind = ACT_MANDATE_PROPOSE};
	struct writer parties = {0}, delegates = {0}, texts = {0};
	int rc;

	m->from_s = contact_about(p->contact)->now_s;
	m->until_s = m->from_s + LASTS_S;
	put_counterparties(p, &parties);
	put_delegate(m, &delegates);
	troupe_text(p->troupe,
		"Residence papers within 90 days\n\n"
		"Our delegate talks with the ministry about how long people "
		"wait for their papers.",
		&texts);
	act_set_span(&act, ACT_HAS_CEILINGS, BYTES("[]"));
	act_set_int(&act, ACT_HAS_CONFIDENTIAL_S, 0);
	act_set_span(&act, ACT_HAS_COUNTERPARTIES, writer_view(&parties));
	act_set_span(&act, ACT_HAS_DELEGATES, writer_view(&delegates));
	act_set_int(&act, ACT_HAS_MAX_REJECTIONS, 3);
	act_set_int(&act, ACT_HAS_NEEDED, 1);
	act_set_hash(&act, ACT_HAS_ON, contact_about(p->contact)->id);
	act_set_span(
		&act, ACT_HAS_POWERS, BYTES("[\"consult\",\"negotiate\"]"));
	act_set_span(&act, ACT_HAS_RATIFY_CLASS, BYTES("ratification"));
	act_set_span(&act, ACT_HAS_RECALL, BYTES("[1,20]"));
	act_set_int(&act, ACT_HAS_REPORT_EVERY_S, REPORT_S);
	act_set_int(&act, ACT_HAS_REPORT_GRACE_S, GRACE_S);
	act_set_span(&act, ACT_HAS_TEXTS, writer_view(&texts));
	act_set_int(&act, ACT_HAS_VALID_FROM, (int64_t)m->from_s);
	act_set_int(&act, ACT_HAS_VALID_UNTIL, (int64_t)m->until_s);
	rc = troupe_file(p->troupe, p->contact, 0, &act, m->id);
	writer_clear(&parties);
	writer_clear(&delegates);
	writer_clear(&texts);
	return rc;
}

/* Everybody says yes. */
static int
vote(struct mandate *m)
{
	struct play *p = m->play;
	struct wire *reply;
	uint8_t question[CRYPT_HASH];
	int rc = 0;

	if (play_item(p, "proposals", m->id, &reply) != 0)
		return -1;
	wire_id(wire_get(wire_get(wire_top(reply), "item"), "question"),
		question);
	if (contact_check(&reply) != 0)
		return -1;
	wire_free(reply);
	for (uint32_t who = 0; rc == 0 && who < troupe_size(p->troupe); who++) {
		struct act act = {.kind = ACT_BALLOT_CAST};

		output_progress("voting", who, troupe_size(p->troupe));
		act_set_span(&act, ACT_HAS_MARKS, BYTES("[1]"));
		act_set_hash(&act, ACT_HAS_ON, question);
		rc = troupe_file(p->troupe, p->contact, who, &act, NULL);
	}
	output_progress("voting", 1, 1);
	return rc == 0 ? troupe_flush(p->troupe, p->contact) : rc;
}

/* File an act about the mandate at once. */
static int
file(struct mandate *m, uint32_t who, struct act *act)
{
	act_set_hash(act, ACT_HAS_ON, m->id);
	if (troupe_file(m->play->troupe, m->play->contact, who, act, NULL) != 0)
		return -1;
	return troupe_flush(m->play->troupe, m->play->contact);
}

static int
publish(struct mandate *m, uint32_t steward)
{
	struct act act = {.kind = ACT_MANDATE_PUBLISH};

	act_set_int(&act, ACT_HAS_VALID_FROM, (int64_t)m->from_s);
	act_set_int(&act, ACT_HAS_VALID_UNTIL, (int64_t)m->until_s);
	return file(m, steward, &act);
}

static int
meet(struct mandate *m)
{
	struct act act = {.kind = ACT_MANDATE_MEETING};
	struct writer texts = {0};
	int rc;

	troupe_text(m->play->troupe, "First meeting with the ministry", &texts);
	act_set_int(&act, ACT_HAS_COUNTERPARTY, 0);
	act_set_span(&act, ACT_HAS_TEXTS, writer_view(&texts));
	rc = file(m, m->who, &act);
	writer_clear(&texts);
	return rc;
}

static int
report(struct mandate *m)
{
	struct act act = {.kind = ACT_MANDATE_REPORT};
	struct writer texts = {0};
	int rc;

	troupe_text(m->play->troupe,
		"What the ministry said, and what we answered", &texts);
	act_set_int(&act, ACT_HAS_FINAL, 1);
	act_set_span(&act, ACT_HAS_TEXTS, writer_view(&texts));
	rc = file(m, m->who, &act);
	writer_clear(&texts);
	return rc;
}

/* Say what happened, and in which state the daemon says the mandate is. */
static int
tell(struct mandate *m, const char *what)
{
	struct wire *reply;
	struct bytes state;

	if (play_item(m->play, "mandates", m->id, &reply) != 0)
		return -1;
	state = wire_string(
		wire_get(wire_get(wire_get(wire_top(reply), "item"), "item"),
			"state"),
		PLAY_PHASE);
	if (contact_check(&reply) != 0)
		return -1;
	play_say(m->play, "", "%-42s %.*s", what, (int)state.len,
		(const char *)state.data);
	wire_free(reply);
	return 0;
}

static int
authorise(struct mandate *m)
{
	char phase[PLAY_PHASE];

	if (propose(m) != 0 || play_support(m->play, m->id) != 0 ||
		tell(m, "proposed and supported") != 0 ||
		play_until(m->play, m->id, "VOTING", phase) != 0 ||
		vote(m) != 0 ||
		play_until(m->play, m->id, "IN_FORCE", phase) != 0)
		return -1;
	return tell(m, "authorised by a vote of all members");
}

static int
activate(struct mandate *m)
{
	struct act accept = {.kind = ACT_MANDATE_ACCEPT};

	if (file(m, m->who, &accept) != 0 ||
		tell(m, "accepted by the delegate") != 0)
		return -1;
	for (uint32_t steward = 0; steward < STEWARDS; steward++)
		if (publish(m, steward) != 0)
			return -1;
	return tell(m, "published by two stewards");
}

static int
work(struct mandate *m)
{
	struct contact *c = m->play->contact;
	struct act conclude = {.kind = ACT_MANDATE_CONCLUDE};

	if (meet(m) != 0 || tell(m, "a meeting with the counterparty") != 0 ||
		ask_advance(c, contact_about(c)->now_s + DAY_S) != 0 ||
		report(m) != 0 ||
		tell(m, "reported, a day later, for the last time") != 0 ||
		file(m, m->who, &conclude) != 0)
		return -1;
	return tell(m, "concluded by the delegate");
}

int
scene_mandate_carry(struct play *p, uint32_t who, struct bytes name)
{
	struct mandate m = {.play = p, .who = who};

	play_begin(p);
	play_say(p, "Mandate",
		"M1 \"Residence papers within 90 days\", carried "
		"by %.*s",
		(int)name.len, (const char *)name.data);
	if (authorise(&m) != 0 || activate(&m) != 0)
		return -1;
	return work(&m);
}
