#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "ballots/assembly/mandate_life.h"
#include "ballots/assembly/proposal.h"
#include "ballots/assembly/world.h"
#include "ballots/base/crypt.h"
#include "ballots/count/methods.h"
#include "tests/lib/rng.h"
#include "tests/lib/town.h"

/*
 * Unions that live by chance: people join and leave, propose, vote, delegate
 * and petition, rightly and wrongly, while time passes evenly and in leaps.
 * Whatever they do, the laws of the assembly hold.
 */
enum { LIVES = 5, STEPS = 1500, PEOPLE = 24, FOUNDERS = 4 };

#define HOUR 3600
#define DAY  86400

struct life {
	struct rng rng;
	struct town *town;
	const struct world *w;
	char names[PEOPLE][8];
	uint32_t n_names;
	uint64_t now_s;
};

static uint64_t
below(struct life *l, uint64_t n)
{
	return rng_below(&l->rng, n);
}

static bool
often(struct life *l)
{
	return below(l, 8) != 0;
}

/* Things that acts name *****************************************************/

/* The number of the person with that name among the members, or NONE. */
static uint32_t
member_called(const struct life *l, const char *name)
{
	uint8_t id[32];

	return town_find(l->town, name, id) ? roster_find(&l->w->roster, id)
					    : ROSTER_NONE;
}

static const char *
name_of(const struct life *l, uint32_t member)
{
	for (uint32_t i = 0; i < l->n_names; i++)
		if (member_called(l, l->names[i]) == member)
			return l->names[i];
	return l->names[0];
}

static const uint8_t *
any_member(struct life *l)
{
	return l->w->roster.members[below(l, l->w->roster.n)].id;
}

static const uint8_t *
any_section(struct life *l, const struct world_sections *s)
{
	return s->n == 0 ? l->w->id : s->at[below(l, s->n)].id;
}

/* One of the last proposals, if there is one. */
static const struct world_proposal *
any_proposal(struct life *l)
{
	uint32_t n = l->w->n_proposals;

	for (uint32_t i = 0; i < 20 && n > 0; i++) {
		const struct world_proposal *p =
			l->w->proposals[n - 1 - below(l, n < 40 ? n : 40)];

		if (!proposal_final(p->phase) || !often(l))
			return p;
	}
	return NULL;
}

static const struct world_mandate *
any_mandate(struct life *l)
{
	for (uint32_t i = 0; i < 20 && l->w->n_mandates > 0; i++) {
		const struct world_mandate *m =
			l->w->mandates[below(l, l->w->n_mandates)];

		if (!mandate_life_final(m) || !often(l))
			return m;
	}
	return NULL;
}

static const struct question *
any_question(struct life *l)
{
	for (uint32_t i = 0; i < 40 && l->w->n_questions > 0; i++) {
		const struct question *q =
			l->w->questions[below(l, l->w->n_questions)];

		if (q != NULL)
			return q;
	}
	return NULL;
}

static const uint8_t *
any_scope(struct life *l)
{
	const struct world_proposal *p = any_proposal(l);

	switch (below(l, 4)) {
	case 0:
		return any_section(l, &l->w->chapters);
	case 1:
		return any_section(l, &l->w->topics);
	case 2:
		return p == NULL ? l->w->id : p->id;
	default:
		return l->w->id;
	}
}

static const char *
any_word(struct life *l, const char *const *words, size_t n)
{
	return words[below(l, n)];
}

