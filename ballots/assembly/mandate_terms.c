#include "ballots/assembly/mandate_terms.h"

#include <string.h>

#include "ballots/assembly/mandate_acts.h"
#include "ballots/record/fields.h"

#define EVERY_MIN_S  86400
#define EVERY_MAX_S  31536000
#define GRACE_MAX_S  2592000
#define SECRET_MAX_S 31536000
#define EMPTY        2 /* bytes of the list [] */

static uint64_t
number_of(const struct act *a, enum act_member member)
{
	return (uint64_t)act_int(a, member);
}

static bool
has_text(const struct act *a)
{
	return act_span(a, ACT_HAS_TEXTS).len > EMPTY;
}

static uint32_t
count_elements(struct bytes list)
{
	struct fields f = fields_of_list(list, 0, UINT32_MAX);
	uint32_t n = 0;

	for (; fields_more(&f); n++)
		fields_value(&f, NULL);
	return n;
}

/* Read a sorted list of some of the powers there are; false when it is none. */
static bool
read_powers(struct bytes list, uint32_t *out)
{
	static const char *const powers[MANDATE_TERMS_POWERS] = {
		"consult", "negotiate", "sign-tentative", "sign-under-ceiling"};
	struct fields f = fields_of_list(list, 0, MANDATE_TERMS_POWERS);
	int next = 0;

	*out = 0;
	while (fields_more(&f)) {
		struct bytes word = fields_word(&f, NULL);

		while (next < MANDATE_TERMS_POWERS &&
			!bytes_equal(word, bytes_of_string(powers[next])))
			next++;
		if (next == MANDATE_TERMS_POWERS)
			return false;
		*out |= (uint32_t)1 << next++;
	}
	return fields_done(&f);
}

static bool
dates_fit(const struct act *a, uint64_t now_s)
{
	uint64_t from = number_of(a, ACT_HAS_VALID_FROM);
	uint64_t until = number_of(a, ACT_HAS_VALID_UNTIL);

	return 0 < from && from < until &&
	       until <= from + MANDATE_TERMS_LIFE_S && until > now_s &&
	       until <= LIMIT_TIME_S;
}

static bool
reports_fit(const struct act *a)
{
	uint64_t every = number_of(a, ACT_HAS_REPORT_EVERY_S);

	return every >= EVERY_MIN_S && every <= EVERY_MAX_S &&
	       number_of(a, ACT_HAS_REPORT_GRACE_S) <= GRACE_MAX_S &&
	       number_of(a, ACT_HAS_CONFIDENTIAL_S) <= SECRET_MAX_S;
}

/* Read a share; false when it is none. */
static bool
read_share(struct bytes list, struct ratio *out)
{
	struct fields f = fields_of_list(list, 2, 2);

	out->num = (uint32_t)fields_int(&f, NULL, 0, LIMIT_RATIO_TERM);
	out->den = (uint32_t)fields_int(&f, NULL, 1, LIMIT_RATIO_TERM);
	return fields_done(&f);
}

static bool
recall_fits(const struct act *a)
{
	struct ratio least = {1, 100}, most = {1, 2}, share;

	return read_share(act_span(a, ACT_HAS_RECALL), &share) &&
	       ratio_compare(share, least) >= 0 &&
	       ratio_compare(share, most) <= 0;
}

static bool
ratified_in_person(const struct world *w, const struct act *a)
{
	const struct charter_class *class =
		charter_class(&w->charter, act_span(a, ACT_HAS_RATIFY_CLASS));

	return class != NULL && charter_ratifies(class);
}

/* Who may sign under a ceiling has one. */
static bool
ceilings_fit(const struct act *a, uint32_t powers)
{
	return (powers & (uint32_t)1 << MANDATE_TERMS_SIGN_UNDER_CEILING) ==
		       0 ||
	       act_span(a, ACT_HAS_CEILINGS).len > EMPTY;
}

/* The agreement that it would monitor, or IDMAP_NONE. */
static uint32_t
takes_over(const struct world *w, const struct act *a)
{
	return act_has(a, ACT_HAS_AGREEMENT)
		       ? idmap_get(&w->agreement_ids,
				 act_hash(a, ACT_HAS_AGREEMENT))
		       : IDMAP_NONE;
}

/* The chapter that it is of, or IDMAP_NONE. */
static uint32_t
chapter_of(const struct world *w, const struct act *a)
{
	return act_has(a, ACT_HAS_CHAPTER)
		       ? idmap_get(
				 &w->chapters.ids, act_hash(a, ACT_HAS_CHAPTER))
		       : IDMAP_NONE;
}

