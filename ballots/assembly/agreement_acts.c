#include "ballots/assembly/agreement_acts.h"

#include <assert.h>
#include <string.h>

#include "ballots/assembly/mandate_acts.h"
#include "ballots/assembly/mandate_life.h"
#include "ballots/assembly/mandate_terms.h"
#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"
#include "ballots/base/need.h"
#include "ballots/record/fields.h"

#define LIFE_S       157680000 /* the longest term: five years */
#define OFFERS_MAX   16        /* OFFERED at a time, by one delegate */
#define BREACHES_MAX 256       /* open at a time, an agreement */
#define EMPTY        2         /* bytes of the list [] */

static uint64_t
number_of(const struct act *a, enum act_member member)
{
	return (uint64_t)act_int(a, member);
}

static const struct world_mandate *
mandate_of(const struct world *w, const struct world_agreement *g)
{
	return w->mandates[g->mandate];
}

/* The terms *****************************************************************/

static const struct world_mandate *
mandate_on(const struct world *w, const struct act *a)
{
	uint32_t number = idmap_get(&w->mandate_ids, act_hash(a, ACT_HAS_ON));

	return number == IDMAP_NONE ? NULL : w->mandates[number];
}

static bool
counterparty_fits(const struct world_mandate *m, const struct act *a)
{
	uint64_t n = number_of(a, ACT_HAS_COUNTERPARTY);
	const struct world_counterparty *c;

	if (n >= m->n_counterparties)
		return false;
	c = &m->counterparties[n];
	return !c->keyed || memcmp(c->key, act_hash(a, ACT_HAS_KEY), 32) == 0;
}

static bool
empowered(const struct world_mandate *m, const struct act *a)
{
	enum mandate_terms_power power =
		act_int(a, ACT_HAS_RATIFY) != 0
			? MANDATE_TERMS_SIGN_TENTATIVE
			: MANDATE_TERMS_SIGN_UNDER_CEILING;

	return (m->powers & (uint32_t)1 << power) != 0;
}

/* Read the amounts; returns how many. */
static uint32_t
read_amounts(const struct act *a, int64_t amounts[static LIMIT_CEILINGS])
{
	struct fields f =
		fields_of_list(act_span(a, ACT_HAS_AMOUNTS), 0, LIMIT_CEILINGS);
	uint32_t n = 0;

	while (fields_more(&f))
		amounts[n++] =
			fields_int(&f, NULL, -LIMIT_JSON_INT, LIMIT_JSON_INT);
	return n;
}

/* One for each ceiling, and below it. */
static bool
amounts_fit(const struct world_mandate *m, const struct act *a)
{
	int64_t amounts[LIMIT_CEILINGS];
	uint32_t n = read_amounts(a, amounts);

	for (uint32_t i = 0; i < n && i < m->n_ceilings; i++)
		if (amounts[i] > m->ceilings[i])
			return false;
	return n == m->n_ceilings;
}

static bool
dates_fit(const struct act *a, uint64_t now_s)
{
	uint64_t from = number_of(a, ACT_HAS_VALID_FROM);
	uint64_t until = number_of(a, ACT_HAS_VALID_UNTIL);

	return from < until && until > now_s && until <= from + LIFE_S &&
	       until <= LIMIT_TIME_S;
}

static uint32_t
count_offers(
	const struct world *w, const struct world_mandate *m, uint32_t author)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < m->agreements.n; i++) {
		const struct world_agreement *g =
			w->agreements[m->agreements.at[i]];

		n += g->state == AGREEMENT_OFFERED &&
		     g->signers.at[0] == author;
	}
	return n;
}

static enum verdict
check_scope(const struct world_mandate *m, const struct act *a)
{
	if (!counterparty_fits(m, a))
		return VERDICT_OUT_OF_SCOPE;
	if (!crypt_key_ok(act_hash(a, ACT_HAS_KEY)))
		return VERDICT_BAD_KEY;
	return empowered(m, a) && amounts_fit(m, a) ? VERDICT_OK
						    : VERDICT_OUT_OF_SCOPE;
}

enum verdict
agreement_acts_check_terms(const struct agreement_acts_filing *f)
{
	const struct world_mandate *m = mandate_on(f->w, f->a);
	enum verdict v;

	if (m == NULL)
		return VERDICT_UNKNOWN_SUBJECT;
	if (m->state != MANDATE_NEGOTIATING)
		return VERDICT_NOT_NOW;
	if (!mandate_acts_acts(f->w, m, f->member, f->now_s))
		return VERDICT_NOT_ALLOWED;
	if (f->now_s < m->valid_from_s || f->now_s >= m->valid_until_s)
		return VERDICT_NOT_NOW;
	v = check_scope(m, f->a);
	if (v != VERDICT_OK)
		return v;
	if (act_span(f->a, ACT_HAS_TEXTS).len <= EMPTY ||
		!dates_fit(f->a, f->now_s))
		return VERDICT_BAD_TERMS;
	return count_offers(f->w, m, f->member) < OFFERS_MAX
		       ? VERDICT_OK
		       : VERDICT_TOO_OFTEN;
}