#define ANY(l, ...)                                                            \
	any_word(l, (const char *const[]){__VA_ARGS__},                        \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static json_t *
texts(struct life *l)
{
	return town_texts(ANY(l, "one", "two", "three", "none"));
}

/* Effects and options *******************************************************/

static json_t *
changed_charter(struct life *l)
{
	struct bytes now = writer_view(&l->w->charter_bytes);
	json_t *charter = json_loadb((const char *)now.data, now.len, 0, NULL);

	json_object_set_new(charter, ANY(l, "cure_s", "lot_s", "hold_s"),
		json_integer((json_int_t)(3 + below(l, 9)) * DAY));
	if (below(l, 3) == 0)
		json_object_set_new(json_object_get(charter, "delegation"),
			"cap", json_integer((json_int_t)below(l, 5)));
	return charter;
}

static json_t *
hash_value(const uint8_t hash[static 32])
{
	return town_base64(bytes_of(hash, 32));
}

static json_t *
any_ids(struct life *l)
{
	json_t *list = json_array();

	do
		json_array_append_new(list, town_id_value(any_member(l)));
	while (below(l, 2) == 0);
	return list;
}

static json_t *
any_effect(struct life *l, const char *kind)
{
	const struct world_mandate *m = any_mandate(l);
	const uint8_t *mandate = m == NULL ? l->w->id : m->id;
	json_t *e = json_pack("{s:s}", "do", kind);

#define KIND(name) if (strcmp(kind, name) == 0)
	KIND("amend")
	json_object_update_new(
		e, json_pack("{s:o, s:o}", "charter", changed_charter(l),
			   "from", hash_value(l->w->charter.hash)));
	KIND("admit")
	town_put_application(
		l->town, l->now_s, ANY(l, "x1", "x2", "x3"), NULL, e);
	KIND("chapter") json_object_set_new(e, "texts", texts(l));
	KIND("topic") json_object_set_new(e, "texts", texts(l));
	KIND("gateway")
	json_object_update_new(
		e, json_pack("{s:[s], s:o, s:o}", "accepts", "yes", "key",
			   town_key_value("gateway"), "texts", texts(l)));
	KIND("recall")
	json_object_update_new(
		e, json_pack("{s:o, s:o}", "delegates", any_ids(l), "mandate",
			   town_id_value(mandate)));
	KIND("replace")
	json_object_update_new(
		e, json_pack("{s:o, s:o}", "delegates", any_ids(l), "mandate",
			   town_id_value(mandate)));
	KIND("renew")
	json_object_update_new(
		e, json_pack("{s:o, s:I}", "mandate", town_id_value(mandate),
			   "valid_until",
			   (json_int_t)(l->now_s + (40 + below(l, 99)) * DAY)));
	KIND("spend")
	json_object_update_new(
		e, json_pack("{s:I, s:o, s:s}", "amount",
			   often(l) ? (json_int_t)(1 + below(l, 50))
				    : LIMIT_JSON_INT,
			   "texts", texts(l), "unit", "EUR"));
	KIND("strike")
	json_object_set_new(e, "gateway",
		town_id_value(l->w->n_gateways == 0 ? l->w->id
						    : l->w->gateways[0].id));
	KIND("suspend")
	json_object_update_new(
		e, json_pack("{s:I, s:o}", "for_s",
			   (json_int_t)(DAY * (1 + below(l, 20))), "member",
			   town_id_value(any_member(l))));
	KIND("restore")
	json_object_set_new(e, "member", town_id_value(any_member(l)));
	if (strstr(kind, "seat") != NULL)
		json_object_update_new(
			e, json_pack("{s:o, s:s}", "member",
				   town_id_value(any_member(l)), "office",
				   ANY(l, "auditor", "registrar", "steward")));
#undef KIND
	return e;
}

static json_t *
any_option(struct life *l, const struct charter_class *class, bool priced)
{
	json_t *effects = json_array();

	if (priced)
		json_array_append_new(effects, any_effect(l, "spend"));
	for (int kind = 0; kind < EFFECT_KIND_COUNT; kind++)
		if ((class->effects >> kind & 1) != 0 && below(l, 4) == 0)
			json_array_append_new(effects,
				any_effect(l, effect_kind_name(
						      (enum effect_kind)kind)));
	return json_pack("{s:o, s:o}", "effects", effects, "texts", texts(l));
}

static json_t *
any_options(
	struct life *l, const struct charter_class *class, const char *method)
{
	json_t *list = json_array();
	bool single = strcmp(method, "yes-no") == 0;

	do
		json_array_append_new(
			list, any_option(l, class,
				      strcmp(method, "equal-shares") == 0));
	while (!single && below(l, 3) != 0);
	return list;
}

/* One kind of act each ******************************************************/

/* What a step files, and who does. */
struct filing {
	const char *author;
	json_t *act;
};

typedef struct filing any_fn(struct life *l, const char *author);

static struct filing
nothing(void)
{
	return (struct filing){NULL, NULL};
}

static struct filing
any_opening(struct life *l, const char *author)
{
	const struct charter *charter = &l->w->charter;
	const struct world_proposal *lead = any_proposal(l);
	const struct charter_class *class =
		&charter->classes[below(l, charter->n_classes)];
	const char *method;
	size_t row;
	json_t *act;

	if (lead != NULL && below(l, 3) == 0) {
		class = &l->w->contests[lead->contest]->class;
		method = l->w->contests[lead->contest]->method->name;
	} else {
		lead = NULL;
		do
			row = below(l, 11);
		while ((class->methods >> row & 1) == 0);
		method = methods_at(row)->name;
	}
	act = town_act("proposal.open", lead == NULL ? l->w->id : lead->id);
	json_object_update_new(
		act, json_pack("{s:s, s:s, s:o, s:i, s:o}", "class",
			     class->name, "method", method, "options",
			     any_options(l, class, method), "seats",
			     below(l, 4) == 0 ? 2 : 1, "texts", texts(l)));
	if (strcmp(method, "score") == 0)
		json_object_set_new(act, "scale", json_pack("[i, i]", -2, 3));
	if (strcmp(method, "majority-judgment") == 0)
		json_object_set_new(act, "scale", json_pack("[i, i]", 1, 5));
	if (strcmp(method, "equal-shares") == 0)
		json_object_set_new(act, "budget",
			json_integer(often(l) ? (json_int_t)(1 + below(l, 90))
					      : LIMIT_JSON_INT));
	if (lead == NULL && below(l, 4) == 0)
		json_object_set_new(act, "topic",
			town_id_value(any_section(l, &l->w->topics)));
	if (lead == NULL && below(l, 6) == 0)
		json_object_set_new(act, "chapter",
			town_id_value(any_section(l, &l->w->chapters)));
	return (struct filing){author, act};
}

static struct filing
any_amendment(struct life *l, const char *author)
{
	const struct world_proposal *p = any_proposal(l);
	json_t *act;

	if (p == NULL)
		return nothing();
	act = town_act("proposal.amend", p->id);
	json_object_set_new(act, "options",
		any_options(l, &l->w->contests[p->contest]->class,
			l->w->contests[p->contest]->method->name));
	json_object_set_new(act, "texts", texts(l));
	if (often(l) && p->by != IDMAP_NONE)
		author = name_of(l, p->by);
	return (struct filing){author, act};
}

static struct filing
any_support(struct life *l, const char *author)
{
	const struct world_proposal *p = any_proposal(l);
	json_t *act;

	if (p == NULL)
		return nothing();
	act = town_act("proposal.support", p->id);
	json_object_set_new(act, "version",
		json_integer(often(l) ? p->version : p->version + 1));
	return (struct filing){author, act};
}

static struct filing
any_word_on_a_proposal(struct life *l, const char *author)
{
	const struct world_proposal *p = any_proposal(l);
	const char *kind = ANY(l, "proposal.unsupport", "proposal.withdraw",
		"proposal.hold", "proposal.hold", "proposal.hold",
		"office.stand", "office.stand");

	if (p == NULL)
		return nothing();
	if (strcmp(kind, "proposal.withdraw") == 0 && p->by != IDMAP_NONE)
		author = name_of(l, p->by);
	if (p->office >= 0 && often(l))
		kind = "office.stand";
	return (struct filing){author, town_act(kind, p->id)};
}

static json_int_t
any_mark(struct life *l, const struct question *q, uint32_t i)
{
	const struct method *m = q->form.method;

	if (!often(l))
		return (json_int_t)below(l, 9) - 4;
	if (q->n_marks == 1)
		return below(l, 3) == 0 ? (json_int_t)below(l, 3) - 1 : 1;
	if (q->form.scaled)
		return (json_int_t)below(l, 4);
	if (m->choice)
		return i == 1;
	if (m->marks == METHOD_RANKS)
		return i > 0 && below(l, 3) != 0 ? i + 1 : 0;
	return i > 0 && below(l, 3) != 0;
}

static struct filing
any_ballot(struct life *l, const char *author)
{
	const struct question *q = any_question(l);
	json_t *marks = json_array(), *act;

	if (q == NULL) {
		json_decref(marks);
		return nothing();
	}
	for (uint32_t i = 0; i < q->n_marks; i++)
		json_array_append_new(marks, json_integer(any_mark(l, q, i)));
	act = town_act("ballot.cast", q->id);
	json_object_set_new(act, "marks", marks);
	return (struct filing){author, act};
}

/* The secret value of an auditor is the hash of the name. */
static struct filing
any_lot(struct life *l, const char *author)
{
	const struct question *q = any_question(l);
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
		json_object_set_new(act, "value", hash_value(value));
	} else {
		act = town_act("lot.commit", q->id);
		json_object_set_new(act, "hash", hash_value(hash));
	}
	return (struct filing){author, act};
}