/* What a chapter agreed is taken over by that chapter only, and so on. */
static bool
chapter_fits(const struct world *w, const struct act *a)
{
	uint32_t number = takes_over(w, a);

	return number == IDMAP_NONE ||
	       w->mandates[w->agreements[number]->mandate]->chapter ==
		       chapter_of(w, a);
}

static bool
delegates_fit(const struct world *w, const struct act *a)
{
	struct bytes list = act_span(a, ACT_HAS_DELEGATES);
	uint32_t members[LIMIT_DELEGATES];

	return mandate_acts_read_list(w, list, members) ==
		       count_elements(list) &&
	       number_of(a, ACT_HAS_NEEDED) >= 1;
}

enum verdict
mandate_terms_check(const struct world *w, const struct act *a, uint64_t now_s)
{
	uint32_t powers;
	enum verdict v;

	if (!read_powers(act_span(a, ACT_HAS_POWERS), &powers))
		return VERDICT_MALFORMED;
	if (act_has(a, ACT_HAS_AGREEMENT) && takes_over(w, a) == IDMAP_NONE)
		return VERDICT_UNKNOWN_SUBJECT;
	if (!has_text(a))
		return VERDICT_BAD_TERMS;
	v = mandate_acts_check_list(w, NULL, act_span(a, ACT_HAS_DELEGATES),
		number_of(a, ACT_HAS_NEEDED), now_s);
	if (v != VERDICT_OK)
		return v;
	if (!delegates_fit(w, a) || powers == 0 || !ceilings_fit(a, powers) ||
		!dates_fit(a, now_s) || !reports_fit(a) || !recall_fits(a) ||
		!ratified_in_person(w, a) || !chapter_fits(w, a))
		return VERDICT_BAD_TERMS;
	return VERDICT_OK;
}

/* Whom they may negotiate with, and how high. */
static void
note_bounds(struct world_mandate *m, const struct act *a)
{
	struct fields f = fields_of_list(
		act_span(a, ACT_HAS_COUNTERPARTIES), 1, LIMIT_COUNTERPARTIES);

	while (fields_more(&f)) {
		struct world_counterparty *c =
			&m->counterparties[m->n_counterparties++];

		fields_object(&f, NULL);
		c->keyed = fields_has(&f, "key");
		if (c->keyed)
			fields_did(&f, "key", c->key);
		fields_value(&f, "texts");
		fields_end(&f);
	}
	f = fields_of_list(act_span(a, ACT_HAS_CEILINGS), 0, LIMIT_CEILINGS);
	while (fields_more(&f)) {
		fields_object(&f, NULL);
		m->ceilings[m->n_ceilings++] =
			fields_int(&f, "limit", 0, LIMIT_JSON_INT);
		fields_value(&f, "texts");
		fields_end(&f);
	}
	read_powers(act_span(a, ACT_HAS_POWERS), &m->powers);
}

void
mandate_terms_note(
	struct world_mandate *m, const struct world *w, const struct act *a)
{
	struct bytes class = act_span(a, ACT_HAS_RATIFY_CLASS);
	uint32_t members[LIMIT_DELEGATES];

	memcpy(m->id, a->id, 32);
	memcpy(m->ratify_class, class.data, class.len); /* that of a class */
	m->max_rejections = (uint32_t)number_of(a, ACT_HAS_MAX_REJECTIONS);
	m->takes_over = takes_over(w, a);
	m->agreement = IDMAP_NONE;
	note_bounds(m, a);
	m->n_delegates = mandate_acts_read_list(
		w, act_span(a, ACT_HAS_DELEGATES), members);
	for (uint32_t i = 0; i < m->n_delegates; i++)
		m->delegates[i] = (struct world_delegate){.member = members[i]};
	m->needed = (uint32_t)number_of(a, ACT_HAS_NEEDED);
	read_share(act_span(a, ACT_HAS_RECALL), &m->recall);
	m->valid_from_s = number_of(a, ACT_HAS_VALID_FROM);
	m->valid_until_s = number_of(a, ACT_HAS_VALID_UNTIL);
	m->report_every_s = number_of(a, ACT_HAS_REPORT_EVERY_S);
	m->report_grace_s = number_of(a, ACT_HAS_REPORT_GRACE_S);
	m->confidential_s = number_of(a, ACT_HAS_CONFIDENTIAL_S);
	m->chapter = chapter_of(w, a);
}
