#include "ballots/assembly/describe.h"

#include <assert.h>

#include "ballots/assembly/agreement_life.h"
#include "ballots/assembly/entry.h"
#include "ballots/assembly/mandate_life.h"
#include "ballots/assembly/proposal.h"
#include "ballots/record/fields.h"

static void
put_list(const struct world *w, struct jcs_printer *p, const char *name,
	const struct world_list *list)
{
	entry_members(w, p, name, list->at, list->n);
}

/* The id of what an act or a grant is about. */
const uint8_t *
describe_subject(const struct world *w, struct clocks_subject on)
{
	switch (on.about) {
	case CLOCKS_MEMBER:
		return entry_member(w, on.number);
	case CLOCKS_CHAPTER:
		return w->chapters.at[on.number].id;
	case CLOCKS_TOPIC:
		return w->topics.at[on.number].id;
	case CLOCKS_PROPOSAL:
		return w->proposals[on.number]->id;
	case CLOCKS_MANDATE:
		return w->mandates[on.number]->id;
	case CLOCKS_AGREEMENT:
		return w->agreements[on.number]->id;
	case CLOCKS_GRANT:
		return delegation_get(&w->delegation, on.number)->id;
	case CLOCKS_UNION:
	case CLOCKS_NOTHING:
		break;
	}
	assert(on.about == CLOCKS_UNION);
	return w->id;
}

/* One thing *****************************************************************/

static void
put_conduct(struct jcs_printer *p, const struct world_conduct *c)
{
	jcs_key(p, "conduct");
	jcs_begin_object(p);
	entry_int(p, "accepted", c->accepted);
	entry_int(p, "alleged", c->alleged);
	entry_int(p, "answered", c->answered);
	entry_int(p, "breached", c->breached);
	entry_int(p, "refused", c->refused);
	entry_int(p, "terminated", c->terminated);
	jcs_end_object(p);
}

void
describe_gateway(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	const struct world_gateway *g = &w->gateways[number];

	jcs_begin_object(p);
	jcs_key(p, "accepts");
	jcs_raw(p, bytes_of_string(g->accepts));
	put_conduct(p, &g->conduct);
	entry_id(p, "id", g->id);
	entry_did(p, "key", g->key);
	entry_bool(p, "struck", g->struck);
	jcs_end_object(p);
}

/* When a grant dates from; 0 while it waits to be accepted. */
static uint64_t
grant_date(const struct delegation_grant *g)
{
	if (g->to != DELEGATION_NOBODY && !g->accepted)
		return 0;
	return g->accepted_s > g->made_s ? g->accepted_s : g->made_s;
}

void
describe_grant(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	const struct delegation_grant *g =
		delegation_get(&w->delegation, number);

	jcs_begin_object(p);
	entry_int(p, "accepted", g->accepted_s);
	entry_id(p, "by", entry_member(w, g->from));
	entry_int(p, "date", grant_date(g));
	entry_id(p, "id", g->id);
	entry_int(p, "max", g->max);
	entry_id(p, "on", describe_subject(w, g->on));
	if (g->to == DELEGATION_NOBODY)
		entry_word(p, "to", "none");
	else
		entry_id(p, "to", entry_member(w, g->to));
	jcs_end_object(p);
}

void
describe_line(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	const struct world_line *line = &w->lines[number];

	jcs_begin_object(p);
	entry_int(p, "amount", (uint64_t)line->amount);
	entry_id(p, "id", line->id);
	entry_int(p, "option", line->option);
	entry_word(p, "unit", line->unit);
	jcs_end_object(p);
}

static void
put_causes(struct jcs_printer *p, uint32_t causes)
{
	entry_list(p, "causes");
	for (int i = 0; i < MANDATE_CAUSES; i++)
		if ((causes & LIFECYCLE_IN(i)) != 0)
			jcs_string(
				p, bytes_of_string(mandate_life_cause_name(i)));
	jcs_end_array(p);
}