static struct filing
any_grant(struct life *l, const char *author)
{
	json_t *act = town_act(ANY(l, "delegation.grant", "delegation.grant",
				       "delegation.grant", "delegation.revoke"),
		any_scope(l));

	if (strcmp(json_string_value(json_object_get(act, "act")),
		    "delegation.grant") == 0)
		json_object_set_new(act, "to",
			often(l) ? town_id_value(any_member(l))
				 : json_string("none"));
	return (struct filing){author, act};
}

static struct filing
any_answer(struct life *l, const char *author)
{
	const struct delegation *d = &l->w->delegation;
	const struct delegation_grant *g;
	json_t *act;

	if (d->n == 0)
		return nothing();
	g = delegation_get(d, (uint32_t)below(l, d->n));
	act = town_act(
		often(l) ? "delegation.accept" : "delegation.drop", g->id);
	if (strcmp(json_string_value(json_object_get(act, "act")),
		    "delegation.accept") == 0)
		json_object_set_new(act, "max",
			json_integer((json_int_t)(1 + below(l, 6))));
	if (often(l) && g->to != DELEGATION_NOBODY)
		author = name_of(l, g->to);
	return (struct filing){author, act};
}

static struct filing
any_admission(struct life *l, const char *author)
{
	json_t *act;
	uint8_t id[32];
	char *name = l->names[l->n_names - 1];

	if ((member_called(l, name) != ROSTER_NONE || !often(l)) &&
		l->n_names < PEOPLE) {
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
	return (struct filing){author, act};
}

static struct filing
any_self(struct life *l, const char *author)
{
	uint8_t id[32];
	json_t *act;

	if (!town_find(l->town, author, id))
		return nothing();
	act = town_act(often(l)   ? "member.renew"
		       : often(l) ? "key.rotate"
				  : "member.leave",
		id);
	if (strcmp(json_string_value(json_object_get(act, "act")),
		    "key.rotate") == 0)
		town_put_next_key(l->town, author, act);
	return (struct filing){author, act};
}

static struct filing
any_section_act(struct life *l, const char *author)
{
	json_t *act;

	if (below(l, 3) == 0) {
		act = town_act(ANY(l, "chapter.open", "topic.open"), l->w->id);
		json_object_set_new(act, "texts", texts(l));
		return (struct filing){author, act};
	}
	return (struct filing){
		author, town_act(often(l) ? "chapter.join" : "chapter.leave",
				any_section(l, &l->w->chapters))};
}

static struct filing
any_office_act(struct life *l, const char *author)
{
	json_t *act;

	if (below(l, 2) == 0)
		return (struct filing){
			author, town_act("text.erase", any_member(l))};
	act = town_act("office.resign", l->w->id);
	json_object_set_new(act, "office",
		json_string(ANY(l, "auditor", "registrar", "steward")));
	return (struct filing){author, act};
}

static struct filing
any_terms(struct life *l, const char *author)
{
	const struct world_proposal *lead = any_proposal(l);
	bool rival =
		lead != NULL && lead->mandate != IDMAP_NONE && below(l, 2) == 0;
	json_t *act = town_act("mandate.propose", rival ? lead->id : l->w->id);

	json_object_update_new(act,
		json_pack("{s:[], s:I, s:[{s:o}], s:o, s:i, s:i, s:[s], s:s, "
			  "s:[i, i]}",
			"ceilings", "confidential_s", (json_int_t)(9 * DAY),
			"counterparties", "texts", town_texts("them"),
			"delegates", any_ids(l), "max_rejections", 1, "needed",
			1, "powers", "negotiate", "ratify_class",
			"ratification", "recall", 1, 4));
	json_object_update_new(act,
		json_pack("{s:I, s:I, s:o, s:I, s:I}", "report_every_s",
			(json_int_t)(5 * DAY), "report_grace_s",
			(json_int_t)DAY, "texts", town_texts("terms"),
			"valid_from", (json_int_t)l->now_s, "valid_until",
			(json_int_t)(l->now_s + (20 + below(l, 60)) * DAY)));
	return (struct filing){author, act};
}

static json_t *
mandate_act(struct life *l, const struct world_mandate *m)
{
	static const char *const kinds[] = {"mandate.accept", "mandate.accept",
		"mandate.publish", "mandate.publish", "mandate.publish",
		"mandate.endorse", "mandate.unendorse", "mandate.meeting",
		"mandate.report", "mandate.report.seal", "mandate.report.open",
		"mandate.resign", "mandate.hold", "mandate.hold",
		"mandate.conclude"};
	const char *kind = kinds[below(l, sizeof(kinds) / sizeof(kinds[0]))];
	json_t *act = town_act(kind, m->id);

	if (strcmp(kind, "mandate.publish") == 0)
		json_object_update_new(
			act, json_pack("{s:I, s:I}", "valid_from",
				     (json_int_t)m->valid_from_s, "valid_until",
				     (json_int_t)m->valid_until_s));
	if (strcmp(kind, "mandate.meeting") == 0)
		json_object_set_new(act, "counterparty",
			json_integer((json_int_t)below(l, 2)));
	if (strncmp(kind, "mandate.report", 14) == 0 ||
		strcmp(kind, "mandate.meeting") == 0)
		json_object_set_new(act, "texts", town_texts("said"));
	if (strcmp(kind, "mandate.report") == 0)
		json_object_set_new(act, "final", json_boolean(!often(l)));
	if (strcmp(kind, "mandate.report.seal") == 0)
		json_object_set_new(act, "opens",
			json_integer((json_int_t)(l->now_s +
						  (1 + below(l, 4)) * DAY)));
	if (strcmp(kind, "mandate.report.open") == 0)
		json_object_set_new(act, "seal",
			town_id_value(
				m->n_seals == 0
					? m->id
					: m->seals[below(l, m->n_seals)].id));
	return act;
}

static struct filing
any_word_on_a_mandate(struct life *l, const char *author)
{
	const struct world_mandate *m = any_mandate(l);

	if (m == NULL)
		return nothing();
	if (m->n_delegates > 0 && below(l, 2) == 0)
		author = name_of(
			l, m->delegates[below(l, m->n_delegates)].member);
	return (struct filing){author, mandate_act(l, m)};
}

/* The more often a row stands here, the more often it happens. */
static any_fn *const any_act[] = {any_opening, any_opening, any_amendment,
	any_support, any_support, any_support, any_support,
	any_word_on_a_proposal, any_word_on_a_proposal, any_ballot, any_ballot,
	any_ballot, any_ballot, any_ballot, any_ballot, any_ballot, any_lot,
	any_grant, any_grant, any_answer, any_answer, any_admission,
	any_admission, any_self, any_section_act, any_office_act, any_terms,
	any_self, any_word_on_a_mandate, any_word_on_a_mandate,
	any_word_on_a_mandate};

/* A life ********************************************************************/

/* The rules of a rehearsal, hurried, with some of the strictness of others. */
static json_t *
charter(struct life *l)
{
	json_t *c = town_charter(), *classes = json_object_get(c, "classes");
	const char *name;
	json_t *class;

	json_object_update_new(json_object_get(c, "founders"),
		json_pack("{s:I, s:I}", "members",
			(json_int_t)(6 + below(l, 9)), "until_s",
			(json_int_t)(TOWN_START_S + below(l, 60) * DAY)));
	json_object_set_new(c, "renew_s", json_integer(60 * DAY));
	json_object_set_new(c, "probation_s",
		json_integer((json_int_t)below(l, 2) * 5 * DAY));
	json_object_set_new(c, "publish_needs", json_integer(1));
	json_object_foreach(classes, name, class)
	{
		json_object_set_new(
			class, "discussion_min_s", json_integer(2 * DAY));
		json_object_set_new(class, "after_change_s", json_integer(DAY));
		json_object_set_new(class, "frozen_s",
			json_integer((json_int_t)below(l, 2) * DAY));
		json_object_set_new(class, "voting_s", json_integer(3 * DAY));
		json_object_set_new(class, "late_s",
			json_integer((json_int_t)below(l, 2) * DAY));
	}
	return c;
}

static void
begin(struct life *l, uint32_t number)
{
	json_t *rules;

	*l = (struct life){.rng = {rng_seed() * 1000 + number}};
	rules = charter(l);
	l->town = town_new("f0,f1,f2,f3", rules);
	json_decref(rules);
	l->w = assembly_world(town_assembly(l->town));
	for (; l->n_names < FOUNDERS; l->n_names++)
		snprintf(l->names[l->n_names], sizeof(l->names[0]), "f%u",
			l->n_names);
	l->now_s = TOWN_START_S;
}

/* Mostly minutes, often hours, sometimes days; now and then without a tick. */
static void
let_time_pass(struct life *l)
{
	static const uint64_t spans[] = {
		1, 60, 60, 60, 60, HOUR, HOUR, HOUR, 9 * HOUR, DAY};

	l->now_s += below(l, spans[below(l, 10)]);
	if (below(l, 400) == 0)
		l->now_s += below(l, 30) * DAY;
	if (below(l, 20) == 0)
		town_silence(l->town, l->now_s);
	else
		town_advance(l->town, l->now_s);
}

static void
put_state(const struct life *l, struct writer *out)
{
	writer_rewind(out);
	assembly_state(town_assembly(l->town), out);
}

/* The weight in the last result is there on the roll. */
static void
check_result(const struct life *l)
{
	const json_t *r = town_result(l->town);
	json_int_t counted, unused, roll;

	if (r == NULL)
		return;
	counted = json_integer_value(json_object_get(r, "counted"));
	unused = json_integer_value(json_object_get(r, "unused"));
	roll = json_integer_value(
		json_object_get(json_object_get(r, "roll"), "size"));
	assert_true(counted + unused <= roll);
	if (unused > 0) /* the class has delegation */
		assert_int_equal(counted + unused, roll);
}

/* Somebody, mostly a member. */
static const char *
any_author(struct life *l)
{
	const char *name = l->names[below(l, l->n_names)];

	while (often(l) && member_called(l, name) == ROSTER_NONE)
		name = l->names[below(l, l->n_names)];
	return name;
}

struct census {
	uint32_t verdicts[VERDICT_COUNT];
	uint32_t phases[PROPOSAL_PHASE_COUNT], states[MANDATE_STATES];
};

static void
step(struct life *l, struct census *seen)
{
	struct writer before = {0}, after = {0};
	const char *author;
	struct filing f;
	enum verdict v;

	let_time_pass(l);
	check_result(l);
	author = any_author(l);
	if (l->w->n_open > 0 && below(l, 3) != 0)
		f = any_ballot(l, author);
	else
		f = any_act[below(l, sizeof(any_act) / sizeof(any_act[0]))](
			l, author);
	if (f.act == NULL)
		return;
	put_state(l, &before);
	v = town_file(l->town, l->now_s, f.author, f.act, NULL);
	put_state(l, &after);
	seen->verdicts[v]++;
	if (v != VERDICT_OK &&
		strcmp(writer_string(&before), writer_string(&after)) != 0)
		fail_msg("refused as %s, but the state is another:\n%s\n%s",
			verdict_name(v), writer_string(&before),
			writer_string(&after));
	writer_clear(&before);
	writer_clear(&after);
}

static void
take_census(const struct life *l, struct census *seen)
{
	for (uint32_t i = 0; i < l->w->n_proposals; i++)
		seen->phases[l->w->proposals[i]->phase]++;
	for (uint32_t i = 0; i < l->w->n_mandates; i++)
		seen->states[l->w->mandates[i]->state]++;
}

static void
print_census(const struct census *seen)
{
	for (int i = 0; i < VERDICT_COUNT; i++)
		if (seen->verdicts[i] > 0)
			print_message("%s %u  ", verdict_name((enum verdict)i),
				seen->verdicts[i]);
	for (int i = 0; i < PROPOSAL_PHASE_COUNT; i++)
		print_message(
			"%s %u  ", proposal_phase_name(i), seen->phases[i]);
	for (int i = 0; i < MANDATE_STATES; i++)
		print_message(
			"%s %u  ", mandate_life_state_name(i), seen->states[i]);
	print_message("\n");
}

static void
live(struct life *l, uint32_t number, uint32_t steps, struct census *seen)
{
	begin(l, number);
	for (uint32_t i = 0; i < steps; i++)
		step(l, seen);
	take_census(l, seen);
}

/* The laws ******************************************************************/

static void
whatever_happens_an_auditor_ends_in_the_state_of_the_daemon(void **state)
{
	struct census seen = {0};
	struct life l;

	(void)state;
	for (uint32_t i = 0; i < LIVES; i++) {
		live(&l, i, STEPS, &seen);
		assert_true(town_replays(l.town));
		town_free(l.town);
	}
	print_census(&seen);
	assert_true(seen.phases[PROPOSAL_IN_FORCE] > 0);
}

/* Records of a life, some of them tampered with, replayed. */
struct tampering {
	const struct town *town;
	size_t at;
	int how; /* 0 alter, 1 drop, 2 double, 3 move */
	size_t byte;
};

static enum verdict
replay_at(struct assembly *a, const struct tampering *x, size_t i)
{
	struct bytes record = town_record(x->town, i);
	struct writer copy = {0};
	enum verdict v;

	if (x->how != 0 || i != x->at)
		return town_replay(a, record, true);
	writer_put(&copy, record);
	copy.data[x->byte % copy.len] ^= 1;
	v = town_replay(a, writer_view(&copy), true);
	writer_clear(&copy);
	return v;
}

/* True when all stands and the head is that of the town. */
static bool
goes_unnoticed(const struct tampering *x)
{
	struct assembly *a = assembly_new();
	struct tree_head ours = assembly_head(town_assembly(x->town)), theirs;
	bool good = true;

	for (size_t i = 0; i < town_size(x->town); i++) {
		size_t from = i;

		if (x->how == 1 && i == x->at)
			continue;
		if (x->how == 3 && (i == x->at || i == x->at + 1))
			from = 2 * x->at + 1 - i;
		good &= replay_at(a, x, from) == VERDICT_OK;
		if (x->how == 2 && i == x->at)
			good &= replay_at(a, x, i) == VERDICT_OK;
	}
	theirs = assembly_head(a);
	assembly_free(a);
	return good && ours.size == theirs.size &&
	       memcmp(ours.root, theirs.root, 32) == 0;
}

static void
a_record_altered_dropped_doubled_or_moved_is_noticed(void **state)
{
	struct census seen = {0};
	struct life l;

	(void)state;
	live(&l, 1000, 80, &seen);
	for (uint32_t i = 0; i < 60; i++) {
		struct tampering x = {.town = l.town, .how = (int)below(&l, 4)};

		x.at = below(&l, town_size(l.town) - 1);
		x.byte = below(&l, 5000);
		assert_false(goes_unnoticed(&x));
	}
	town_free(l.town);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			whatever_happens_an_auditor_ends_in_the_state_of_the_daemon),
		cmocka_unit_test(
			a_record_altered_dropped_doubled_or_moved_is_noticed),
	};

	crypt_init();
	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