void
agreement_acts_note_terms(struct world_agreement *g, uint32_t mandate,
	const struct agreement_acts_filing *f)
{
	const struct act *a = f->a;

	memcpy(g->id, a->id, 32);
	memcpy(g->key, act_hash(a, ACT_HAS_KEY), 32);
	g->mandate = mandate;
	g->counterparty = (uint32_t)number_of(a, ACT_HAS_COUNTERPARTY);
	g->n_amounts = read_amounts(a, g->amounts);
	g->ratify = act_int(a, ACT_HAS_RATIFY) != 0;
	g->valid_from_s = number_of(a, ACT_HAS_VALID_FROM);
	g->valid_until_s = number_of(a, ACT_HAS_VALID_UNTIL);
	world_list_add(&g->signers, f->member);
}

/* Who may *******************************************************************/

typedef enum verdict check_fn(const struct world_agreement *g,
	const struct world_breach *b, const struct agreement_acts_filing *f);

/* NOT_ALLOWED for who is no acting delegate. */
static enum verdict
check_delegate(
	const struct world_agreement *g, const struct agreement_acts_filing *f)
{
	return mandate_acts_acts(f->w, mandate_of(f->w, g), f->member, f->now_s)
		       ? VERDICT_OK
		       : VERDICT_NOT_ALLOWED;
}

static enum verdict
check_counterparty(
	const struct world_agreement *g, const struct agreement_acts_filing *f)
{
	return memcmp(act_by(f->a), g->key, 32) == 0 ? VERDICT_OK
						     : VERDICT_NOT_ALLOWED;
}

static enum verdict
check_voter(
	const struct world_agreement *g, const struct agreement_acts_filing *f)
{
	return world_may_vote(
		       f->w, f->member, mandate_of(f->w, g)->chapter, f->now_s)
		       ? VERDICT_OK
		       : VERDICT_NOT_ALLOWED;
}

/* Verdict v, or DUPLICATE where it was done. */
static enum verdict
once(enum verdict v, bool done)
{
	return v == VERDICT_OK && done ? VERDICT_DUPLICATE : v;
}

bool
agreement_acts_enough(const struct world *w, const struct world_agreement *g,
	const struct world_list *list, uint64_t now_s)
{
	const struct world_mandate *m = mandate_of(w, g);
	uint32_t n = 0;

	for (uint32_t i = 0; i < list->n; i++)
		n += mandate_acts_acts(w, m, list->at[i], now_s);
	return n >= m->needed;
}

/* Signing and leaving it ****************************************************/

static bool
negotiating(
	const struct world_agreement *g, const struct agreement_acts_filing *f)
{
	return mandate_of(f->w, g)->state == MANDATE_NEGOTIATING;
}

static enum verdict
check_sign(const struct world_agreement *g, const struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	(void)b;
	if (!negotiating(g, f))
		return VERDICT_NOT_NOW;
	return once(
		check_delegate(g, f), world_list_has(&g->signers, f->member));
}

static enum verdict
check_countersign(const struct world_agreement *g, const struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	(void)b;
	if (!negotiating(g, f))
		return VERDICT_NOT_NOW;
	return once(check_counterparty(g, f), g->countersigned);
}

static enum verdict
check_withdraw(const struct world_agreement *g, const struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	(void)b;
	return once(
		check_delegate(g, f), world_list_has(&g->withdrawn, f->member));
}

static enum verdict
check_end(const struct world_agreement *g, const struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	(void)b;
	return once(
		check_delegate(g, f), world_list_has(&g->ending, f->member));
}

static enum verdict
check_decline(const struct world_agreement *g, const struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	(void)b;
	return check_counterparty(g, f);
}

static enum verdict
check_challenge(const struct world_agreement *g, const struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	(void)b;
	return once(check_voter(g, f), g->challenged);
}

static enum verdict
check_receipt(const struct world_agreement *g, const struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	(void)b;
	return once(check_counterparty(g, f), g->receipt);
}

/* Breaches ******************************************************************/

static const struct world_breach *
breach_at(const struct world *w, const struct world_agreement *g, uint32_t i)
{
	return &w->breaches[g->breaches.at[i]];
}

static enum verdict
check_breach(const struct world_agreement *g, const struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	enum verdict v = check_voter(g, f);
	uint32_t open = 0;
	bool own = false;

	for (uint32_t i = 0; i < g->breaches.n; i++) {
		b = breach_at(f->w, g, i);
		if (b->state != AGREEMENT_OPEN)
			continue;
		open++;
		own = own || b->endorsers.at[0] == f->member;
	}
	v = once(v, own);
	return v == VERDICT_OK && open >= BREACHES_MAX ? VERDICT_TOO_OFTEN : v;
}

static enum verdict
check_endorse(const struct world_agreement *g, const struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	if (b->state != AGREEMENT_OPEN)
		return VERDICT_NOT_NOW;
	return once(
		check_voter(g, f), world_list_has(&b->endorsers, f->member));
}

static enum verdict
check_answer(const struct world_agreement *g, const struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	return b->state == AGREEMENT_ALLEGED ? check_delegate(g, f)
					     : VERDICT_NOT_NOW;
}