static void
put_delegates(const struct world *w, const struct world_mandate *m,
	struct jcs_printer *p)
{
	entry_list(p, "delegates");
	for (uint32_t i = 0; i < m->n_delegates; i++) {
		jcs_begin_array(p);
		jcs_id(p, entry_member(w, m->delegates[i].member));
		jcs_bool(p, m->delegates[i].accepted);
		jcs_end_array(p);
	}
	jcs_end_array(p);
}

/* [[key, signature], ...] of a list of proofs, as an act has it. */
static void
put_proofs(struct jcs_printer *p, struct bytes list)
{
	struct fields f = fields_of_list(list, 0, LIMIT_DELEGATES);

	jcs_begin_array(p);
	while (fields_more(&f)) {
		fields_object(&f, NULL);
		jcs_begin_array(p);
		jcs_raw(p, fields_value(&f, "key"));
		jcs_raw(p, fields_value(&f, "signature"));
		jcs_end_array(p);
		fields_end(&f);
	}
	jcs_end_array(p);
}

static void
put_publications(const struct world *w, const struct world_mandate *m,
	struct jcs_printer *p)
{
	entry_list(p, "publications");
	for (uint32_t i = 0; i < m->n_publications; i++) {
		const struct world_publication *at = &m->publications[i];

		jcs_begin_array(p);
		jcs_id(p, entry_member(w, at->steward));
		if (at->issued)
			jcs_did(p, at->issuer);
		else
			jcs_string(p, BYTES(""));
		put_proofs(p,
			at->issued ? bytes_of_string(at->proofs) : BYTES("[]"));
		jcs_end_array(p);
	}
	jcs_end_array(p);
}

static void
put_seals(const struct world_mandate *m, struct jcs_printer *p)
{
	entry_list(p, "seals");
	for (uint32_t i = 0; i < m->n_seals; i++) {
		jcs_begin_array(p);
		jcs_id(p, m->seals[i].id);
		jcs_int(p, (int64_t)m->seals[i].opens_s);
		jcs_bool(p, m->seals[i].opened);
		jcs_end_array(p);
	}
	jcs_end_array(p);
}

void
describe_mandate(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	const struct world_mandate *m = w->mandates[number];

	jcs_begin_object(p);
	if (m->agreement == IDMAP_NONE)
		entry_word(p, "agreement", "");
	else
		entry_id(p, "agreement", w->agreements[m->agreement]->id);
	put_causes(p, m->causes);
	put_list(w, p, "challengers", &m->challengers);
	entry_members(w, p, "concluded", m->concluded, m->n_concluded);
	put_delegates(w, m, p);
	entry_int(p, "endorsements", m->n_endorsers);
	entry_bool(p, "final", m->final_report);
	entry_members(w, p, "holds", m->holds, m->n_holds);
	entry_id(p, "id", m->id);
	put_publications(w, m, p);
	entry_int(p, "rejections", m->rejections);
	entry_int(p, "report_due", m->report_due_s);
	entry_int(p, "sealed_s", m->sealed_s);
	put_seals(m, p);
	entry_int(p, "since", m->since_s);
	entry_word(p, "state", mandate_life_state_name(m->state));
	entry_int(p, "valid_until", m->valid_until_s);
	jcs_end_object(p);
}

/* A commitment to guardians; empty for none. */
static void
value_of_guards(struct jcs_printer *p, const struct roster_guards *g)
{
	if (g->there)
		jcs_base64(p, bytes_of(g->hash, 32));
	else
		jcs_string(p, BYTES(""));
}

static void
put_guardians(const struct world *w, const struct roster_member *m,
	struct jcs_printer *p)
{
	struct roster_guards now = roster_guards(m, w->time_s), next;
	uint64_t from_s;

