#include "ballots/record/act.h"

#include <assert.h>

#include "ballots/base/coding.h"
#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "ballots/record/effect.h"
#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"

/* Types that only acts have *************************************************/

static void
each_counterparty(struct fields *f, const struct form_member *m)
{
	uint8_t key[32];

	fields_list(f, m->name, (uint32_t)m->min, (uint32_t)m->max);
	while (fields_more(f)) {
		fields_object(f, NULL);
		if (fields_has(f, "key"))
			fields_did(f, "key", key);
		form_walk_texts(f, &(struct form_member){.name = "texts"});
		fields_end(f);
	}
	fields_end(f);
}

static void
each_ceiling(struct fields *f, const struct form_member *m)
{
	fields_list(f, m->name, (uint32_t)m->min, (uint32_t)m->max);
	while (fields_more(f)) {
		fields_object(f, NULL);
		fields_int(f, "limit", 0, LIMIT_JSON_INT);
		form_walk_texts(f, &(struct form_member){.name = "texts"});
		fields_end(f);
	}
	fields_end(f);
}

static void
each_after(struct fields *f, const struct form_member *m)
{
	uint8_t root[32];

	fields_object(f, m->name);
	if (fields_word(f, "origin").len > ACT_LOG_MAX)
		fields_refuse(f);
	fields_base64(f, "root", root, 32);
	fields_int(f, "size", 1, LIMIT_JSON_INT);
	fields_end(f);
}

/* A steward's proofs on credentials, each for the delegate's key it names. */
static void
each_proof(struct fields *f, const struct form_member *m)
{
	uint8_t key[32], signature[64];

	fields_list(f, m->name, (uint32_t)m->min, (uint32_t)m->max);
	while (fields_more(f)) {
		fields_object(f, NULL);
		fields_did(f, "key", key);
		fields_base64(f, "signature", signature, 64);
		fields_end(f);
	}
	fields_end(f);
}

static void
walk_counterparties(
	struct fields *f, const struct form_member *m, union form_value *out)
{
	form_span(f, m, each_counterparty, out);
}

static void
walk_ceilings(
	struct fields *f, const struct form_member *m, union form_value *out)
{
	form_span(f, m, each_ceiling, out);
}

static void
walk_proofs(
	struct fields *f, const struct form_member *m, union form_value *out)
{
	form_span(f, m, each_proof, out);
}

static void
walk_after(struct fields *f, const struct form_member *m, union form_value *out)
{
	form_span(f, m, each_after, out);
}

static const struct form_type form_counterparties = {
	walk_counterparties, form_print_raw};
static const struct form_type form_ceilings = {walk_ceilings, form_print_raw};
static const struct form_type form_proofs = {walk_proofs, form_print_raw};
static const struct form_type form_after = {walk_after, form_print_raw};
#define form_options effect_options

/* The tables ****************************************************************/

static const struct form_member table[] = {
#define ACT_ROW(code, name, type, min, max) {name, &form_##type, min, max},
	ACT_MEMBERS(ACT_ROW)
#undef ACT_ROW
};

#define HAS(code) FORM_BIT(ACT_HAS_##code)
#define MOST      (HAS(BY) | HAS(LOG) | HAS(ON) | HAS(SEQ) | HAS(UNTIL))
#define OURS      (HAS(BY) | HAS(LOG) | HAS(ON) | HAS(SEQ))

static const char *const names[ACT_KIND_COUNT] = {
#define ACT_NAME(code, name) name,
	ACT_KINDS(ACT_NAME)
#undef ACT_NAME
};

