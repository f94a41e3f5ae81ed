#include "tests/lib/life.h"

#include <stdio.h>
#include <string.h>

#include "ballots/base/crypt.h"
#include "ballots/count/methods.h"

/* One kind of act each ******************************************************/

typedef struct life_filing any_fn(struct life *l, const char *author);

static struct life_filing
nothing(void)
{
	return (struct life_filing){NULL, NULL};
}

static struct life_filing
any_opening(struct life *l, const char *author)
{
	const struct charter *charter = &l->w->charter;
	const struct world_proposal *lead = life_proposal(l);
	const struct charter_class *class =
		&charter->classes[life_below(l, charter->n_classes)];
	const char *method;
	size_t row;
	json_t *act;

	if (lead != NULL && life_below(l, 3) == 0) {
		class = &l->w->contests[lead->contest]->class;
		method = l->w->contests[lead->contest]->method->name;
	} else {
		lead = NULL;
		do
			row = life_below(l, 11);
		while ((class->methods >> row & 1) == 0);
		method = methods_at(row)->name;
	}
	act = town_act("proposal.open", lead == NULL ? l->w->id : lead->id);
	json_object_update_new(act,
		json_pack("{s:s, s:s, s:o, s:i, s:o}", "class", class->name,
			"method", method, "options",
			life_options(l, class, method), "seats",
			life_below(l, 4) == 0 ? 2 : 1, "texts", life_texts(l)));
	if (strcmp(method, "score") == 0)
		json_object_set_new(act, "scale", json_pack("[i, i]", -2, 3));
	if (strcmp(method, "majority-judgment") == 0)
		json_object_set_new(act, "scale", json_pack("[i, i]", 1, 5));
	if (strcmp(method, "equal-shares") == 0)
		json_object_set_new(act, "budget",
			json_integer(
				life_often(l)
					? (json_int_t)(1 + life_below(l, 90))
					: LIMIT_JSON_INT));
	if (lead == NULL && life_below(l, 4) == 0)
		json_object_set_new(act, "topic",
			town_id_value(life_section(l, &l->w->topics)));
	if (lead == NULL && life_below(l, 6) == 0)
		json_object_set_new(act, "chapter",
			town_id_value(life_section(l, &l->w->chapters)));
	return (struct life_filing){author, act};
}

static struct life_filing
any_amendment(struct life *l, const char *author)
{
	const struct world_proposal *p = life_proposal(l);
	json_t *act;

	if (p == NULL)
		return nothing();
	act = town_act("proposal.amend", p->id);
	json_object_set_new(act, "options",
		life_options(l, &l->w->contests[p->contest]->class,
			l->w->contests[p->contest]->method->name));
	json_object_set_new(act, "texts", life_texts(l));
	if (life_often(l) && p->by != IDMAP_NONE)
		author = life_name_of(l, p->by);
	return (struct life_filing){author, act};
}

static struct life_filing
any_support(struct life *l, const char *author)
{
	const struct world_proposal *p = life_proposal(l);
	json_t *act;

	if (p == NULL)
		return nothing();
	act = town_act("proposal.support", p->id);
	json_object_set_new(act, "version",
		json_integer(life_often(l) ? p->version : p->version + 1));
	return (struct life_filing){author, act};
}

static struct life_filing
any_word_on_a_proposal(struct life *l, const char *author)
{
	const struct world_proposal *p = life_proposal(l);
	const char *kind = LIFE_ANY(l, "proposal.unsupport",
		"proposal.withdraw", "proposal.hold", "proposal.hold",
		"proposal.hold", "office.stand", "office.stand");

	if (p == NULL)
		return nothing();
	if (strcmp(kind, "proposal.withdraw") == 0 && p->by != IDMAP_NONE)
		author = life_name_of(l, p->by);
	if (p->office >= 0 && life_often(l))
		kind = "office.stand";
	return (struct life_filing){author, town_act(kind, p->id)};
}

static json_int_t
any_mark(struct life *l, const struct question *q, uint32_t i)
{
	const struct method *m = q->form.method;

	if (!life_often(l))
		return (json_int_t)life_below(l, 9) - 4;
	if (q->n_marks == 1)
		return life_below(l, 3) == 0 ? (json_int_t)life_below(l, 3) - 1
					     : 1;
	if (q->form.scaled)
		return (json_int_t)life_below(l, 4);
	if (m->choice)
		return i == 1;
	if (m->marks == METHOD_RANKS)
		return i > 0 && life_below(l, 3) != 0 ? i + 1 : 0;
	return i > 0 && life_below(l, 3) != 0;
}

