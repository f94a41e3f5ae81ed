#include <stdio.h>
#include <string.h>

#include "ballots/assembly/panel.h"
#include "ballots/assembly/recovery_life.h"
#include "ballots/base/crypt.h"
#include "tests/lib/guardians.h"
#include "tests/lib/life.h"

#define NEEDED 2 /* of the three founders who guard everybody */

static struct life_filing
nothing(void)
{
	return (struct life_filing){NULL, NULL};
}

/* Most often one who holds the office. */
static const char *
officer(struct life *l, enum charter_office office, const char *author)
{
	const struct world_office *o = &l->w->offices[office];

	if (!life_often(l))
		return author;
	if (l->w->in_power || o->n == 0)
		return l->names[life_below(l, LIFE_FOUNDERS)];
	return life_name_of(l, o->seats[life_below(l, o->n)].member);
}

/* Cases *********************************************************************/

static const struct world_case *
any_case(struct life *l)
{
	for (uint32_t i = 0; i < 20 && l->w->n_cases > 0; i++) {
		const struct world_case *c =
			l->w->cases[life_below(l, l->w->n_cases)];

		if (!panel_over(c) || !life_often(l))
			return c;
	}
	return NULL;
}

/* Stewards agree more often when there is little to choose from. */
static struct life_filing
any_suspension(struct life *l, const char *author)
{
	uint32_t n = l->w->n_measures;
	const uint8_t *whom = life_member(l);
	json_t *act;

	if (n > 0 && l->w->measures[n - 1].of_case == IDMAP_NONE &&
		life_often(l))
		whom = roster_get(&l->w->roster, l->w->measures[n - 1].member)
			       ->id;
	act = town_act("member.suspend", whom);
	json_object_update_new(act,
		json_pack("{s:I, s:s, s:o}", "for_s",
			(json_int_t)(9 * LIFE_DAY), "ground",
			life_often(l)
				? "fraud"
				: LIFE_ANY(l, "duplicate-identity", "taste"),
			"hash", town_hash_value("reasons")));
	return (struct life_filing){officer(l, CHARTER_STEWARD, author), act};
}

/* The secret value of an auditor is the hash of the name. */
static struct life_filing
any_case_lot(struct life *l, const char *author)
{
	const struct world_case *c = any_case(l);
	struct bytes parts[2] = {BYTES("union-lot/v1\n")};
	uint8_t value[32], hash[32];
	json_t *act;

	if (c == NULL)
		return nothing();
	author = officer(l, CHARTER_AUDITOR, author);
	if (c->lots.n > 0 && c->phase == PANEL_REVEALING)
		author = life_name_of(
			l, c->lots.at[life_below(l, c->lots.n)].member);
	crypt_hash(bytes_of_string(author), value);
	parts[1] = bytes_of(value, 32);
	crypt_hash_parts(parts, 2, hash);
	act = town_act(
		c->phase == PANEL_REVEALING ? "lot.reveal" : "lot.commit",
		c->id);
	if (c->phase == PANEL_REVEALING)
		json_object_set_new(act, "value", life_hash_value(value));
	else
		json_object_set_new(act, "hash", life_hash_value(hash));
	return (struct life_filing){author, act};
}

static struct life_filing
any_appeal(struct life *l, const char *author)
{
	const struct world_case *c = any_case(l);

	if (c == NULL)
		return nothing();
	if (c->n_parties > 0 && life_often(l))
		author = life_name_of(
			l, c->parties[life_below(l, c->n_parties)].member);
	return (struct life_filing){author, town_act("case.appeal", c->id)};
}

/* Keys **********************************************************************/

static json_t *
guardians(struct life *l)
{
	json_t *list = json_array();
	uint8_t id[32];

	for (int i = 1; i < LIFE_FOUNDERS; i++)
		if (town_find(l->town, l->names[i], id))
			json_array_append_new(list, town_id_value(id));
	return list;
}

static struct life_filing
any_guardians(struct life *l, const char *author)
{
	uint8_t id[32];
	json_t *act;

	if (!town_find(l->town, author, id))
		return nothing();
	act = town_act("guardians.set", id);
	if (life_often(l))
		json_object_set_new(act, "hash",
			guardians_hash(guardians(l), NEEDED, "salt"));
	return (struct life_filing){author, act};
}

/* What a request for a new key says, guardians named where there are some. */
static json_t *
any_request(struct life *l, const uint8_t of[static 32])
{
	uint32_t member = roster_find(&l->w->roster, of);
	bool lost = life_below(l, 2) == 0;
	json_t *r = json_pack("{s:o, s:s}", "on", town_id_value(of), "reason",
		lost ? "lost" : "compromised");

	if (!lost)
		json_object_set_new(r, "size",
			json_integer((json_int_t)life_below(
				l, l->w->size + life_below(l, 2))));
	if (member != ROSTER_NONE &&
		roster_guards(roster_get(&l->w->roster, member), l->now_s)
				.there == life_often(l)) {
		json_object_set_new(
			r, "guardians", guardians_sort(guardians(l)));
		json_object_set_new(r, "needed", json_integer(NEEDED));
		json_object_set_new(r, "value", town_hash_value("salt"));
	}
	return r;
}

static struct life_filing
any_vouch(struct life *l, const char *author)
{
	json_t *act = json_pack("{s:s}", "act", "key.vouch");
	char name[32];
	uint8_t id[32];

	if (l->n_requests == 0 || life_below(l, 4) == 0)
		l->n_requests++;
	snprintf(name, sizeof(name), "r%u",
		l->n_requests - (uint32_t)life_below(l, 2));
	town_put_request(l->town, l->now_s, name, name,
		any_request(l, life_member(l)), act);
	town_find(l->town, name, id);
	json_object_set_new(act, "on", town_id_value(id));
	return (struct life_filing){officer(l, CHARTER_REGISTRAR, author), act};
}

static struct life_filing
any_objection(struct life *l, const char *author)
{
	const struct world_recovery *r;

	if (l->w->n_recoveries == 0)
		return nothing();
	r = l->w->recoveries[life_below(l, l->w->n_recoveries)];
	if (r->state != RECOVERY_RUNNING && life_often(l))
		return nothing();
	if (life_often(l))
		author = life_name_of(l, r->member);
	return (struct life_filing){author, town_act("key.object", r->id)};
}

/* What a case that is under way waits for. */
static struct life_filing
next_in(struct life *l, const struct world_case *c, const char *author)
{
	switch (c->phase) {
	case PANEL_DRAWING:
	case PANEL_REVEALING:
		return any_case_lot(l, author);
	case PANEL_HEARING:
		return life_ballot(l, author);
	default:
		return any_appeal(l, author);
	}
}

struct life_filing
life_dispute(struct life *l, const char *author)
{
	const struct world_case *c = any_case(l);
	static struct life_filing (*const any[])(
		struct life * l, const char *author) = {any_suspension,
		any_suspension, any_case_lot, any_case_lot, any_case_lot,
		any_case_lot, any_case_lot, any_appeal, any_appeal,
		any_guardians, any_vouch, any_vouch, any_vouch, any_objection};

	if (c != NULL && !panel_over(c) && life_below(l, 2) == 0)
		return next_in(l, c, author);
	return any[life_below(l, sizeof(any) / sizeof(any[0]))](l, author);
}
