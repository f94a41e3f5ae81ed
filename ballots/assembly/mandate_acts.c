#include "ballots/assembly/mandate_acts.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/record/fields.h"

#define EMPTY       2       /* bytes of the list [] */
#define HOLD_REST_S 2592000 /* between petitions, after a vote: 30 days */

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

/* Delegates *****************************************************************/

bool
mandate_acts_acting(
	const struct world *w, const struct world_delegate *d, uint64_t now_s)
{
	return d->accepted && world_stands(w, d->member, now_s) &&
	       roster_get(&w->roster, d->member)->recovery == ROSTER_SAFE;
}

bool
mandate_acts_acts(const struct world *w, const struct world_mandate *m,
	uint32_t member, uint64_t now_s)
{
	uint32_t place = mandate_acts_place(m, member);

	return place != UINT32_MAX &&
	       mandate_acts_acting(w, &m->delegates[place], now_s);
}

uint32_t
mandate_acts_place(const struct world_mandate *m, uint32_t member)
{
	for (uint32_t i = 0; i < m->n_delegates; i++)
		if (m->delegates[i].member == member)
			return i;
	return UINT32_MAX;
}

void
mandate_acts_drop(struct world_mandate *m, uint32_t place)
{
	assert(place < m->n_delegates);
	m->n_delegates--;
	memmove(&m->delegates[place], &m->delegates[place + 1],
		(m->n_delegates - place) * sizeof(m->delegates[0]));
}

uint32_t
mandate_acts_read_list(const struct world *w, struct bytes list,
	uint32_t members[static LIMIT_DELEGATES])
{
	struct fields f = fields_of_list(list, 1, LIMIT_DELEGATES);
	uint8_t id[32];
	uint32_t n = 0;

	while (fields_more(&f)) {
		fields_id(&f, NULL, id);
		members[n] = roster_find(&w->roster, id);
		n += !world_listed(members, n, members[n]);
	}
	return n;
}

/* As acts.md section 3 has it: there, not suspended, renewed in time. */
static bool
in_good_standing(const struct world *w, uint32_t member, uint64_t now_s)
{
	struct roster_rules rules = world_rules(w);

	return world_stands(w, member, now_s) &&
	       !roster_overdue(roster_get(&w->roster, member), &rules, now_s);
}

enum verdict
mandate_acts_check_list(const struct world *w, const struct world_mandate *m,
	struct bytes list, uint64_t needed, uint64_t now_s)
{
	uint32_t members[LIMIT_DELEGATES];
	uint32_t n = mandate_acts_read_list(w, list, members);

	for (uint32_t i = 0; i < n; i++) {
		if (members[i] == ROSTER_NONE)
			return VERDICT_UNKNOWN_MEMBER;
		if ((m == NULL ||
			    mandate_acts_place(m, members[i]) == UINT32_MAX) &&
			!in_good_standing(w, members[i], now_s))
			return VERDICT_NOT_A_MEMBER;
	}
	return needed <= n ? VERDICT_OK : VERDICT_BAD_TERMS;
}

/* Coming and going **********************************************************/

static enum verdict
check_accept(const struct world_mandate *m, const struct mandate_acts_filing *f)
{
	uint32_t place = mandate_acts_place(m, f->member);

	if (place == UINT32_MAX)
		return VERDICT_NOT_ALLOWED;
	return m->delegates[place].accepted ? VERDICT_DUPLICATE : VERDICT_OK;
}

static void
note_accept(struct world_mandate *m, const struct mandate_acts_filing *f)
{
	m->delegates[mandate_acts_place(m, f->member)].accepted = true;
}

static enum verdict
check_resign(const struct world_mandate *m, const struct mandate_acts_filing *f)
{
	return mandate_acts_place(m, f->member) == UINT32_MAX
		       ? VERDICT_NOT_ALLOWED
		       : VERDICT_OK;
}

static void
note_resign(struct world_mandate *m, const struct mandate_acts_filing *f)
{
	mandate_acts_drop(m, mandate_acts_place(m, f->member));
}

/* NOT_ALLOWED for who is no acting delegate. */
static enum verdict
check_acting(const struct world_mandate *m, const struct mandate_acts_filing *f)
{
	return mandate_acts_acts(f->w, m, f->member, f->now_s)
		       ? VERDICT_OK
		       : VERDICT_NOT_ALLOWED;
}

static enum verdict
check_conclude(
	const struct world_mandate *m, const struct mandate_acts_filing *f)
{
	enum verdict v = check_acting(m, f);

	if (v != VERDICT_OK)
		return v;
	if (!m->final_report)
		return VERDICT_NOT_NOW;
	return world_listed(m->concluded, m->n_concluded, f->member)
		       ? VERDICT_DUPLICATE
		       : VERDICT_OK;
}

static void
note_conclude(struct world_mandate *m, const struct mandate_acts_filing *f)
{
	m->concluded[m->n_concluded++] = f->member;
}

/* Stewards and members ******************************************************/