struct life_filing
life_ballot(struct life *l, const char *author)
{
	const struct question *q = life_question(l);
	json_t *marks = json_array(), *act;

	if (q == NULL) {
		json_decref(marks);
		return nothing();
	}
	for (uint32_t i = 0; i < q->n_marks; i++)
		json_array_append_new(marks, json_integer(any_mark(l, q, i)));
	if (q->form.kind == QUESTION_PANEL && life_often(l))
		author = life_name_of(l, q->roll[life_below(l, q->n_roll)]);
	act = town_act("ballot.cast", q->id);
	json_object_set_new(act, "marks", marks);
	return (struct life_filing){author, act};
}

/* The secret value of an auditor is the hash of the name. */
static struct life_filing
any_lot(struct life *l, const char *author)
{
	const struct question *q = life_question(l);
	struct bytes parts[2] = {BYTES("union-lot/v1\n")};
	uint8_t value[32], hash[32];
	json_t *act;

	if (q == NULL)
		return nothing();
	crypt_hash(bytes_of_string(author), value);
	parts[1] = bytes_of(value, 32);
	crypt_hash_parts(parts, 2, hash);
	if (q->counting) {
		act = town_act("lot.reveal", q->id);
		json_object_set_new(act, "value", life_hash_value(value));
	} else {
		act = town_act("lot.commit", q->id);
		json_object_set_new(act, "hash", life_hash_value(hash));
	}
	return (struct life_filing){author, act};
}

static struct life_filing
any_grant(struct life *l, const char *author)
{
	json_t *act =
		town_act(LIFE_ANY(l, "delegation.grant", "delegation.grant",
				 "delegation.grant", "delegation.revoke"),
			life_scope(l));

	if (strcmp(json_string_value(json_object_get(act, "act")),
		    "delegation.grant") == 0)
		json_object_set_new(act, "to",
			life_often(l) ? town_id_value(life_member(l))
				      : json_string("none"));
	return (struct life_filing){author, act};
}

static struct life_filing
any_answer(struct life *l, const char *author)
{
	const struct delegation *d = &l->w->delegation;
	const struct delegation_grant *g;
	json_t *act;

	if (d->n == 0)
		return nothing();
	g = delegation_get(d, (uint32_t)life_below(l, d->n));
	act = town_act(
		life_often(l) ? "delegation.accept" : "delegation.drop", g->id);
	if (strcmp(json_string_value(json_object_get(act, "act")),
		    "delegation.accept") == 0)
		json_object_set_new(act, "max",
			json_integer((json_int_t)(1 + life_below(l, 6))));
	if (life_often(l) && g->to != DELEGATION_NOBODY)
		author = life_name_of(l, g->to);
	return (struct life_filing){author, act};
}

static struct life_filing
any_admission(struct life *l, const char *author)
{
	json_t *act;
	uint8_t id[32];
	char *name = l->names[l->n_names - 1];

	if ((life_member_called(l, name) != ROSTER_NONE || !life_often(l)) &&
		l->n_names < LIFE_PEOPLE) {
		name = l->names[l->n_names++];
		snprintf(name, sizeof(l->names[0]), "n%u", l->n_names);
	}
	act = json_pack("{s:s}", "act", "member.admit");
	town_put_application(l->town, l->now_s, name,
		l->w->chapters.n > 0 && l->n_names % 2 == 0
			? l->w->chapters.at[0].id
			: NULL,
		act);
	town_find(l->town, name, id);
	json_object_set_new(act, "on", town_id_value(id));
	return (struct life_filing){author, act};
}

static struct life_filing
any_self(struct life *l, const char *author)
{
	uint8_t id[32];
	json_t *act;

	if (!town_find(l->town, author, id))
		return nothing();
	act = town_act(life_often(l)   ? "member.renew"
		       : life_often(l) ? "key.rotate"
				       : "member.leave",
		id);
	if (strcmp(json_string_value(json_object_get(act, "act")),
		    "key.rotate") == 0)
		town_put_next_key(l->town, author, act);
	return (struct life_filing){author, act};
}

static struct life_filing
any_section_act(struct life *l, const char *author)
{
	json_t *act;

	if (life_below(l, 3) == 0) {
		act = town_act(
			LIFE_ANY(l, "chapter.open", "topic.open"), l->w->id);
		json_object_set_new(act, "texts", life_texts(l));
		return (struct life_filing){author, act};
	}
	return (struct life_filing){author,
		town_act(life_often(l) ? "chapter.join" : "chapter.leave",
			life_section(l, &l->w->chapters))};
}

