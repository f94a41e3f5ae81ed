#include "ballots/rules/charter.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/crypt.h"
#include "ballots/count/methods.h"
#include "ballots/record/fields.h"
#include "ballots/record/form.h"

#define DAY 86400

/* Reading *******************************************************************/

static struct ratio
walk_ratio(struct fields *f, const char *name, uint32_t num_max)
{
	struct ratio r;

	fields_list(f, name, 2, 2);
	r.num = (uint32_t)fields_int(f, NULL, 0, num_max);
	r.den = (uint32_t)fields_int(f, NULL, 1, LIMIT_RATIO_TERM);
	fields_end(f);
	if (f->bad)
		r = (struct ratio){0, 1};
	return r;
}

/* A share from low to high. */
static struct ratio
walk_share(
	struct fields *f, const char *name, struct ratio low, struct ratio high)
{
	struct ratio r = walk_ratio(f, name, LIMIT_RATIO_TERM);

	if (ratio_compare(r, low) < 0 || ratio_compare(r, high) > 0)
		fields_refuse(f);
	return r;
}

static const struct ratio nothing = {0, 1};

static struct need
walk_sponsors(struct fields *f)
{
	struct need need = {0};

	fields_object(f, "sponsors");
	need.by_share = fields_has(f, "share");
	if (need.by_share)
		need.share =
			walk_share(f, "share", nothing, (struct ratio){1, 5});
	else
		need.times = (uint32_t)fields_int(f, "times", 0, 4);
	fields_end(f);
	return need;
}

static struct need
walk_quorum(struct fields *f)
{
	struct need need = {0};

	fields_object(f, "quorum");
	need.by_share = fields_has(f, "share");
	if (need.by_share)
		need.share =
			walk_share(f, "share", nothing, (struct ratio){1, 2});
	else
		need.root = walk_ratio(f, "root", LIMIT_RATIO_TERM);
	fields_end(f);
	return need;
}

static uint64_t
walk_seconds(struct fields *f, const char *name, uint64_t min, uint64_t max)
{
	return (uint64_t)fields_int(f, name, (int64_t)min, (int64_t)max);
}

/* The row of a method in the table of methods, or -1. */
static int
method_row(struct bytes name)
{
	const struct method *m = methods_find(name);

	for (int row = 0; m != NULL && methods_at((size_t)row) != NULL; row++)
		if (methods_at((size_t)row) == m)
			return row;
	return -1;
}

/* What only the ledger proposes stands in no class. */
static int
effect_row(struct bytes name)
{
	enum effect_kind kind = effect_kind_by_name(name);

	return kind == EFFECT_KIND_COUNT || kind == EFFECT_RATIFY ? -1
								  : (int)kind;
}

/* A sorted list of names, as a set of rows. */
static uint32_t
walk_names(struct fields *f, const char *name, uint32_t min,
	int (*row)(struct bytes name))
{
	struct bytes last = {NULL, 0};
	uint32_t set = 0;

	fields_list(f, name, min, 31);
	while (fields_more(f)) {
		struct bytes word = fields_word(f, NULL);
		int at = row(word);

		if (at < 0 || bytes_compare(last, word) >= 0) {
			fields_refuse(f);
			break;
		}
		set |= (uint32_t)1 << at;
		last = word;
	}
	fields_end(f);
	return set;
}

static void
walk_class_name(struct fields *f, char out[static CHARTER_NAME + 1])
{
	struct bytes name = fields_next(f);

	if (name.len == 0 || name.len > CHARTER_NAME) {
		fields_refuse(f);
		return;
	}
	for (size_t i = 0; i < name.len; i++)
		if (name.data[i] != '-' &&
			(name.data[i] < 'a' || name.data[i] > 'z'))
			fields_refuse(f);
	memcpy(out, name.data, name.len);
	out[name.len] = '\0';
}

static void
walk_class(struct fields *f, struct charter_class *c)
{
	struct fields whole;

	walk_class_name(f, c->name);
	whole = *f;
	crypt_hash(fields_value(&whole, NULL), c->hash);
	fields_object(f, NULL);
	c->admission_s = walk_seconds(f, "admission_s", 0, 180 * DAY);
	c->after_change_s = walk_seconds(f, "after_change_s", 0, 30 * DAY);
	c->cooling_s = walk_seconds(f, "cooling_s", 0, 60 * DAY);
	c->delegation = fields_bool(f, "delegation");
	c->discussion_max_s = walk_seconds(f, "discussion_max_s", 0, 180 * DAY);
	c->discussion_min_s = walk_seconds(
		f, "discussion_min_s", 2 * DAY, c->discussion_max_s);
	c->effects = walk_names(f, "effects", 0, effect_row);
	c->frozen_s = walk_seconds(f, "frozen_s", 0, 30 * DAY);
	c->late_s = walk_seconds(f, "late_s", 0, 30 * DAY);
	c->majority = walk_share(
		f, "majority", (struct ratio){1, 2}, (struct ratio){9, 10});
	c->methods = walk_names(f, "methods", 1, method_row);
	c->quorum = walk_quorum(f);
	c->sponsors = walk_sponsors(f);
	c->voting_s = walk_seconds(f, "voting_s", 3 * DAY, 60 * DAY);
	fields_end(f);
	if (2 * c->late_s > c->voting_s)
		fields_refuse(f);
}