static enum verdict
check_publish(
	const struct world_mandate *m, const struct mandate_acts_filing *f)
{
	if (act_has(f->a, ACT_HAS_ISSUER) != act_has(f->a, ACT_HAS_PROOFS))
		return VERDICT_MALFORMED;
	if (!world_holds(f->w, f->member, CHARTER_STEWARD, f->now_s))
		return VERDICT_NOT_ALLOWED;
	if (number_of(f->a, ACT_HAS_VALID_FROM) != m->valid_from_s ||
		number_of(f->a, ACT_HAS_VALID_UNTIL) != m->valid_until_s)
		return VERDICT_BAD_TERMS;
	return VERDICT_OK;
}

/* The place of what a steward published, a new one at the end. */
static struct world_publication *
publication_of(struct world_mandate *m, uint32_t steward)
{
	uint32_t i = 0;

	while (i < m->n_publications && m->publications[i].steward != steward)
		i++;
	if (i == m->n_publications) {
		m->publications =
			mem_grow(m->publications, &m->publications_cap,
				++m->n_publications, sizeof(*m->publications));
		m->publications[i] = (struct world_publication){0};
	}
	mem_free(m->publications[i].proofs);
	m->publications[i] = (struct world_publication){.steward = steward};
	return &m->publications[i];
}

static void
note_publish(struct world_mandate *m, const struct mandate_acts_filing *f)
{
	struct world_publication *p = publication_of(m, f->member);
	struct bytes proofs;

	p->record = f->w->size;
	p->issued = act_has(f->a, ACT_HAS_ISSUER);
	if (!p->issued)
		return;
	proofs = act_span(f->a, ACT_HAS_PROOFS);
	p->proofs = mem_copy(proofs.data, proofs.len);
	memcpy(p->issuer, act_hash(f->a, ACT_HAS_ISSUER), 32);
}

static enum verdict
check_challenge(
	const struct world_mandate *m, const struct mandate_acts_filing *f)
{
	if (!world_may_vote(f->w, f->member, m->chapter, f->now_s))
		return VERDICT_NOT_ALLOWED;
	return m->disputed || world_list_has(&m->challengers, f->member)
		       ? VERDICT_DUPLICATE
		       : VERDICT_OK;
}

static void
note_challenge(struct world_mandate *m, const struct mandate_acts_filing *f)
{
	world_list_add(&m->challengers, f->member);
}