static struct life_filing
any_office_act(struct life *l, const char *author)
{
	json_t *act;

	if (life_below(l, 2) == 0)
		return (struct life_filing){
			author, town_act("text.erase", life_member(l))};
	act = town_act("office.resign", l->w->id);
	json_object_set_new(act, "office",
		json_string(LIFE_ANY(l, "auditor", "registrar", "steward")));
	return (struct life_filing){author, act};
}

static struct life_filing
any_terms(struct life *l, const char *author)
{
	const struct world_proposal *lead = life_proposal(l);
	bool rival = lead != NULL && lead->mandate != IDMAP_NONE &&
		     life_below(l, 2) == 0;
	json_t *act = town_act("mandate.propose", rival ? lead->id : l->w->id);
	bool capped = life_below(l, 3) == 0;

	json_object_update_new(act,
		json_pack("{s:o, s:I, s:[{s:o}], s:o, s:i, s:i, s:[s, s], s:s, "
			  "s:[i, i]}",
			"ceilings", capped ? life_ceilings() : json_array(),
			"confidential_s", (json_int_t)(9 * LIFE_DAY),
			"counterparties", "texts", town_texts("them"),
			"delegates", life_ids(l), "max_rejections",
			(int)(1 + life_below(l, 2)), "needed", 1, "powers",
			"negotiate",
			capped ? "sign-under-ceiling" : "sign-tentative",
			"ratify_class", "ratification", "recall", 1, 4));
	if (life_below(l, 6) == 0 && life_agreement(l) != NULL)
		json_object_set_new(
			act, "agreement", town_id_value(life_agreement(l)->id));
	json_object_update_new(
		act, json_pack("{s:I, s:I, s:o, s:I, s:I}", "report_every_s",
			     (json_int_t)(5 * LIFE_DAY), "report_grace_s",
			     (json_int_t)LIFE_DAY, "texts", town_texts("terms"),
			     "valid_from", (json_int_t)l->now_s, "valid_until",
			     (json_int_t)(l->now_s + (20 + life_below(l, 60)) *
							     LIFE_DAY)));
	return (struct life_filing){author, act};
}

static json_t *
mandate_act(struct life *l, const struct world_mandate *m)
{
	static const char *const kinds[] = {"mandate.accept", "mandate.accept",
		"mandate.publish", "mandate.publish", "mandate.publish",
		"mandate.endorse", "mandate.unendorse", "mandate.meeting",
		"mandate.meeting", "mandate.meeting", "mandate.challenge",
		"mandate.report", "mandate.report.seal", "mandate.report.open",
		"mandate.resign", "mandate.hold", "mandate.hold",
		"mandate.conclude"};
	const char *kind =
		kinds[life_below(l, sizeof(kinds) / sizeof(kinds[0]))];
	json_t *act = town_act(kind, m->id);

	if (strcmp(kind, "mandate.publish") == 0)
		json_object_update_new(
			act, json_pack("{s:I, s:I}", "valid_from",
				     (json_int_t)m->valid_from_s, "valid_until",
				     (json_int_t)m->valid_until_s));
	if (strcmp(kind, "mandate.meeting") == 0)
		json_object_set_new(act, "counterparty",
			json_integer((json_int_t)life_below(l, 2)));
	if (strncmp(kind, "mandate.report", 14) == 0 ||
		strcmp(kind, "mandate.meeting") == 0 ||
		strcmp(kind, "mandate.challenge") == 0)
		json_object_set_new(act, "texts", town_texts("said"));
	if (strcmp(kind, "mandate.report") == 0)
		json_object_set_new(act, "final", json_boolean(!life_often(l)));
	if (strcmp(kind, "mandate.report.seal") == 0)
		json_object_set_new(act, "opens",
			json_integer(
				(json_int_t)(l->now_s + (1 + life_below(l, 4)) *
								LIFE_DAY)));
	if (strcmp(kind, "mandate.report.open") == 0)
		json_object_set_new(act, "seal",
			town_id_value(
				m->n_seals == 0
					? m->id
					: m->seals[life_below(l, m->n_seals)]
						  .id));
	return act;
}

static struct life_filing
any_word_on_a_mandate(struct life *l, const char *author)
{
	const struct world_mandate *m = life_mandate(l);

	if (m == NULL)
		return nothing();
	if (m->n_delegates > 0 && life_below(l, 2) == 0)
		author = life_name_of(
			l, m->delegates[life_below(l, m->n_delegates)].member);
	return (struct life_filing){author, mandate_act(l, m)};
}