static void
walk_classes(struct fields *f, struct charter *c)
{
	fields_map(f, "classes", 1, LIMIT_CLASSES);
	while (fields_more(f))
		walk_class(f, &c->classes[c->n_classes++]);
	fields_end(f);
}

static void
walk_limits(struct fields *f, struct charter *c)
{
	fields_map(f, "limits", 0, 64);
	while (fields_more(f)) {
		enum act_kind kind = act_kind_by_name(fields_next(f));

		if (kind == ACT_KIND_COUNT) {
			fields_refuse(f);
			break;
		}
		fields_list(f, NULL, 2, 2);
		c->limits[kind].max = (uint32_t)fields_int(f, NULL, 1, 10000);
		c->limits[kind].window_s =
			(uint64_t)fields_int(f, NULL, 60, 31536000);
		fields_end(f);
	}
	fields_end(f);
}

static void
walk_offices(struct fields *f, struct charter *c)
{
	fields_object(f, "offices");
	for (int i = 0; i < CHARTER_OFFICES; i++) {
		fields_object(f, charter_office_name((enum charter_office)i));
		c->offices[i].seats = (uint32_t)fields_int(f, "seats", 1, 99);
		c->offices[i].term_s =
			walk_seconds(f, "term_s", 30 * DAY, 1825 * DAY);
		fields_end(f);
	}
	fields_end(f);
}

/* The grounds on which a member can be suspended: a closed list, sorted. */
static void
walk_grounds(struct fields *f, struct charter *c)
{
	struct bytes last = {NULL, 0};

	fields_list(f, "grounds", 1, CHARTER_GROUNDS);
	while (fields_more(f)) {
		struct bytes word = fields_word(f, NULL);

		if (word.len > FORM_WORD || bytes_compare(last, word) >= 0) {
			fields_refuse(f);
			break;
		}
		memcpy(c->grounds[c->n_grounds++], word.data, word.len);
		last = word;
	}
	fields_end(f);
}

static void
walk_charter(struct fields *f, struct charter *c)
{
	fields_object(f, "admit");
	c->admit_registrars = (uint32_t)fields_int(f, "registrars", 0, 5);
	c->admit_vouchers = (uint32_t)fields_int(f, "vouchers", 0, 5);
	fields_end(f);
	c->answer_s = walk_seconds(f, "answer_s", DAY, 90 * DAY);
	walk_classes(f, c);
	c->cure_s = walk_seconds(f, "cure_s", DAY, 90 * DAY);
	fields_object(f, "delegation");
	c->delegate_cap = (uint32_t)fields_int(f, "cap", 0, LIMIT_MEMBERS);
	c->grant_life_s = walk_seconds(f, "life_s", DAY, 1095 * DAY);
	fields_end(f);
	c->draw_s = walk_seconds(f, "draw_s", 3600, 7 * DAY);
	c->entrenched = walk_share(
		f, "entrenched", (struct ratio){2, 3}, (struct ratio){9, 10});
	fields_object(f, "founders");
	c->founders_members =
		(uint32_t)fields_int(f, "members", 1, LIMIT_MEMBERS);
	c->founders_until_s = walk_seconds(f, "until_s", 0, LIMIT_JSON_INT);
	fields_end(f);
	walk_grounds(f, c);
	c->hold_s = walk_seconds(f, "hold_s", 3 * DAY, 60 * DAY);
	c->interim_s = walk_seconds(f, "interim_s", DAY, 14 * DAY);
	walk_limits(f, c);
	c->lot_s = walk_seconds(f, "lot_s", 3600, 14 * DAY);
	c->offer_s = walk_seconds(f, "offer_s", DAY, 90 * DAY);
	walk_offices(f, c);
	c->panel = (uint32_t)fields_int(f, "panel", 3, 15);
	if (c->panel % 2 == 0)
		fields_refuse(f);
	c->panel_s = walk_seconds(f, "panel_s", DAY, 30 * DAY);
	c->probation_s = walk_seconds(f, "probation_s", 0, 90 * DAY);
	c->publish_needs = (uint32_t)fields_int(f, "publish_needs", 1, 5);
	c->recovery_s = walk_seconds(f, "recovery_s", 3 * DAY, 90 * DAY);
	c->renew_s = walk_seconds(f, "renew_s", 30 * DAY, 1825 * DAY);
	c->scope_s = walk_seconds(f, "scope_s", DAY, 14 * DAY);
	c->status_ttl_s = walk_seconds(f, "status_ttl_s", DAY, 30 * DAY);
	form_walk_texts(f, &(struct form_member){.name = "texts"});
}

/* Bounds beyond the tables **************************************************/

#define CAN(kind) ((uint32_t)1 << EFFECT_##kind)

