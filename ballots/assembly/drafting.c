#include "ballots/assembly/drafting.h"

#include <assert.h>
#include <string.h>

#include "ballots/assembly/contest.h"
#include "ballots/assembly/enact.h"
#include "ballots/assembly/mandate.h"
#include "ballots/assembly/opening.h"
#include "ballots/assembly/proposal.h"
#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"

#define VERSION_MAX 1000

static struct world_proposal *
subject_of(const struct world *w, const struct act *a)
{
	uint32_t number = idmap_get(&w->proposal_ids, act_hash(a, ACT_HAS_ON));

	return number == IDMAP_NONE ? NULL : w->proposals[number];
}

static bool
could_vote(const struct world *w, const struct world_proposal *p,
	uint32_t member, uint64_t now_s)
{
	return world_may_vote(
		w, member, proposal_contest(w, p)->chapter, now_s);
}

/* Amend *********************************************************************/

static enum verdict
judge_amend(const struct world *w, const struct world_proposal *p,
	const struct act *a, uint32_t member, uint64_t now_s)
{
	if (p->by != member || p->mandate != IDMAP_NONE)
		return VERDICT_NOT_ALLOWED;
	if (!proposal_can(p, PROPOSAL_ON_AMEND))
		return VERDICT_NOT_NOW;
	if (p->version >= VERSION_MAX)
		return VERDICT_TOO_OFTEN;
	return opening_options(w, proposal_contest(w, p), p,
		act_span(a, ACT_HAS_OPTIONS), now_s);
}

static void
apply_amend(struct world *w, struct world_proposal *p, const struct act *a,
	uint32_t member, uint64_t now_s)
{
	(void)member;
	writer_rewind(&p->options);
	writer_put(&p->options, act_span(a, ACT_HAS_OPTIONS));
	memcpy(p->text_act, a->id, 32);
	p->version++;
	p->needed = opening_needed(w, p, now_s);
	contest_changed(w, proposal_contest(w, p), now_s);
}

/* Support *******************************************************************/

static const struct world_supporter *
supporter(const struct world_proposal *p, uint32_t member)
{
	for (uint32_t i = 0; i < p->n_supporters; i++)
		if (p->supporters[i].member == member)
			return &p->supporters[i];
	return NULL;
}

/* While texts can still win or lose support. */
static bool
takes_support(const struct world_proposal *p)
{
	return p->by != IDMAP_NONE && p->phase <= PROPOSAL_FROZEN;
}

static enum verdict
judge_support(const struct world *w, const struct world_proposal *p,
	const struct act *a, uint32_t member, uint64_t now_s)
{
	const struct world_supporter *s = supporter(p, member);

	if (!takes_support(p))
		return VERDICT_NOT_NOW;
	if (!could_vote(w, p, member, now_s))
		return VERDICT_NOT_ALLOWED;
	if (act_int(a, ACT_HAS_VERSION) != p->version)
		return VERDICT_STALE_VERSION;
	if (p->by == member || (s != NULL && s->version == p->version))
		return VERDICT_DUPLICATE;
	return VERDICT_OK;
}

static void
drop_supporter(struct world_proposal *p, uint32_t member)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < p->n_supporters; i++)
		if (p->supporters[i].member != member)
			p->supporters[kept++] = p->supporters[i];
	p->n_supporters = kept;
}

static void
apply_support(struct world *w, struct world_proposal *p, const struct act *a,
	uint32_t member, uint64_t now_s)
{
	(void)a;
	drop_supporter(p, member);
	p->supporters = mem_grow(p->supporters, &p->supporters_cap,
		(size_t)p->n_supporters + 1, sizeof(*p->supporters));
	p->supporters[p->n_supporters++] =
		(struct world_supporter){member, p->version};
	opening_sponsored(w, p, now_s);
}

static enum verdict
judge_unsupport(const struct world *w, const struct world_proposal *p,
	const struct act *a, uint32_t member, uint64_t now_s)
{
	(void)w;
	(void)a;
	(void)now_s;
	return takes_support(p) && supporter(p, member) != NULL
		       ? VERDICT_OK
		       : VERDICT_NOT_NOW;
}

static void
apply_unsupport(struct world *w, struct world_proposal *p, const struct act *a,
	uint32_t member, uint64_t now_s)
{
	(void)w;
	(void)a;
	(void)now_s;
	drop_supporter(p, member);
}

/* Withdraw, hold, stand *****************************************************/

static enum verdict
judge_withdraw(const struct world *w, const struct world_proposal *p,
	const struct act *a, uint32_t member, uint64_t now_s)
{
	(void)w;
	(void)a;
	(void)now_s;
	if (p->by != member)
		return VERDICT_NOT_ALLOWED;
	return proposal_can(p, PROPOSAL_ON_WITHDRAW) ? VERDICT_OK
						     : VERDICT_NOT_NOW;
}