/* What two sides agree on, most often within the terms. */
static struct life_filing
any_offer(struct life *l, const char *author)
{
	const struct world_mandate *m = life_mandate(l);
	bool ratify;
	json_t *act;

	if (m == NULL)
		return nothing();
	ratify = (m->n_ceilings == 0) == life_often(l);
	act = town_act("agreement.tentative", m->id);
	json_object_update_new(act,
		json_pack("{s:o, s:i, s:o, s:b, s:o, s:I, s:I}", "amounts",
			m->n_ceilings == 0
				? json_array()
				: json_pack("[i]", 9 + life_often(l)),
			"counterparty", 0, "key", town_key_value("gateway"),
			"ratify", ratify, "texts", life_texts(l), "valid_from",
			(json_int_t)(l->now_s + life_below(l, 9) * LIFE_DAY),
			"valid_until",
			(json_int_t)(l->now_s +
				     (9 + life_below(l, 40)) * LIFE_DAY)));
	if (m->n_delegates > 0 && life_often(l))
		author = life_name_of(
			l, m->delegates[life_below(l, m->n_delegates)].member);
	return (struct life_filing){author, act};
}

/* Who most often says that of an agreement: a delegate, its key, anybody. */
static const char *
speaker(struct life *l, const struct world_agreement *g, const char *kind,
	const char *author)
{
	const struct world_mandate *m = l->w->mandates[g->mandate];

	if (act_kind_author(act_kind_by_name(bytes_of_string(kind))) ==
		FORM_BY_KEY)
		return "gateway";
	return m->n_delegates > 0 && life_often(l)
		       ? life_name_of(
				 l, m->delegates[life_below(l, m->n_delegates)]
					    .member)
		       : author;
}

static struct life_filing
any_word_on_an_agreement(struct life *l, const char *author)
{
	const struct world_agreement *g = life_agreement(l);
	const char *kind = LIFE_ANY(l, "agreement.sign",
		"agreement.countersign", "agreement.countersign",
		"agreement.countersign", "agreement.withdraw",
		"agreement.decline", "agreement.challenge", "agreement.receipt",
		"agreement.breach", "agreement.breach", "agreement.end");
	json_t *act;

	if (g == NULL)
		return nothing();
	act = town_act(kind, g->id);
	if (strcmp(kind, "agreement.challenge") == 0)
		json_object_set_new(act, "texts", life_texts(l));
	if (strcmp(kind, "agreement.breach") == 0)
		json_object_set_new(act, "hash", life_hash_value(g->id));
	else if (strcmp(kind, "agreement.challenge") != 0)
		author = speaker(l, g, kind, author);
	return (struct life_filing){author, act};
}

static struct life_filing
any_word_on_a_breach(struct life *l, const char *author)
{
	const char *kind = LIFE_ANY(l, "agreement.endorse", "agreement.endorse",
		"agreement.endorse", "agreement.answer", "agreement.reply");
	const struct world_breach *b;
	json_t *act;

	if (l->w->n_breaches == 0)
		return nothing();
	b = &l->w->breaches[life_below(l, l->w->n_breaches)];
	act = town_act(kind, b->id);
	if (strcmp(kind, "agreement.endorse") != 0) {
		json_object_set_new(act, "texts", life_texts(l));
		author = speaker(
			l, l->w->agreements[b->agreement], kind, author);
	}
	if (strcmp(kind, "agreement.answer") == 0)
		json_object_set_new(
			act, "breached", json_boolean(life_below(l, 2) == 0));
	return (struct life_filing){author, act};
}

/* The more often a row stands here, the more often it happens. */
static any_fn *const any_act[] = {life_dispute, any_opening, any_opening,
	any_amendment, any_support, any_support, any_support, any_support,
	any_word_on_a_proposal, any_word_on_a_proposal, life_ballot,
	life_ballot, life_ballot, life_ballot, life_ballot, life_ballot,
	life_ballot, any_lot, any_grant, any_grant, any_answer, any_answer,
	any_admission, any_admission, any_self, any_section_act, any_office_act,
	any_terms, any_self, any_word_on_a_mandate, any_word_on_a_mandate,
	any_word_on_a_mandate, any_offer, any_word_on_an_agreement,
	any_word_on_an_agreement, any_word_on_an_agreement,
	any_word_on_a_breach};

struct life_filing
life_deed(struct life *l, const char *author)
{
	if (l->quarrels && life_below(l, 4) != 0)
		return life_dispute(l, author);
	return any_act[life_below(l, sizeof(any_act) / sizeof(any_act[0]))](
		l, author);
}
