#include "tests/lib/life.h"

#include <stdio.h>
#include <string.h>

#include "ballots/assembly/agreement_life.h"
#include "ballots/assembly/mandate_life.h"
#include "ballots/assembly/proposal.h"

uint64_t
life_below(struct life *l, uint64_t n)
{
	return rng_below(&l->rng, n);
}

bool
life_often(struct life *l)
{
	return life_below(l, 8) != 0;
}

/* Things that acts name *****************************************************/

/* The number of the person with that name among the members, or NONE. */
uint32_t
life_member_called(const struct life *l, const char *name)
{
	uint8_t id[32];

	return town_find(l->town, name, id) ? roster_find(&l->w->roster, id)
					    : ROSTER_NONE;
}

const char *
life_name_of(const struct life *l, uint32_t member)
{
	for (uint32_t i = 0; i < l->n_names; i++)
		if (life_member_called(l, l->names[i]) == member)
			return l->names[i];
	return l->names[0];
}

const uint8_t *
life_member(struct life *l)
{
	return l->w->roster.members[life_below(l, l->w->roster.n)].id;
}

const uint8_t *
life_section(struct life *l, const struct world_sections *s)
{
	return s->n == 0 ? l->w->id : s->at[life_below(l, s->n)].id;
}

/* One of the last proposals, if there is one. */
const struct world_proposal *
life_proposal(struct life *l)
{
	uint32_t n = l->w->n_proposals;

	for (uint32_t i = 0; i < 20 && n > 0; i++) {
		const struct world_proposal *p =
			l->w->proposals[n - 1 - life_below(l, n < 40 ? n : 40)];

		if (!proposal_final(p->phase) || !life_often(l))
			return p;
	}
	return NULL;
}

const struct world_mandate *
life_mandate(struct life *l)
{
	for (uint32_t i = 0; i < 20 && l->w->n_mandates > 0; i++) {
		const struct world_mandate *m =
			l->w->mandates[life_below(l, l->w->n_mandates)];

		if (!mandate_life_final(m) || !life_often(l))
			return m;
	}
	return NULL;
}

const struct world_agreement *
life_agreement(struct life *l)
{
	for (uint32_t i = 0; i < 20 && l->w->n_agreements > 0; i++) {
		const struct world_agreement *g =
			l->w->agreements[life_below(l, l->w->n_agreements)];

		if (!agreement_life_final(g) || !life_often(l))
			return g;
	}
	return NULL;
}

const struct question *
life_question(struct life *l)
{
	for (uint32_t i = 0; i < 40 && l->w->n_questions > 0; i++) {
		const struct question *q =
			l->w->questions[life_below(l, l->w->n_questions)];

		if (q != NULL)
			return q;
	}
	return NULL;
}

const uint8_t *
life_scope(struct life *l)
{
	const struct world_proposal *p = life_proposal(l);

	switch (life_below(l, 4)) {
	case 0:
		return life_section(l, &l->w->chapters);
	case 1:
		return life_section(l, &l->w->topics);
	case 2:
		return p == NULL ? l->w->id : p->id;
	default:
		return l->w->id;
	}
}

const char *
life_word(struct life *l, const char *const *words, size_t n)
{
	return words[life_below(l, n)];
}

json_t *
life_texts(struct life *l)
{
	return town_texts(LIFE_ANY(l, "one", "two", "three", "none"));
}

/* Effects and options *******************************************************/

static json_t *
changed_charter(struct life *l)
{
	struct bytes now = writer_view(&l->w->charter_bytes);
	json_t *charter = json_loadb((const char *)now.data, now.len, 0, NULL);

	json_object_set_new(charter, LIFE_ANY(l, "cure_s", "lot_s", "hold_s"),
		json_integer((json_int_t)(3 + life_below(l, 9)) * LIFE_DAY));
	if (life_below(l, 3) == 0)
		json_object_set_new(json_object_get(charter, "delegation"),
			"cap", json_integer((json_int_t)life_below(l, 5)));
	return charter;
}