/* What each kind has; specs/acts.md prints the same table. */
/* clang-format off */
static const struct {
	enum form_author author;
	form_set required, optional;
} forms[ACT_KIND_COUNT] = {
#define KIND(code, by, required, optional) \
	[ACT_##code] = {FORM_BY_##by, required, optional},
	KIND(UNION_FOUND, KEY, HAS(BY) | HAS(CHARTER) |
		HAS(FOUNDERS) | HAS(KEY) | HAS(NAME) | HAS(REHEARSAL) |
		HAS(RULES) | HAS(SEQ), HAS(AFTER))
	KIND(TICK, LEDGER, OURS, 0)
	KIND(RESULT, LEDGER, OURS | HAS(OUTCOME), 0)
	KIND(MEMBER_APPLY, KEY, MOST | HAS(NEXT), HAS(CHAPTER))
	KIND(MEMBER_ADMIT, MEMBER,
		MOST | HAS(APPLICATION) | HAS(SIGNATURE), 0)
	KIND(MEMBER_RENEW, MEMBER, MOST, 0)
	KIND(MEMBER_LEAVE, MEMBER, MOST, 0)
	KIND(KEY_ROTATE, MEMBER, MOST | HAS(KEY) | HAS(NEXT), 0)
	KIND(CHAPTER_OPEN, MEMBER, MOST | HAS(TEXTS), 0)
	KIND(TOPIC_OPEN, MEMBER, MOST | HAS(TEXTS), 0)
	KIND(CHAPTER_JOIN, MEMBER, MOST, 0)
	KIND(CHAPTER_LEAVE, MEMBER, MOST, 0)
	KIND(OFFICE_STAND, MEMBER, MOST, 0)
	KIND(OFFICE_RESIGN, MEMBER, MOST | HAS(OFFICE), 0)
	KIND(DELEGATION_GRANT, MEMBER, MOST | HAS(TO), 0)
	KIND(DELEGATION_REVOKE, MEMBER, MOST, 0)
	KIND(DELEGATION_ACCEPT, MEMBER, MOST | HAS(MAX), 0)
	KIND(DELEGATION_DROP, MEMBER, MOST, 0)
	KIND(PROPOSAL_OPEN, MEMBER,
		MOST | HAS(CLASS) | HAS(METHOD) | HAS(OPTIONS) | HAS(SEATS) |
		HAS(TEXTS), HAS(BUDGET) | HAS(CHAPTER) | HAS(SCALE) |
		HAS(TOPIC))
	KIND(PROPOSAL_AMEND, MEMBER,
		MOST | HAS(OPTIONS) | HAS(TEXTS), 0)
	KIND(PROPOSAL_SUPPORT, MEMBER,
		MOST | HAS(VERSION), 0)
	KIND(PROPOSAL_UNSUPPORT, MEMBER, MOST, 0)
	KIND(PROPOSAL_WITHDRAW, MEMBER, MOST, 0)
	KIND(PROPOSAL_HOLD, MEMBER, MOST, 0)
	KIND(BALLOT_CAST, MEMBER, MOST | HAS(MARKS), 0)
	KIND(LOT_COMMIT, MEMBER, MOST | HAS(HASH), 0)
	KIND(LOT_REVEAL, MEMBER, MOST | HAS(VALUE), 0)
	KIND(MANDATE_PROPOSE, MEMBER,
		MOST | HAS(CEILINGS) | HAS(CONFIDENTIAL_S) |
		HAS(COUNTERPARTIES) | HAS(DELEGATES) | HAS(MAX_REJECTIONS) |
		HAS(NEEDED) | HAS(POWERS) | HAS(RATIFY_CLASS) | HAS(RECALL) |
		HAS(REPORT_EVERY_S) | HAS(REPORT_GRACE_S) | HAS(TEXTS) |
		HAS(VALID_FROM) | HAS(VALID_UNTIL),
		HAS(AGREEMENT) | HAS(CHAPTER) | HAS(TOPIC))
	KIND(MANDATE_ACCEPT, MEMBER, MOST, 0)
	KIND(MANDATE_PUBLISH, MEMBER,
		MOST | HAS(VALID_FROM) | HAS(VALID_UNTIL),
		HAS(ISSUER) | HAS(PROOFS))
	KIND(MANDATE_ENDORSE, MEMBER, MOST, 0)
	KIND(MANDATE_UNENDORSE, MEMBER, MOST, 0)
	KIND(MANDATE_MEETING, MEMBER,
		MOST | HAS(COUNTERPARTY) | HAS(TEXTS), 0)
	KIND(MANDATE_REPORT, MEMBER,
		MOST | HAS(FINAL) | HAS(TEXTS), 0)
	KIND(MANDATE_REPORT_OPEN, MEMBER,
		MOST | HAS(SEAL) | HAS(TEXTS), 0)
	KIND(MANDATE_REPORT_SEAL, MEMBER,
		MOST | HAS(OPENS) | HAS(TEXTS), 0)
	KIND(MANDATE_RESIGN, MEMBER, MOST, 0)
	KIND(MANDATE_HOLD, MEMBER, MOST, 0)
	KIND(MANDATE_CONCLUDE, MEMBER, MOST, 0)
	KIND(MANDATE_CHALLENGE, MEMBER, MOST | HAS(TEXTS), 0)
	KIND(AGREEMENT_TENTATIVE, MEMBER,
		MOST | HAS(AMOUNTS) | HAS(COUNTERPARTY) | HAS(KEY) |
		HAS(RATIFY) | HAS(TEXTS) | HAS(VALID_FROM) | HAS(VALID_UNTIL), 0)
	KIND(AGREEMENT_SIGN, MEMBER, MOST, 0)
	KIND(AGREEMENT_COUNTERSIGN, KEY, MOST, 0)
	KIND(AGREEMENT_WITHDRAW, MEMBER, MOST, 0)
	KIND(AGREEMENT_DECLINE, KEY, MOST, 0)
	KIND(AGREEMENT_CHALLENGE, MEMBER, MOST | HAS(TEXTS), 0)
	KIND(AGREEMENT_RECEIPT, KEY, MOST, 0)
	KIND(AGREEMENT_BREACH, MEMBER, MOST | HAS(HASH), 0)
	KIND(AGREEMENT_ENDORSE, MEMBER, MOST, 0)
	KIND(AGREEMENT_ANSWER, MEMBER, MOST | HAS(BREACHED) | HAS(TEXTS), 0)
	KIND(AGREEMENT_REPLY, KEY, MOST | HAS(TEXTS), 0)
	KIND(AGREEMENT_END, MEMBER, MOST, 0)
	KIND(CASE_APPEAL, MEMBER, MOST, 0)
	KIND(GUARDIANS_SET, MEMBER, MOST, HAS(HASH))
	KIND(KEY_RECOVER, KEY, MOST | HAS(NEXT) | HAS(REASON),
		HAS(GUARDIANS) | HAS(NEEDED) | HAS(SIZE) | HAS(VALUE))
	KIND(KEY_VOUCH, MEMBER, MOST | HAS(APPLICATION) | HAS(SIGNATURE), 0)
	KIND(KEY_OBJECT, MEMBER, MOST, 0)
	KIND(MEMBER_SUSPEND, MEMBER,
		MOST | HAS(FOR_S) | HAS(GROUND) | HAS(HASH), 0)
	KIND(TEXT_ERASE, MEMBER, MOST, 0)
#undef KIND
};
/* clang-format on */

const char *
act_kind_name(enum act_kind kind)
{
	assert(kind < ACT_KIND_COUNT);
	return names[kind];
}

enum act_kind
act_kind_by_name(struct bytes name)
{
	int kind = 0;

	while (kind < ACT_KIND_COUNT &&
		!bytes_equal(name, bytes_of_string(names[kind])))
		kind++;
	return (enum act_kind)kind;
}

enum form_author
act_kind_author(enum act_kind kind)
{
	assert(kind < ACT_KIND_COUNT);
	return forms[kind].author;
}

const char *
act_member_name(enum act_member member)
{
	assert(member < ACT_MEMBER_COUNT);
	return table[member].name;
}

/* In and out ****************************************************************/

/* until lies in [seq, seq + LIMIT_UNTIL_S], where the kind has one. */
static bool
dates_fit(const struct act *a)
{
	int64_t life;

	if (!act_has(a, ACT_HAS_UNTIL))
		return true;
	life = act_int(a, ACT_HAS_UNTIL) - act_int(a, ACT_HAS_SEQ);
	return life >= 0 && life <= LIMIT_UNTIL_S;
}

enum verdict
act_decode(struct bytes bytes, struct act *out)
{
	enum verdict verdict;
	struct fields f;

	if (bytes.len > LIMIT_ACT_BYTES)
		return VERDICT_TOO_LARGE;
	verdict = jcs_check(bytes);
	if (verdict != VERDICT_OK)
		return verdict;
	f = fields_of(bytes);
	out->kind = act_kind_by_name(fields_word(&f, "act"));
	if (f.bad)
		return VERDICT_MALFORMED;
	if (out->kind == ACT_KIND_COUNT)
		return VERDICT_UNKNOWN_KIND;
	out->bytes = bytes;
	out->vouched = false;
	out->present = form_walk(&f, table, ACT_MEMBER_COUNT,
		forms[out->kind].required, forms[out->kind].optional,
		out->value);
	if (!fields_done(&f) || !dates_fit(out))
		return VERDICT_MALFORMED;
	out->author = (enum form_author)out->value[ACT_HAS_BY].author;
	crypt_hash(bytes, out->id);
	return VERDICT_OK;
}

void
act_encode(const struct act *a, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	assert((a->present & forms[a->kind].required) ==
		forms[a->kind].required);
	assert((a->present & ~forms[a->kind].required &
		       ~forms[a->kind].optional) == 0);
	jcs_begin_object(&p);
	jcs_key(&p, "act");
	jcs_string(&p, bytes_of_string(names[a->kind]));
	form_print(&p, table, ACT_MEMBER_COUNT, a->present, a->value);
	jcs_end_object(&p);
}

/* Members *******************************************************************/

bool
act_has(const struct act *a, enum act_member member)
{
	return (a->present & FORM_BIT(member)) != 0;
}

int64_t
act_int(const struct act *a, enum act_member member)
{
	assert(act_has(a, member));
	return a->value[member].number;
}

const uint8_t *
act_hash(const struct act *a, enum act_member member)
{
	assert(act_has(a, member));
	return a->value[member].hash;
}

struct bytes
act_span(const struct act *a, enum act_member member)
{
	assert(act_has(a, member));
	return a->value[member].span;
}

const uint8_t *
act_by(const struct act *a)
{
	return act_hash(a, ACT_HAS_BY);
}

void
act_set_int(struct act *a, enum act_member member, int64_t value)
{
	a->present |= FORM_BIT(member);
	a->value[member].number = value;
}

void
act_set_hash(
	struct act *a, enum act_member member, const uint8_t hash[static 32])
{
	a->present |= FORM_BIT(member);
	for (size_t i = 0; i < 32; i++)
		a->value[member].hash[i] = hash[i];
}

void
act_set_span(struct act *a, enum act_member member, struct bytes span)
{
	a->present |= FORM_BIT(member);
	a->value[member].span = span;
}

void
act_set_by(
	struct act *a, enum form_author author, const uint8_t hash[static 32])
{
	act_set_hash(a, ACT_HAS_BY, hash);
	a->author = author;
	a->value[ACT_HAS_BY].author = (uint8_t)author;
}
