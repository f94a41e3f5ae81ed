#include "ballots/assembly/people.h"

#include <string.h>

#include "ballots/assembly/admission.h"
#include "ballots/assembly/office.h"
#include "ballots/assembly/proposal.h"
#include "ballots/base/crypt.h"

static bool
is_self(const struct world *w, const struct act *a, uint32_t member)
{
	return memcmp(act_hash(a, ACT_HAS_ON),
		       roster_get(&w->roster, member)->id, 32) == 0;
}

static bool
is_union(const struct world *w, const struct act *a)
{
	return memcmp(act_hash(a, ACT_HAS_ON), w->id, 32) == 0;
}

/* Ending grants *************************************************************/

/* End every grant of and to a member. */
static void
end_grants(struct world *w, uint32_t member)
{
	for (uint32_t i = 0; i < w->delegation.n; i++) {
		const struct delegation_grant *g =
			delegation_get(&w->delegation, i);

		if (!g->ended && (g->from == member || g->to == member))
			delegation_end(&w->delegation, i);
	}
}

/* Members *******************************************************************/

static enum verdict
judge_self(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	(void)now_s;
	return is_self(w, a, member) ? VERDICT_OK : VERDICT_NOT_ALLOWED;
}

static void
apply_renew(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	(void)a;
	roster_renew(&w->roster, member, now_s);
}

static void
apply_leave(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	(void)a;
	(void)now_s;
	roster_leave(&w->roster, member);
	office_unseat_all(w, member);
	end_grants(w, member);
}

static enum verdict
judge_rotate(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	const uint8_t *key = act_hash(a, ACT_HAS_KEY);
	const struct bytes parts[2] = {
		BYTES("union-key/v1\n"), bytes_of(key, 32)};
	uint8_t hash[32];

	(void)now_s;
	if (!is_self(w, a, member))
		return VERDICT_NOT_ALLOWED;
	crypt_hash_parts(parts, 2, hash);
	if (memcmp(hash, roster_get(&w->roster, member)->next, 32) != 0)
		return VERDICT_BAD_COMMITMENT;
	if (!crypt_key_ok(key))
		return VERDICT_BAD_KEY;
	return roster_find_key(&w->roster, key) == ROSTER_NONE
		       ? VERDICT_OK
		       : VERDICT_DUPLICATE;
}

static void
apply_rotate(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	(void)now_s;
	roster_rotate(&w->roster, member, act_hash(a, ACT_HAS_KEY),
		act_hash(a, ACT_HAS_NEXT));
}

/* Chapters, topics, offices, texts ******************************************/

static enum verdict
judge_section(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	(void)now_s;
	if (!is_union(w, a))
		return VERDICT_UNKNOWN_SUBJECT;
	if (!w->in_power || !roster_get(&w->roster, member)->founder)
		return VERDICT_NOT_ALLOWED;
	return w->chapters.n + w->topics.n < LIMIT_SECTIONS ? VERDICT_OK
							    : VERDICT_TOO_OFTEN;
}

static void
apply_section(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	(void)member;
	(void)now_s;
	world_open_section(
		a->kind == ACT_CHAPTER_OPEN ? &w->chapters : &w->topics, a->id);
}

static enum verdict
judge_chapter(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	const struct roster_member *m = roster_get(&w->roster, member);
	uint32_t chapter = idmap_get(&w->chapters.ids, act_hash(a, ACT_HAS_ON));

	(void)now_s;
	if (chapter == IDMAP_NONE)
		return VERDICT_UNKNOWN_SUBJECT;
	if (a->kind == ACT_CHAPTER_LEAVE)
		return roster_in_chapter(m, chapter) ? VERDICT_OK
						     : VERDICT_NOT_NOW;
	if (roster_in_chapter(m, chapter))
		return VERDICT_DUPLICATE;
	return m->n_chapters < LIMIT_CHAPTERS_EACH ? VERDICT_OK
						   : VERDICT_TOO_OFTEN;
}

static void
apply_chapter(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	uint32_t chapter = idmap_get(&w->chapters.ids, act_hash(a, ACT_HAS_ON));

	if (a->kind == ACT_CHAPTER_JOIN)
		roster_join_chapter(&w->roster, member, chapter, now_s);
	else
		roster_leave_chapter(&w->roster, member, chapter);
}

static enum verdict
judge_resign(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	enum charter_office office =
		charter_office_by_name(act_span(a, ACT_HAS_OFFICE));

	(void)now_s;
	if (!is_union(w, a))
		return VERDICT_UNKNOWN_SUBJECT;
	if (office == CHARTER_OFFICES)
		return VERDICT_MALFORMED;
	return office_sits(w, office, member) ? VERDICT_OK : VERDICT_NOT_NOW;
}

static void
apply_resign(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	(void)now_s;
	office_unseat(
		w, charter_office_by_name(act_span(a, ACT_HAS_OFFICE)), member);
}

static enum verdict
judge_erase(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	if (!world_holds(w, member, CHARTER_STEWARD, now_s))
		return VERDICT_NOT_ALLOWED;
	return idmap_get(&w->erased, act_hash(a, ACT_HAS_ON)) == IDMAP_NONE
		       ? VERDICT_OK
		       : VERDICT_DUPLICATE;
}

static void
apply_erase(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	(void)member;
	(void)now_s;
	idmap_put(&w->erased, act_hash(a, ACT_HAS_ON), (uint32_t)w->erased.n);
}

/* Delegation ****************************************************************/