json_t *
life_hash_value(const uint8_t hash[static 32])
{
	return town_base64(bytes_of(hash, 32));
}

json_t *
life_ids(struct life *l)
{
	json_t *list = json_array();

	do
		json_array_append_new(list, town_id_value(life_member(l)));
	while (life_below(l, 2) == 0);
	return list;
}

json_t *
life_ceilings(void)
{
	return json_pack(
		"[{s:i, s:o}]", "limit", 10, "texts", town_texts("a ceiling"));
}

static json_t *
any_effect(struct life *l, const char *kind)
{
	const struct world_mandate *m = life_mandate(l);
	const uint8_t *mandate = m == NULL ? l->w->id : m->id;
	json_t *e = json_pack("{s:s}", "do", kind);

#define KIND(name) if (strcmp(kind, name) == 0)
	KIND("amend")
	json_object_update_new(
		e, json_pack("{s:o, s:o}", "charter", changed_charter(l),
			   "from", life_hash_value(l->w->charter.hash)));
	KIND("admit")
	town_put_application(
		l->town, l->now_s, LIFE_ANY(l, "x1", "x2", "x3"), NULL, e);
	KIND("chapter") json_object_set_new(e, "texts", life_texts(l));
	KIND("topic") json_object_set_new(e, "texts", life_texts(l));
	KIND("gateway")
	json_object_update_new(
		e, json_pack("{s:[s], s:o, s:o}", "accepts", "yes", "key",
			   town_key_value("gateway"), "texts", life_texts(l)));
	KIND("recall")
	json_object_update_new(
		e, json_pack("{s:o, s:o}", "delegates", life_ids(l), "mandate",
			   town_id_value(mandate)));
	KIND("replace")
	json_object_update_new(
		e, json_pack("{s:o, s:o}", "delegates", life_ids(l), "mandate",
			   town_id_value(mandate)));
	KIND("renew")
	json_object_update_new(
		e, json_pack("{s:o, s:I}", "mandate", town_id_value(mandate),
			   "valid_until",
			   (json_int_t)(l->now_s +
					(40 + life_below(l, 99)) * LIFE_DAY)));
	KIND("spend")
	json_object_update_new(
		e, json_pack("{s:I, s:o, s:s}", "amount",
			   life_often(l) ? (json_int_t)(1 + life_below(l, 50))
					 : LIMIT_JSON_INT,
			   "texts", life_texts(l), "unit", "EUR"));
	KIND("strike")
	json_object_set_new(e, "gateway",
		town_id_value(l->w->n_gateways == 0 ? l->w->id
						    : l->w->gateways[0].id));
	KIND("suspend")
	json_object_update_new(
		e, json_pack("{s:I, s:o}", "for_s",
			   (json_int_t)(LIFE_DAY * (1 + life_below(l, 20))),
			   "member", town_id_value(life_member(l))));
	KIND("restore")
	json_object_set_new(e, "member", town_id_value(life_member(l)));
	if (strstr(kind, "seat") != NULL)
		json_object_update_new(
			e, json_pack("{s:o, s:s}", "member",
				   town_id_value(life_member(l)), "office",
				   LIFE_ANY(l, "auditor", "registrar",
					   "steward")));
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
		if ((class->effects >> kind & 1) != 0 && life_below(l, 4) == 0)
			json_array_append_new(effects,
				any_effect(l, effect_kind_name(
						      (enum effect_kind)kind)));
	return json_pack(
		"{s:o, s:o}", "effects", effects, "texts", life_texts(l));
}

json_t *
life_options(
	struct life *l, const struct charter_class *class, const char *method)
{
	json_t *list = json_array();
	bool single = strcmp(method, "yes-no") == 0;

	do
		json_array_append_new(
			list, any_option(l, class,
				      strcmp(method, "equal-shares") == 0));
	while (!single && life_below(l, 3) != 0);
	return list;
}