	jcs_key(p, "guardians");
	value_of_guards(p, &now);
	entry_list(p, "guardians_next");
	if (roster_guards_to_come(m, w->time_s, &next, &from_s)) {
		value_of_guards(p, &next);
		jcs_int(p, (int64_t)from_s);
	}
	jcs_end_array(p);
}

void
describe_member(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	const struct roster_member *m = roster_get(&w->roster, number);

	jcs_begin_object(p);
	entry_int(p, "admitted", m->admitted_s);
	entry_list(p, "chapters");
	for (uint8_t i = 0; i < m->n_chapters; i++)
		entry_pair(p, w->chapters.at[m->chapters[i].number].id,
			m->chapters[i].joined_s);
	jcs_end_array(p);
	entry_bool(p, "founder", m->founder);
	put_guardians(w, m, p);
	entry_id(p, "id", m->id);
	entry_did(p, "key", m->key);
	entry_bool(p, "left", m->left);
	entry_hash(p, "next", m->next);
	entry_bool(p, "quarantined", m->quarantined);
	entry_int(p, "renewed", m->renewed_s);
	entry_int(p, "suspended", m->suspended_s);
	jcs_end_object(p);
}

void
describe_pending(const struct world *w, uint32_t number, struct jcs_printer *p)
{
	const struct world_pending *a = &w->pending[number];

	jcs_begin_object(p);
	entry_id(p, "id", a->id);
	entry_members(w, p, "registrars", a->registrars, a->n_registrars);
	entry_int(p, "until", a->until_s);
	entry_members(w, p, "vouchers", a->vouchers, a->n_vouchers);
	jcs_end_object(p);
}

static void
put_breach(const struct world *w, const struct world_breach *b,
	struct jcs_printer *p)
{
	jcs_begin_object(p);
	entry_bool(p, "answered", b->state == AGREEMENT_ANSWERED);
	entry_bool(p, "breached", b->breached);
	put_list(w, p, "endorsers", &b->endorsers);
	entry_hash(p, "hash", b->hash);
	entry_id(p, "id", b->id);
	entry_bool(p, "replied", b->replied);
	entry_word(p, "state", agreement_life_claim_name(b->state));
	jcs_end_object(p);
}

/* What it says, which never changes. */
static void
put_amounts(const struct world_agreement *g, struct jcs_printer *p)
{
	entry_list(p, "amounts");
	for (uint32_t i = 0; i < g->n_amounts; i++)
		jcs_int(p, g->amounts[i]);
	jcs_end_array(p);
}

void
describe_agreement(
	const struct world *w, uint32_t number, struct jcs_printer *p)
{
	const struct world_agreement *g = w->agreements[number];

	jcs_begin_object(p);
	put_amounts(g, p);
	entry_list(p, "breaches");
	for (uint32_t i = 0; i < g->breaches.n; i++)
		put_breach(w, &w->breaches[g->breaches.at[i]], p);
	jcs_end_array(p);
	entry_bool(p, "challenged", g->challenged);
	entry_int(p, "counterparty", g->counterparty);
	entry_bool(p, "countersigned", g->countersigned);
	put_list(w, p, "ending", &g->ending);
	entry_id(p, "id", g->id);
	entry_did(p, "key", g->key);
	entry_id(p, "mandate", w->mandates[g->mandate]->id);
	if (g->ratification == IDMAP_NONE)
		entry_word(p, "ratification", "");
	else
		entry_id(p, "ratification", w->proposals[g->ratification]->id);
	entry_bool(p, "ratify", g->ratify);
	entry_bool(p, "receipt", g->receipt);
	put_list(w, p, "signers", &g->signers);
	entry_int(p, "since", g->since_s);
	entry_word(p, "state", agreement_life_state_name(g->state));
	entry_int(p, "valid_from", g->valid_from_s);
	entry_int(p, "valid_until", g->valid_until_s);
	put_list(w, p, "withdrawn", &g->withdrawn);
	jcs_end_object(p);
}

