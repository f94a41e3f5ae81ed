#include "cli/scene_mandate.h"

#include <string.h>

#include "ballots/record/advocacy.h"
#include "ballots/record/jcs.h"
#include "cli/complain.h"

enum {
	DAY_S = 86400,
	LASTS_S = 300 * DAY_S,
	REPORT_S = 30 * DAY_S,
	GRACE_S = 7 * DAY_S,
	STEWARDS = 2,
	DAYS_MOST = 90,
};

/* End a list of one object that has begun, with what it is called. */
static void
put_called(struct play *p, struct jcs_printer *list, const char *words)
{
	struct writer texts = {0};

	troupe_text(p->troupe, words, &texts);
	jcs_key(list, "texts");
	jcs_raw(list, writer_view(&texts));
	jcs_end_object(list);
	jcs_end_array(list);
	writer_clear(&texts);
}

static void
put_counterparties(struct play *p, struct writer *w)
{
	struct jcs_printer list = jcs_printer_of(w);

	jcs_begin_array(&list);
	jcs_begin_object(&list);
	jcs_key(&list, "key");
	jcs_did(&list, troupe_key(p->troupe, troupe_guest(p->troupe)));
	put_called(p, &list, "The ministry of labour");
}

/* At most so many days until papers are issued. */
static void
put_ceilings(struct play *p, struct writer *w)
{
	struct jcs_printer list = jcs_printer_of(w);

	jcs_begin_array(&list);
	jcs_begin_object(&list);
	jcs_key(&list, "limit");
	jcs_int(&list, DAYS_MOST);
	put_called(p, &list, "Days until papers are issued");
}

static void
put_delegate(const struct scene_mandate *m, struct writer *w)
{
	struct jcs_printer list = jcs_printer_of(w);

	jcs_begin_array(&list);
	jcs_id(&list, troupe_id(m->play->troupe, m->who));
	jcs_end_array(&list);
}

static int
propose(struct scene_mandate *m)
{
	struct play *p = m->play;
	struct act act = {.kind = ACT_MANDATE_PROPOSE};
	struct writer parties = {0}, delegates = {0}, texts = {0};
	struct writer ceilings = {0};
	int rc;

	m->from_s = contact_about(p->contact)->now_s;
	m->until_s = m->from_s + LASTS_S;
	put_counterparties(p, &parties);
	put_ceilings(p, &ceilings);
	put_delegate(m, &delegates);
	troupe_text(p->troupe,
		"Residence papers within 90 days\n\n"
		"Our delegate talks with the ministry about how long people "
		"wait for their papers.",
		&texts);
	act_set_span(&act, ACT_HAS_CEILINGS, writer_view(&ceilings));
	act_set_int(&act, ACT_HAS_CONFIDENTIAL_S, 0);
	act_set_span(&act, ACT_HAS_COUNTERPARTIES, writer_view(&parties));
	act_set_span(&act, ACT_HAS_DELEGATES, writer_view(&delegates));
	act_set_int(&act, ACT_HAS_MAX_REJECTIONS, 2);
	act_set_int(&act, ACT_HAS_NEEDED, 1);
	act_set_hash(&act, ACT_HAS_ON, contact_about(p->contact)->id);
	act_set_span(&act, ACT_HAS_POWERS,
		BYTES("[\"consult\",\"negotiate\",\"sign-tentative\"]"));
	act_set_span(&act, ACT_HAS_RATIFY_CLASS, BYTES("ratification"));
	act_set_span(&act, ACT_HAS_RECALL, BYTES("[1,20]"));
	act_set_int(&act, ACT_HAS_REPORT_EVERY_S, REPORT_S);
	act_set_int(&act, ACT_HAS_REPORT_GRACE_S, GRACE_S);
	act_set_span(&act, ACT_HAS_TEXTS, writer_view(&texts));
	act_set_int(&act, ACT_HAS_VALID_FROM, (int64_t)m->from_s);
	act_set_int(&act, ACT_HAS_VALID_UNTIL, (int64_t)m->until_s);
	rc = troupe_file(p->troupe, p->contact, 0, &act, m->id);
	writer_clear(&ceilings);
	writer_clear(&parties);
	writer_clear(&delegates);
	writer_clear(&texts);
	return rc;
}

/* File an act about the mandate at once. */
static int
file(struct scene_mandate *m, uint32_t who, struct act *act)
{
	act_set_hash(act, ACT_HAS_ON, m->id);
	return play_file(m->play, who, act, NULL);
}

/* What a steward signs of the delegate: the one proof of the list. */
static int
put_proof(struct scene_mandate *m, uint32_t steward, const struct act *terms,
	struct act *act, struct writer *list)
{
	struct troupe *t = m->play->troupe;
	struct advocacy wanted = {.mandate = terms, .publish = act};
	struct jcs_printer p = jcs_printer_of(list);
	struct integrity_proof proof;
	uint8_t message[INTEGRITY_MESSAGE];
	struct writer doc = {0};

