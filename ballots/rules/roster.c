#include "ballots/rules/roster.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/mem.h"

void
roster_clear(struct roster *r)
{
	for (uint32_t i = 0; i < r->n; i++) {
		mem_free(r->members[i].chapters);
		mem_free(r->members[i].guardians);
	}
	mem_free(r->members);
	idmap_clear(&r->ids);
	idmap_clear(&r->keys);
	*r = (struct roster){0};
}

uint32_t
roster_add(struct roster *r, const uint8_t id[static 32],
	const uint8_t key[static 32], const uint8_t next[static 32],
	uint64_t now_s, bool founder)
{
	struct roster_member *m;

	r->members = mem_grow(
		r->members, &r->cap, (size_t)r->n + 1, sizeof(*r->members));
	m = &r->members[r->n];
	memcpy(m->id, id, 32);
	memcpy(m->key, key, 32);
	memcpy(m->next, next, 32);
	m->admitted_s = now_s;
	m->renewed_s = now_s;
	m->founder = founder;
	idmap_put(&r->ids, id, r->n);
	idmap_put(&r->keys, key, r->n);
	return r->n++;
}

uint32_t
roster_find(const struct roster *r, const uint8_t id[static 32])
{
	return idmap_get(&r->ids, id);
}

uint32_t
roster_find_key(const struct roster *r, const uint8_t key[static 32])
{
	return idmap_get(&r->keys, key);
}

const struct roster_member *
roster_get(const struct roster *r, uint32_t number)
{
	assert(number < r->n);
	return &r->members[number];
}

/* Changes *******************************************************************/

void
roster_rotate(struct roster *r, uint32_t number, const uint8_t key[static 32],
	const uint8_t next[static 32])
{
	struct roster_member *m = &r->members[number];

	idmap_remove(&r->keys, m->key);
	memcpy(m->key, key, 32);
	memcpy(m->next, next, 32);
	idmap_put(&r->keys, key, number);
}

void
roster_renew(struct roster *r, uint32_t number, uint64_t now_s)
{
	r->members[number].renewed_s = now_s;
}

void
roster_leave(struct roster *r, uint32_t number)
{
	struct roster_member *m = &r->members[number];

	idmap_remove(&r->keys, m->key);
	mem_free(m->chapters);
	m->chapters = NULL;
	m->n_chapters = 0;
	m->left = true;
	r->n_left++;
}

void
roster_suspend(struct roster *r, uint32_t number, uint64_t until_s)
{
	r->members[number].suspended_s = until_s;
	r->members[number].quarantined = false;
	r->members[number].interim = false;
}

void
roster_suspend_interim(struct roster *r, uint32_t number, uint64_t until_s)
{
	roster_suspend(r, number, until_s);
	r->members[number].interim = true;
}

void
roster_quarantine(struct roster *r, uint32_t number, uint64_t until_s)
{
	roster_suspend(r, number, until_s);
	r->members[number].quarantined = true;
}

void
roster_recover(struct roster *r, uint32_t number, enum roster_recovery recovery)
{
	r->members[number].recovery = recovery;
}

void
roster_guard(struct roster *r, uint32_t number, const uint8_t *hash,
	uint64_t from_s, uint64_t now_s)
{
	struct roster_member *m = &r->members[number];

	if (m->guardians == NULL)
		m->guardians = mem_new(sizeof(*m->guardians));
	m->guardians->now = roster_guards(m, now_s);
	m->guardians->next = (struct roster_guards){.there = hash != NULL};
	if (hash != NULL)
		memcpy(m->guardians->next.hash, hash, 32);
	m->guardians->next_s = from_s;
}

void
roster_join_chapter(
	struct roster *r, uint32_t number, uint32_t chapter, uint64_t now_s)
{
	struct roster_member *m = &r->members[number];

	if (m->chapters == NULL)
		m->chapters = mem_new_array(
			LIMIT_CHAPTERS_EACH, sizeof(*m->chapters));
	assert(m->n_chapters < LIMIT_CHAPTERS_EACH);
	m->chapters[m->n_chapters].number = chapter;
	m->chapters[m->n_chapters++].joined_s = now_s;
}

void
roster_leave_chapter(struct roster *r, uint32_t number, uint32_t chapter)
{
	struct roster_member *m = &r->members[number];
	uint8_t kept = 0;

	for (uint8_t i = 0; i < m->n_chapters; i++)
		if (m->chapters[i].number != chapter)
			m->chapters[kept++] = m->chapters[i];
	m->n_chapters = kept;
}

/* Judging *******************************************************************/

bool
roster_in_chapter(const struct roster_member *m, uint32_t chapter)
{
	for (uint8_t i = 0; i < m->n_chapters; i++)
		if (m->chapters[i].number == chapter)
			return true;
	return false;
}

bool
roster_suspended(const struct roster_member *m, uint64_t now_s)
{
	return now_s < m->suspended_s;
}

bool
roster_quarantined(const struct roster_member *m, uint64_t now_s)
{
	return m->quarantined && roster_suspended(m, now_s);
}

struct roster_guards
roster_guards(const struct roster_member *m, uint64_t now_s)
{
	const struct roster_guardians *g = m->guardians;

	if (g == NULL)
		return (struct roster_guards){.there = false};
	return g->next_s != 0 && g->next_s <= now_s ? g->next : g->now;
}

bool
roster_guards_to_come(const struct roster_member *m, uint64_t now_s,
	struct roster_guards *out, uint64_t *from_s)
{
	const struct roster_guardians *g = m->guardians;

	if (g == NULL || g->next_s <= now_s)
		return false;
	*out = g->next;
	*from_s = g->next_s;
	return true;
}

bool
roster_overdue(const struct roster_member *m, const struct roster_rules *rules,
	uint64_t now_s)
{
	return m->renewed_s + rules->renew_s < now_s;
}

bool
roster_past_probation(const struct roster_member *m,
	const struct roster_rules *rules, uint64_t now_s)
{
	return m->founder || m->admitted_s + rules->probation_s <= now_s;
}

/* In the chapter for long enough to vote in it. */
static bool
rooted(const struct roster_member *m, const struct roster_rules *rules,
	uint32_t chapter, uint64_t now_s)
{
	for (uint8_t i = 0; i < m->n_chapters; i++)
		if (m->chapters[i].number == chapter)
			return m->founder ||
			       m->chapters[i].joined_s + rules->probation_s <=
				       now_s;
	return false;
}

bool
roster_may_vote(const struct roster_member *m, const struct roster_rules *rules,
	uint32_t chapter, uint64_t now_s)
{
	return !m->left && (m->interim || !roster_suspended(m, now_s)) &&
	       !roster_overdue(m, rules, now_s) &&
	       roster_past_probation(m, rules, now_s) &&
	       (chapter == ROSTER_NONE || rooted(m, rules, chapter, now_s));
}

uint64_t
roster_voters(const struct roster *r, const struct roster_rules *rules,
	uint32_t chapter, uint64_t now_s)
{
	uint64_t n = 0;

	for (uint32_t i = 0; i < r->n; i++)
		n += roster_may_vote(&r->members[i], rules, chapter, now_s);
	return n;
}

bool
roster_may_grow(const struct roster *r, const struct roster_rules *rules,
	uint64_t now_s)
{
	uint64_t before = 0, lately = 0;

	if (rules->probation_s == 0)
		return true;
	for (uint32_t i = 0; i < r->n; i++) {
		const struct roster_member *m = &r->members[i];

		if (!roster_past_probation(m, rules, now_s))
			lately++;
		else if (!m->left)
			before++;
	}
	return lately < before;
}