/* How many endorsers have a lower number than member. */
static uint32_t
endorsers_before(const struct world_mandate *m, uint32_t member)
{
	uint32_t low = 0, high = m->n_endorsers;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (m->endorsers[middle] < member)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
endorses(const struct world_mandate *m, uint32_t member)
{
	uint32_t at = endorsers_before(m, member);

	return at < m->n_endorsers && m->endorsers[at] == member;
}

static enum verdict
check_endorse(
	const struct world_mandate *m, const struct mandate_acts_filing *f)
{
	return endorses(m, f->member) ? VERDICT_DUPLICATE : VERDICT_OK;
}

static void
note_endorse(struct world_mandate *m, const struct mandate_acts_filing *f)
{
	uint32_t at = endorsers_before(m, f->member);

	m->endorsers = mem_grow(m->endorsers, &m->endorsers_cap,
		(size_t)m->n_endorsers + 1, sizeof(*m->endorsers));
	memmove(&m->endorsers[at + 1], &m->endorsers[at],
		(m->n_endorsers - at) * sizeof(*m->endorsers));
	m->endorsers[at] = f->member;
	m->n_endorsers++;
}

static enum verdict
check_unendorse(
	const struct world_mandate *m, const struct mandate_acts_filing *f)
{
	return endorses(m, f->member) ? VERDICT_OK : VERDICT_NOT_NOW;
}

static void
note_unendorse(struct world_mandate *m, const struct mandate_acts_filing *f)
{
	uint32_t at = endorsers_before(m, f->member);

	m->n_endorsers--;
	memmove(&m->endorsers[at], &m->endorsers[at + 1],
		(m->n_endorsers - at) * sizeof(*m->endorsers));
}

static enum verdict
check_hold(const struct world_mandate *m, const struct mandate_acts_filing *f)
{
	if (!world_may_vote(f->w, f->member, m->chapter, f->now_s))
		return VERDICT_NOT_ALLOWED;
	if (world_listed(m->holds, m->n_holds, f->member))
		return VERDICT_DUPLICATE;
	return m->held_s != 0 && f->now_s <= m->held_s + HOLD_REST_S
		       ? VERDICT_TOO_OFTEN
		       : VERDICT_OK;
}

static void
note_hold(struct world_mandate *m, const struct mandate_acts_filing *f)
{
	m->holds = mem_grow(m->holds, &m->holds_cap, (size_t)m->n_holds + 1,
		sizeof(*m->holds));
	m->holds[m->n_holds++] = f->member;
}

/* Meetings and reports ******************************************************/

static enum verdict
check_meeting(
	const struct world_mandate *m, const struct mandate_acts_filing *f)
{
	enum verdict v = check_acting(m, f);

	if (v != VERDICT_OK)
		return v;
	if (f->now_s < m->valid_from_s)
		return VERDICT_NOT_NOW;
	return number_of(f->a, ACT_HAS_COUNTERPARTY) < m->n_counterparties
		       ? VERDICT_OK
		       : VERDICT_OUT_OF_SCOPE;
}

static enum verdict
check_report(const struct world_mandate *m, const struct mandate_acts_filing *f)
{
	enum verdict v = check_acting(m, f);

	if (v != VERDICT_OK)
		return v;
	return has_text(f->a) ? VERDICT_OK : VERDICT_BAD_TERMS;
}

static void
note_report(struct world_mandate *m, const struct mandate_acts_filing *f)
{
	m->final_report |= act_int(f->a, ACT_HAS_FINAL) != 0;
	m->report_due_s = f->now_s + m->report_every_s;
}

static enum verdict
check_seal(const struct world_mandate *m, const struct mandate_acts_filing *f)
{
	uint64_t opens = number_of(f->a, ACT_HAS_OPENS);
	enum verdict v = check_report(m, f);

	if (v != VERDICT_OK)
		return v;
	if (opens <= f->now_s ||
		m->sealed_s + (opens - f->now_s) > m->confidential_s)
		return VERDICT_BAD_TERMS;
	return VERDICT_OK;
}

static void
note_seal(struct world_mandate *m, const struct mandate_acts_filing *f)
{
	struct bytes texts = act_span(f->a, ACT_HAS_TEXTS);
	struct world_seal *s;

	m->seals = mem_grow(m->seals, &m->seals_cap, (size_t)m->n_seals + 1,
		sizeof(*m->seals));
	s = &m->seals[m->n_seals++];
	*s = (struct world_seal){.opens_s = number_of(f->a, ACT_HAS_OPENS),
		.texts = mem_copy(texts.data, texts.len)};
	memcpy(s->id, f->a->id, 32);
	m->sealed_s += s->opens_s - f->now_s;
	m->report_due_s = f->now_s + m->report_every_s;
}

static struct world_seal *
find_seal(const struct world_mandate *m, const struct act *a)
{
	for (uint32_t i = 0; i < m->n_seals; i++)
		if (memcmp(m->seals[i].id, act_hash(a, ACT_HAS_SEAL), 32) == 0)
			return &m->seals[i];
	return NULL;
}

static enum verdict
check_open(const struct world_mandate *m, const struct mandate_acts_filing *f)
{
	const struct world_seal *s = find_seal(m, f->a);
	enum verdict v = check_acting(m, f);

	if (v != VERDICT_OK)
		return v;
	if (s == NULL)
		return VERDICT_UNKNOWN_SUBJECT;
	if (s->opened)
		return VERDICT_DUPLICATE;
	return bytes_equal(
		       act_span(f->a, ACT_HAS_TEXTS), bytes_of_string(s->texts))
		       ? VERDICT_OK
		       : VERDICT_BAD_COMMITMENT;
}

static void
note_open(struct world_mandate *m, const struct mandate_acts_filing *f)
{
	find_seal(m, f->a)->opened = true;
}

bool
mandate_acts_seal_late(const struct world_mandate *m, uint64_t now_s)
{
	for (uint32_t i = 0; i < m->n_seals; i++)
		if (!m->seals[i].opened && m->seals[i].opens_s <= now_s)
			return true;
	return false;
}

/* The table *****************************************************************/

struct row {
	enum verdict (*check)(const struct world_mandate *m,
		const struct mandate_acts_filing *f);
	void (*note)(
		struct world_mandate *m, const struct mandate_acts_filing *f);
};

static const struct row rows[ACT_KIND_COUNT] = {
	[ACT_MANDATE_ACCEPT] = {check_accept, note_accept},
	[ACT_MANDATE_PUBLISH] = {check_publish, note_publish},
	[ACT_MANDATE_ENDORSE] = {check_endorse, note_endorse},
	[ACT_MANDATE_UNENDORSE] = {check_unendorse, note_unendorse},
	[ACT_MANDATE_MEETING] = {check_meeting, NULL},
	[ACT_MANDATE_REPORT] = {check_report, note_report},
	[ACT_MANDATE_REPORT_OPEN] = {check_open, note_open},
	[ACT_MANDATE_REPORT_SEAL] = {check_seal, note_seal},
	[ACT_MANDATE_RESIGN] = {check_resign, note_resign},
	[ACT_MANDATE_HOLD] = {check_hold, note_hold},
	[ACT_MANDATE_CONCLUDE] = {check_conclude, note_conclude},
	[ACT_MANDATE_CHALLENGE] = {check_challenge, note_challenge},
};

enum verdict
mandate_acts_check(
	const struct world_mandate *m, const struct mandate_acts_filing *f)
{
	assert(rows[f->a->kind].check != NULL);
	return rows[f->a->kind].check(m, f);
}

void
mandate_acts_note(struct world_mandate *m, const struct mandate_acts_filing *f)
{
	if (rows[f->a->kind].note != NULL)
		rows[f->a->kind].note(m, f);
}