struct clocks_subject
people_scope(const struct world *w, const uint8_t id[static 32])
{
	const struct {
		enum clocks_about about;
		uint32_t number;
	} found[] = {
		{CLOCKS_CHAPTER, idmap_get(&w->chapters.ids, id)},
		{CLOCKS_TOPIC, idmap_get(&w->topics.ids, id)},
		{CLOCKS_PROPOSAL, idmap_get(&w->proposal_ids, id)},
	};

	if (memcmp(id, w->id, 32) == 0)
		return (struct clocks_subject){CLOCKS_UNION, 0};
	for (size_t i = 0; i < sizeof(found) / sizeof(found[0]); i++)
		if (found[i].number != IDMAP_NONE)
			return (struct clocks_subject){
				found[i].about, found[i].number};
	return (struct clocks_subject){CLOCKS_NOTHING, 0};
}

/* Something that one can still speak for another on. */
static bool
is_open_scope(const struct world *w, struct clocks_subject on)
{
	if (on.about == CLOCKS_NOTHING)
		return false;
	return on.about != CLOCKS_PROPOSAL ||
	       !proposal_final(w->proposals[on.number]->phase);
}

static bool
is_nobody(const uint8_t id[static 32])
{
	static const uint8_t zeros[32];

	return memcmp(id, zeros, 32) == 0;
}

static enum verdict
judge_grant(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	const uint8_t *to = act_hash(a, ACT_HAS_TO);
	uint32_t delegate;

	(void)now_s;
	if (!is_open_scope(w, people_scope(w, act_hash(a, ACT_HAS_ON))))
		return VERDICT_UNKNOWN_SUBJECT;
	if (is_nobody(to))
		return VERDICT_OK;
	delegate = roster_find(&w->roster, to);
	if (delegate == ROSTER_NONE || roster_get(&w->roster, delegate)->left)
		return VERDICT_UNKNOWN_MEMBER;
	return delegate == member ? VERDICT_MALFORMED : VERDICT_OK;
}

static void
apply_grant(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	const uint8_t *to = act_hash(a, ACT_HAS_TO);
	struct clocks_subject on = people_scope(w, act_hash(a, ACT_HAS_ON));
	uint32_t earlier = delegation_of(&w->delegation, member, on);

	if (earlier != DELEGATION_NONE)
		delegation_end(&w->delegation, earlier);
	delegation_add(&w->delegation, a->id, member,
		is_nobody(to) ? DELEGATION_NOBODY : roster_find(&w->roster, to),
		on, now_s);
}

static enum verdict
judge_revoke(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	struct clocks_subject on = people_scope(w, act_hash(a, ACT_HAS_ON));

	(void)now_s;
	if (on.about == CLOCKS_NOTHING)
		return VERDICT_UNKNOWN_SUBJECT;
	return delegation_of(&w->delegation, member, on) == DELEGATION_NONE
		       ? VERDICT_NOT_NOW
		       : VERDICT_OK;
}

static void
apply_revoke(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	(void)now_s;
	delegation_end(&w->delegation,
		delegation_of(&w->delegation, member,
			people_scope(w, act_hash(a, ACT_HAS_ON))));
}

static enum verdict
judge_answer(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	uint32_t grant =
		delegation_find(&w->delegation, act_hash(a, ACT_HAS_ON));

	(void)now_s;
	if (grant == DELEGATION_NONE)
		return VERDICT_UNKNOWN_SUBJECT;
	return delegation_get(&w->delegation, grant)->to == member
		       ? VERDICT_OK
		       : VERDICT_NOT_ALLOWED;
}

static void
apply_answer(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	uint32_t grant =
		delegation_find(&w->delegation, act_hash(a, ACT_HAS_ON));

	(void)member;
	if (a->kind == ACT_DELEGATION_ACCEPT)
		delegation_accept(&w->delegation, grant,
			(uint32_t)act_int(a, ACT_HAS_MAX), now_s);
	else
		delegation_end(&w->delegation, grant);
}

/* The table *****************************************************************/

static enum verdict
judge_apply(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	(void)member;
	(void)now_s;
	return admission_may_found(w, a);
}

static void
apply_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	(void)member;
	admission_complete(w, a, now_s);
}

static const struct rule {
	enum verdict (*judge)(const struct world *w, const struct act *a,
		uint32_t member, uint64_t now_s);
	void (*apply)(struct world *w, const struct act *a, uint32_t member,
		uint64_t now_s);
} rules[ACT_KIND_COUNT] = {
	[ACT_MEMBER_APPLY] = {judge_apply, apply_apply},
	[ACT_MEMBER_ADMIT] = {admission_judge, admission_apply},
	[ACT_MEMBER_RENEW] = {judge_self, apply_renew},
	[ACT_MEMBER_LEAVE] = {judge_self, apply_leave},
	[ACT_KEY_ROTATE] = {judge_rotate, apply_rotate},
	[ACT_CHAPTER_OPEN] = {judge_section, apply_section},
	[ACT_TOPIC_OPEN] = {judge_section, apply_section},
	[ACT_CHAPTER_JOIN] = {judge_chapter, apply_chapter},
	[ACT_CHAPTER_LEAVE] = {judge_chapter, apply_chapter},
	[ACT_OFFICE_RESIGN] = {judge_resign, apply_resign},
	[ACT_DELEGATION_GRANT] = {judge_grant, apply_grant},
	[ACT_DELEGATION_REVOKE] = {judge_revoke, apply_revoke},
	[ACT_DELEGATION_ACCEPT] = {judge_answer, apply_answer},
	[ACT_DELEGATION_DROP] = {judge_answer, apply_answer},
	[ACT_TEXT_ERASE] = {judge_erase, apply_erase},
};

bool
people_knows(enum act_kind kind)
{
	return rules[kind].judge != NULL;
}

enum verdict
people_judge(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	return rules[a->kind].judge(w, a, member, now_s);
}

void
people_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	rules[a->kind].apply(w, a, member, now_s);
}