/* The classes that must be there, and what each must be able to do. */
static const struct {
	const char *name;
	uint32_t effects;
	const char *method;
} needed[] = {
	{"charter", CAN(AMEND), "yes-no"},
	{"election", CAN(SEAT), "approval"},
	{"mandate", 0, "yes-no"},
	{"recall", CAN(RECALL), "yes-no"},
};

static bool
has_needed(const struct charter *c)
{
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		const struct charter_class *class =
			charter_class(c, bytes_of_string(needed[i].name));
		int method = method_row(bytes_of_string(needed[i].method));

		if (class == NULL ||
			(class->effects & needed[i].effects) !=
				needed[i].effects ||
			(class->methods & (uint32_t)1 << method) == 0)
			return false;
	}
	return true;
}

static bool
is_called(const struct charter_class *c, const char *name)
{
	return strcmp(c->name, name) == 0;
}

/* Decided by personal ballots only. */
static bool
must_be_personal(const struct charter_class *c)
{
	return is_called(c, "ratification") || is_called(c, "appeal") ||
	       (c->effects & (CAN(ADMIT) | CAN(AMEND) | CAN(RECALL) |
				     CAN(SUSPEND) | CAN(UNSEAT))) != 0;
}

static bool
class_in_bounds(const struct charter_class *c)
{
	if (must_be_personal(c) && c->delegation)
		return false;
	if ((c->effects & CAN(AMEND)) != 0 && !is_called(c, "charter"))
		return false;
	return (c->effects & (CAN(RECALL) | CAN(UNSEAT))) == 0 ||
	       is_called(c, "recall");
}

/* A limit on these must not shut a member out for longer than 30 days. */
static const enum act_kind never_shut[] = {ACT_PROPOSAL_OPEN,
	ACT_PROPOSAL_SUPPORT, ACT_BALLOT_CAST, ACT_MEMBER_LEAVE,
	ACT_MEMBER_RENEW};

static bool
in_bounds(const struct charter *c)
{
	if (c->admit_registrars + c->admit_vouchers == 0 || !has_needed(c))
		return false;
	for (uint32_t i = 0; i < c->n_classes; i++)
		if (!class_in_bounds(&c->classes[i]))
			return false;
	for (size_t i = 0; i < sizeof(never_shut) / sizeof(never_shut[0]); i++)
		if (c->limits[never_shut[i]].window_s > 30 * DAY)
			return false;
	return true;
}

enum verdict
charter_decode(struct bytes bytes, struct charter *out)
{
	struct fields f = fields_of(bytes);

	if (bytes.len > CHARTER_BYTES)
		return VERDICT_BAD_CHARTER;
	memset(out, 0, sizeof(*out));
	walk_charter(&f, out);
	if (!fields_done(&f) || !in_bounds(out))
		return VERDICT_BAD_CHARTER;
	crypt_hash(bytes, out->hash);
	for (uint32_t i = 0; i < out->n_classes; i++)
		memcpy(out->classes[i].charter, out->hash, 32);
	return VERDICT_OK;
}

/* Asking ********************************************************************/

const struct charter_class *
charter_class(const struct charter *c, struct bytes name)
{
	for (uint32_t i = 0; i < c->n_classes; i++)
		if (bytes_equal(name, bytes_of_string(c->classes[i].name)))
			return &c->classes[i];
	return NULL;
}

bool
charter_takes(const struct charter_class *class, struct bytes method)
{
	int row = method_row(method);

	return row >= 0 && (class->methods & (uint32_t)1 << row) != 0;
}

bool
charter_ratifies(const struct charter_class *class)
{
	return !class->delegation && charter_takes(class, BYTES("yes-no"));
}

bool
charter_ground(const struct charter *c, struct bytes word)
{
	for (uint32_t i = 0; i < c->n_grounds; i++)
		if (bytes_equal(word, bytes_of_string(c->grounds[i])))
			return true;
	return false;
}

static const char *const office_names[CHARTER_OFFICES] = {
	"auditor", "registrar", "steward"};

const char *
charter_office_name(enum charter_office office)
{
	assert(office < CHARTER_OFFICES);
	return office_names[office];
}

enum charter_office
charter_office_by_name(struct bytes name)
{
	int i = 0;

	while (i < CHARTER_OFFICES &&
		!bytes_equal(name, bytes_of_string(office_names[i])))
		i++;
	return (enum charter_office)i;
}

static bool
same_class(const struct charter *a, const struct charter *b, const char *name)
{
	const struct charter_class *x = charter_class(a, bytes_of_string(name));
	const struct charter_class *y = charter_class(b, bytes_of_string(name));

	assert(x != NULL && y != NULL);
	return memcmp(x->hash, y->hash, sizeof(x->hash)) == 0;
}

bool
charter_entrenched(const struct charter *from, const struct charter *to)
{
	return ratio_compare(from->entrenched, to->entrenched) != 0 ||
	       !same_class(from, to, "charter") ||
	       !same_class(from, to, "recall");
}