static void
apply_withdraw(struct world *w, struct world_proposal *p, const struct act *a,
	uint32_t member, uint64_t now_s)
{
	bool discussed = p->phase == PROPOSAL_DISCUSSION;

	(void)a;
	(void)member;
	proposal_move(w, p, PROPOSAL_ON_WITHDRAW, now_s);
	if (discussed)
		contest_withdrawn(w, proposal_contest(w, p), now_s);
}

static enum verdict
judge_hold(const struct world *w, const struct world_proposal *p,
	const struct act *a, uint32_t member, uint64_t now_s)
{
	(void)a;
	(void)now_s;
	if (!proposal_can(p, PROPOSAL_ON_HOLD))
		return VERDICT_NOT_NOW;
	if (question_place(proposal_contest(w, p)->question, member) ==
		UINT32_MAX)
		return VERDICT_NOT_ON_ROLL;
	return world_listed(p->holds, p->n_holds, member) ? VERDICT_DUPLICATE
							  : VERDICT_OK;
}

static void
apply_hold(struct world *w, struct world_proposal *p, const struct act *a,
	uint32_t member, uint64_t now_s)
{
	const struct need twice = {.times = 2};

	(void)a;
	p->holds = mem_grow(p->holds, &p->holds_cap, (size_t)p->n_holds + 1,
		sizeof(*p->holds));
	p->holds[p->n_holds++] = member;
	if (p->n_holds >=
		need_sponsors(&twice, proposal_contest(w, p)->question->n_roll))
		contest_hold(w, p, now_s);
}

static enum verdict
judge_stand(const struct world *w, const struct world_proposal *p,
	const struct act *a, uint32_t member, uint64_t now_s)
{
	(void)a;
	if (p->office < 0)
		return VERDICT_UNKNOWN_SUBJECT;
	if (p->phase != PROPOSAL_DISCUSSION)
		return VERDICT_NOT_NOW;
	if (!could_vote(w, p, member, now_s))
		return VERDICT_NOT_ALLOWED;
	for (uint32_t i = 0; i < p->n_candidates; i++)
		if (p->candidates[i].member == member)
			return VERDICT_DUPLICATE;
	return p->n_candidates < LIMIT_OPTIONS - 1 ? VERDICT_OK
						   : VERDICT_TOO_OFTEN;
}

static void
apply_stand(struct world *w, struct world_proposal *p, const struct act *a,
	uint32_t member, uint64_t now_s)
{
	struct world_candidate *c;

	(void)w;
	(void)now_s;
	p->candidates = mem_grow(p->candidates, &p->candidates_cap,
		(size_t)p->n_candidates + 1, sizeof(*p->candidates));
	c = &p->candidates[p->n_candidates++];
	c->member = member;
	memcpy(c->act, a->id, 32);
}

/* The table *****************************************************************/

static const struct rule {
	enum verdict (*judge)(const struct world *w,
		const struct world_proposal *p, const struct act *a,
		uint32_t member, uint64_t now_s);
	void (*apply)(struct world *w, struct world_proposal *p,
		const struct act *a, uint32_t member, uint64_t now_s);
} rules[ACT_KIND_COUNT] = {
	[ACT_PROPOSAL_AMEND] = {judge_amend, apply_amend},
	[ACT_PROPOSAL_SUPPORT] = {judge_support, apply_support},
	[ACT_PROPOSAL_UNSUPPORT] = {judge_unsupport, apply_unsupport},
	[ACT_PROPOSAL_WITHDRAW] = {judge_withdraw, apply_withdraw},
	[ACT_PROPOSAL_HOLD] = {judge_hold, apply_hold},
	[ACT_OFFICE_STAND] = {judge_stand, apply_stand},
};

static bool
opens(enum act_kind kind)
{
	return kind == ACT_PROPOSAL_OPEN || kind == ACT_MANDATE_PROPOSE;
}

bool
drafting_knows(enum act_kind kind)
{
	return opens(kind) || rules[kind].judge != NULL;
}

enum verdict
drafting_judge(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	const struct world_proposal *p;

	if (opens(a->kind))
		return opening_judge(w, a, member, now_s);
	p = subject_of(w, a);
	if (p == NULL)
		return VERDICT_UNKNOWN_SUBJECT;
	return rules[a->kind].judge(w, p, a, member, now_s);
}

void
drafting_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	if (opens(a->kind))
		opening_apply(w, a, member, now_s);
	else
		rules[a->kind].apply(w, subject_of(w, a), a, member, now_s);
}