static enum verdict
check_reply(const struct world_agreement *g, const struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	return once(check_counterparty(g, f), b->replied);
}

struct world_breach *
agreement_acts_ripe(const struct world *w, const struct world_agreement *g)
{
	const struct need thrice_k = {.times = 3};
	uint64_t needed = need_sponsors(&thrice_k, mandate_of(w, g)->roll_size);

	for (uint32_t i = 0; i < g->breaches.n; i++) {
		struct world_breach *b = &w->breaches[g->breaches.at[i]];

		if (b->state == AGREEMENT_OPEN && b->endorsers.n >= needed)
			return b;
	}
	return NULL;
}

struct world_breach *
agreement_acts_alleged(const struct world *w, const struct world_agreement *g)
{
	for (uint32_t i = 0; i < g->breaches.n; i++)
		if (breach_at(w, g, i)->state == AGREEMENT_ALLEGED)
			return &w->breaches[g->breaches.at[i]];
	return NULL;
}

/* Noting down ***************************************************************/

typedef void note_fn(struct world *w, struct world_agreement *g,
	struct world_breach *b, const struct agreement_acts_filing *f);

static void
note_sign(struct world *w, struct world_agreement *g, struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	(void)w;
	(void)b;
	world_list_add(&g->signers, f->member);
}

static void
note_countersign(struct world *w, struct world_agreement *g,
	struct world_breach *b, const struct agreement_acts_filing *f)
{
	(void)w;
	(void)b;
	(void)f;
	g->countersigned = true;
}

static void
note_withdraw(struct world *w, struct world_agreement *g,
	struct world_breach *b, const struct agreement_acts_filing *f)
{
	(void)w;
	(void)b;
	world_list_add(&g->withdrawn, f->member);
}

static void
note_end(struct world *w, struct world_agreement *g, struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	(void)w;
	(void)b;
	world_list_add(&g->ending, f->member);
}

static void
note_challenge(struct world *w, struct world_agreement *g,
	struct world_breach *b, const struct agreement_acts_filing *f)
{
	(void)w;
	(void)b;
	(void)f;
	g->challenged = g->disputed = true;
}

static void
note_receipt(struct world *w, struct world_agreement *g, struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	(void)w;
	(void)b;
	(void)f;
	g->receipt = true;
}

static void
note_breach(struct world *w, struct world_agreement *g, struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	w->breaches = mem_grow(w->breaches, &w->breaches_cap,
		(size_t)w->n_breaches + 1, sizeof(*w->breaches));
	b = &w->breaches[w->n_breaches];
	*b = (struct world_breach){.agreement = g->number};
	memcpy(b->id, f->a->id, 32);
	memcpy(b->hash, act_hash(f->a, ACT_HAS_HASH), 32);
	world_list_add(&b->endorsers, f->member);
	idmap_put(&w->breach_ids, b->id, w->n_breaches);
	world_list_add(&g->breaches, w->n_breaches++);
}

static void
note_endorse(struct world *w, struct world_agreement *g, struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	(void)w;
	(void)g;
	world_list_add(&b->endorsers, f->member);
}

static void
note_answer(struct world *w, struct world_agreement *g, struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	(void)w;
	(void)g;
	b->state = AGREEMENT_ANSWERED;
	b->breached = act_int(f->a, ACT_HAS_BREACHED) != 0;
}

static void
note_reply(struct world *w, struct world_agreement *g, struct world_breach *b,
	const struct agreement_acts_filing *f)
{
	(void)w;
	(void)g;
	(void)f;
	b->replied = true;
}

/* The table *****************************************************************/

static const struct {
	check_fn *check;
	note_fn *note; /* NULL: nothing is noted */
} rows[ACT_KIND_COUNT] = {
	[ACT_AGREEMENT_SIGN] = {check_sign, note_sign},
	[ACT_AGREEMENT_COUNTERSIGN] = {check_countersign, note_countersign},
	[ACT_AGREEMENT_WITHDRAW] = {check_withdraw, note_withdraw},
	[ACT_AGREEMENT_DECLINE] = {check_decline, NULL},
	[ACT_AGREEMENT_CHALLENGE] = {check_challenge, note_challenge},
	[ACT_AGREEMENT_RECEIPT] = {check_receipt, note_receipt},
	[ACT_AGREEMENT_BREACH] = {check_breach, note_breach},
	[ACT_AGREEMENT_ENDORSE] = {check_endorse, note_endorse},
	[ACT_AGREEMENT_ANSWER] = {check_answer, note_answer},
	[ACT_AGREEMENT_REPLY] = {check_reply, note_reply},
	[ACT_AGREEMENT_END] = {check_end, note_end},
};

enum verdict
agreement_acts_check(const struct world_agreement *g,
	const struct world_breach *b, const struct agreement_acts_filing *f)
{
	assert(rows[f->a->kind].check != NULL);
	return rows[f->a->kind].check(g, b, f);
}

void
agreement_acts_note(struct world *w, struct world_agreement *g,
	struct world_breach *b, const struct agreement_acts_filing *f)
{
	if (rows[f->a->kind].note != NULL)
		rows[f->a->kind].note(w, g, b, f);
}
