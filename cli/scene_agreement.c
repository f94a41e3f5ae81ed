#include "cli/scene_agreement.h"

#include <stdio.h>

#include "ballots/record/jcs.h"

enum { YEAR_S = 365 * 86400, LINE = 64 };

static int
table(struct scene_agreement *a, struct scene_mandate *m)
{
	struct play *p = m->play;
	struct act act = {.kind = ACT_AGREEMENT_TENTATIVE};
	uint64_t now_s = contact_about(p->contact)->now_s;
	struct writer texts = {0}, amounts = {0};
	struct jcs_printer list = jcs_printer_of(&amounts);
	int rc;

	jcs_begin_array(&list);
	jcs_int(&list, a->days);
	jcs_end_array(&list);
	troupe_text(p->troupe, a->text, &texts);
	act_set_span(&act, ACT_HAS_AMOUNTS, writer_view(&amounts));
	act_set_int(&act, ACT_HAS_COUNTERPARTY, 0);
	act_set_hash(&act, ACT_HAS_KEY,
		troupe_key(p->troupe, troupe_guest(p->troupe)));
	act_set_hash(&act, ACT_HAS_ON, m->id);
	act_set_int(&act, ACT_HAS_RATIFY, 1);
	act_set_span(&act, ACT_HAS_TEXTS, writer_view(&texts));
	act_set_int(&act, ACT_HAS_VALID_FROM, (int64_t)now_s);
	act_set_int(&act, ACT_HAS_VALID_UNTIL, (int64_t)now_s + YEAR_S);
	rc = play_file(p, m->who, &act, a->id);
	writer_clear(&texts);
	writer_clear(&amounts);
	return rc;
}

/* The ministry signs, over the same bytes. */
static int
countersign(struct scene_agreement *a, struct play *p)
{
	struct act act = {.kind = ACT_AGREEMENT_COUNTERSIGN};

	act_set_hash(&act, ACT_HAS_ON, a->id);
	return play_file(p, troupe_guest(p->troupe), &act, NULL);
}

/* The proposal by which the members ratify it. */
static int
ballot_of(struct scene_agreement *a, struct play *p,
	uint8_t proposal[static CRYPT_HASH])
{
	struct wire *reply;

	if (play_item(p, "agreements", a->id, &reply) != 0)
		return -1;
	wire_id(wire_get(wire_get(wire_get(wire_top(reply), "item"), "item"),
			"ratification"),
		proposal);
	if (contact_check(&reply) != 0)
		return -1;
	wire_free(reply);
	return 0;
}

static int
tell(const struct scene_agreement *a, struct scene_mandate *m, const char *what)
{
	char line[LINE];

	snprintf(line, sizeof(line), "%s %s", a->name, what);
	return scene_mandate_tell(m, line);
}

static int
vote(struct scene_agreement *a, struct scene_mandate *m)
{
	struct play *p = m->play;
	uint8_t proposal[CRYPT_HASH];
	char state[PLAY_PHASE];

	if (ballot_of(a, p, proposal) != 0 ||
		play_until(p, "proposals", proposal, "VOTING") != 0 ||
		play_vote(p, proposal, a->yes_of) != 0 ||
		play_until(p, "proposals", proposal,
			"IN_FORCE REJECTED NO_QUORUM TIED") != 0 ||
		play_phase(p, "agreements", a->id, state) != 0)
		return -1;
	return tell(a, m,
		state[0] == 'R' ? "rejected by the members"
				: "ratified by the members");
}

int
scene_agreement_try(struct scene_agreement *a, struct scene_mandate *m)
{
	if (table(a, m) != 0 || countersign(a, m->play) != 0 ||
		tell(a, m, "signed by both sides") != 0 ||
		play_until(m->play, "agreements", a->id, "RATIFYING") != 0 ||
		tell(a, m, "open to the members' vote") != 0)
		return -1;
	return vote(a, m);
}