static void
put_enacted(const struct world_proposal *r, struct jcs_printer *p)
{
	entry_list(p, "effects");
	for (uint32_t i = 0; i < r->n_enacted; i++) {
		jcs_begin_array(p);
		jcs_int(p, r->enacted[i].k);
		jcs_int(p, r->enacted[i].n);
		jcs_string(p,
			bytes_of_string(verdict_name(r->enacted[i].verdict)));
		jcs_end_array(p);
	}
	jcs_end_array(p);
}

static void
put_supporters(const struct world *w, const struct world_proposal *r,
	struct jcs_printer *p)
{
	entry_list(p, "supporters");
	for (uint32_t i = 0; i < r->n_supporters; i++)
		entry_pair(p, entry_member(w, r->supporters[i].member),
			r->supporters[i].version);
	jcs_end_array(p);
}

void
describe_proposal(const struct world *w, uint32_t number, bool supporters,
	struct jcs_printer *p)
{
	const struct world_proposal *r = w->proposals[number];
	const struct world_contest *c = w->contests[r->contest];

	jcs_begin_object(p);
	if (r->by == IDMAP_NONE)
		entry_word(p, "by", "ledger");
	else
		entry_id(p, "by", entry_member(w, r->by));
	entry_word(p, "class", c->class.name);
	put_enacted(r, p);
	entry_id(p, "id", r->id);
	entry_id(p, "lead", w->proposals[c->proposals[0]]->id);
	entry_int(p, "needed", r->needed);
	entry_word(p, "phase", proposal_phase_name(r->phase));
	entry_int(p, "since", r->since_s);
	if (supporters)
		put_supporters(w, r, p);
	entry_int(p, "version", r->version);
	jcs_end_object(p);
}

static void
put_ballots(
	const struct world *w, const struct question *q, struct jcs_printer *p)
{
	entry_list(p, "ballots");
	for (uint32_t i = 0; i < q->n_casts; i++) {
		const int16_t *marks = question_marks(q, i);

		jcs_begin_array(p);
		jcs_id(p, entry_member(w, q->roll[q->casts[i].place]));
		jcs_int(p, (int64_t)q->casts[i].time_s);
		jcs_int(p, (int64_t)q->casts[i].seq);
		jcs_begin_array(p);
		for (uint32_t k = 0; k < q->n_marks; k++)
			jcs_int(p, marks[k]);
		jcs_end_array(p);
		jcs_end_array(p);
	}
	jcs_end_array(p);
}

void
describe_question(const struct world *w, uint32_t number, bool ballots,
	struct jcs_printer *p)
{
	const struct question *q = w->questions[number];

	jcs_begin_object(p);
	entry_id(p, "about", q->form.about);
	if (ballots)
		put_ballots(w, q, p);
	entry_int(p, "close", q->close_s);
	entry_lots(w, &q->lots, false, p);
	entry_bool(p, "extended", q->extended);
	entry_id(p, "id", q->id);
	entry_word(p, "kind", question_kind_name(q->form.kind));
	entry_bool(p, "moved", q->moved);
	entry_int(p, "opens", q->form.opens_s);
	entry_lots(w, &q->lots, true, p);
	jcs_key(p, "roll");
	jcs_begin_object(p);
	entry_hash(p, "root", q->roll_root);
	entry_int(p, "size", q->n_roll);
	jcs_end_object(p);
	jcs_end_object(p);
}

void
describe_offices(const struct world *w, struct jcs_printer *p)
{
	jcs_begin_object(p);
	for (int i = 0; i < CHARTER_OFFICES; i++) {
		const struct world_office *o = &w->offices[i];

		entry_list(p, charter_office_name((enum charter_office)i));
		for (uint32_t s = 0; s < o->n; s++)
			entry_pair(p, entry_member(w, o->seats[s].member),
				o->seats[s].seated_s);
		jcs_end_array(p);
	}
	jcs_end_object(p);
}