	memcpy(wanted.member, troupe_id(t, m->who), CRYPT_HASH);
	memcpy(wanted.key, troupe_key(t, m->who), CRYPT_KEY);
	if (!advocacy_print(&wanted, &doc))
		return complain_no(
			"", "The mandate's dates have no credential.");
	advocacy_message(writer_view(&doc), troupe_key(t, steward),
		contact_about(m->play->contact)->now_s, &proof, message);
	troupe_sign_bytes(
		t, steward, bytes_of(message, sizeof(message)), proof.sig);
	jcs_begin_array(&p);
	jcs_begin_object(&p);
	jcs_key(&p, "key");
	jcs_did(&p, wanted.key);
	jcs_key(&p, "signature");
	jcs_base64(&p, bytes_of(proof.sig, CRYPT_SIG));
	jcs_end_object(&p);
	jcs_end_array(&p);
	writer_clear(&doc);
	return 0;
}

/* In the name of the first steward, so that all sign one credential. */
static int
publish(struct scene_mandate *m, uint32_t steward)
{
	struct act act = {.kind = ACT_MANDATE_PUBLISH};
	struct ask_record terms = {0};
	struct writer list = {0};
	bool found;
	int rc = ask_act(m->play->contact, m->id, &found, &terms);

	if (rc == 0 && !found)
		rc = contact_misread();
	act_set_int(&act, ACT_HAS_VALID_FROM, (int64_t)m->from_s);
	act_set_int(&act, ACT_HAS_VALID_UNTIL, (int64_t)m->until_s);
	act_set_hash(&act, ACT_HAS_ISSUER, troupe_key(m->play->troupe, 0));
	if (rc == 0)
		rc = put_proof(m, steward, &terms.act, &act, &list);
	if (rc == 0) {
		act_set_span(&act, ACT_HAS_PROOFS, writer_view(&list));
		rc = file(m, steward, &act);
	}
	writer_clear(&list);
	ask_clear(&terms);
	return rc;
}

int
scene_mandate_meet(struct scene_mandate *m)
{
	struct act act = {.kind = ACT_MANDATE_MEETING};
	struct writer texts = {0};
	int rc;

	troupe_text(m->play->troupe, "First meeting with the ministry", &texts);
	act_set_int(&act, ACT_HAS_COUNTERPARTY, 0);
	act_set_span(&act, ACT_HAS_TEXTS, writer_view(&texts));
	rc = file(m, m->who, &act);
	writer_clear(&texts);
	return rc == 0 ? scene_mandate_tell(m, "a meeting with the ministry")
		       : rc;
}

int
scene_mandate_report(struct scene_mandate *m, bool final)
{
	struct act act = {.kind = ACT_MANDATE_REPORT};
	struct writer texts = {0};
	int rc;

	troupe_text(m->play->troupe,
		"What the ministry said, and what we answered", &texts);
	act_set_int(&act, ACT_HAS_FINAL, final);
	act_set_span(&act, ACT_HAS_TEXTS, writer_view(&texts));
	rc = file(m, m->who, &act);
	writer_clear(&texts);
	return rc == 0 ? scene_mandate_tell(
				 m, final ? "reported, for the last time"
					  : "reported to the members")
		       : rc;
}

int
scene_mandate_neglect(struct scene_mandate *m)
{
	if (play_until(m->play, "mandates", m->id, "SUSPENDED") != 0)
		return -1;
	return scene_mandate_tell(m, "a report is missed");
}

int
scene_mandate_tell(struct scene_mandate *m, const char *what)
{
	char state[PLAY_PHASE];

	if (play_phase(m->play, "mandates", m->id, state) != 0)
		return -1;
	play_say(m->play, "", "%-42s %s", what, state);
	return 0;
}

static int
authorise(struct scene_mandate *m)
{
	struct play *p = m->play;

	if (propose(m) != 0 || play_support(p, m->id) != 0 ||
		scene_mandate_tell(m, "proposed and supported") != 0 ||
		play_until(p, "proposals", m->id, "VOTING") != 0 ||
		play_vote(p, m->id, 1) != 0 ||
		play_until(p, "proposals", m->id, "IN_FORCE") != 0)
		return -1;
	return scene_mandate_tell(m, "authorised by a vote of all members");
}

static int
activate(struct scene_mandate *m)
{
	struct act accept = {.kind = ACT_MANDATE_ACCEPT};

	if (file(m, m->who, &accept) != 0 ||
		scene_mandate_tell(m, "accepted by the delegate") != 0)
		return -1;
	for (uint32_t steward = 0; steward < STEWARDS; steward++)
		if (publish(m, steward) != 0)
			return -1;
	return scene_mandate_tell(m, "published by two stewards");
}

int
scene_mandate_begin(struct scene_mandate *m, struct play *p, uint32_t who,
	struct bytes name)
{
	*m = (struct scene_mandate){.play = p, .who = who};
	play_begin(p);
	play_say(p, "Mandate",
		"M1 \"Residence papers within 90 days\", carried "
		"by %.*s",
		(int)name.len, (const char *)name.data);
	return authorise(m) != 0 ? -1 : activate(m);
}
