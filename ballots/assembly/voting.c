#include "ballots/assembly/voting.h"

#include "ballots/assembly/panel.h"
#include "ballots/assembly/proposal.h"

static enum verdict
judge_cast(const struct world *w, const struct question *q, const struct act *a,
	uint32_t member, uint64_t now_s)
{
	(void)w;
	if (q == NULL)
		return VERDICT_CLOSED;
	return question_may_cast(q, member, act_span(a, ACT_HAS_MARKS),
		(uint64_t)act_int(a, ACT_HAS_SEQ), now_s);
}

static void
apply_cast(struct world *w, struct question *q, const struct act *a,
	uint32_t member, uint64_t now_s)
{
	question_cast(q, member, act_span(a, ACT_HAS_MARKS),
		(uint64_t)act_int(a, ACT_HAS_SEQ), a->id, w->size, now_s);
}

static enum verdict
judge_commit(const struct world *w, const struct question *q,
	const struct act *a, uint32_t member, uint64_t now_s)
{
	(void)a;
	if (!world_holds(w, member, CHARTER_AUDITOR, now_s))
		return VERDICT_NOT_ALLOWED;
	if (q == NULL || q->counting || q->form.kind != QUESTION_DECISION)
		return VERDICT_NOT_NOW;
	return lots_may_commit(&q->lots, member);
}

static void
apply_commit(struct world *w, struct question *q, const struct act *a,
	uint32_t member, uint64_t now_s)
{
	(void)w;
	(void)now_s;
	lots_commit(&q->lots, member, act_hash(a, ACT_HAS_HASH));
}

static enum verdict
judge_reveal(const struct world *w, const struct question *q,
	const struct act *a, uint32_t member, uint64_t now_s)
{
	(void)now_s;
	if (q == NULL || q->form.kind != QUESTION_DECISION ||
		w->contests[q->form.owner]->phase != PROPOSAL_DRAWING)
		return VERDICT_NOT_NOW;
	return lots_may_reveal(&q->lots, member, act_hash(a, ACT_HAS_VALUE));
}

static void
apply_reveal(struct world *w, struct question *q, const struct act *a,
	uint32_t member, uint64_t now_s)
{
	(void)w;
	(void)now_s;
	lots_reveal(&q->lots, member, act_hash(a, ACT_HAS_VALUE));
}

static const struct rule {
	enum verdict (*judge)(const struct world *w, const struct question *q,
		const struct act *a, uint32_t member, uint64_t now_s);
	void (*apply)(struct world *w, struct question *q, const struct act *a,
		uint32_t member, uint64_t now_s);
} rules[ACT_KIND_COUNT] = {
	[ACT_BALLOT_CAST] = {judge_cast, apply_cast},
	[ACT_LOT_COMMIT] = {judge_commit, apply_commit},
	[ACT_LOT_REVEAL] = {judge_reveal, apply_reveal},
};

/* Auditors draw lots for cases too. */
static uint32_t
case_of(const struct world *w, const struct act *a)
{
	return a->kind == ACT_BALLOT_CAST
		       ? IDMAP_NONE
		       : panel_find(w, act_hash(a, ACT_HAS_ON));
}

bool
voting_knows(enum act_kind kind)
{
	return rules[kind].judge != NULL;
}

enum verdict
voting_judge(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	uint32_t number = case_of(w, a);
	struct question *q;

	if (number != IDMAP_NONE)
		return panel_judge_lot(w, number, a, member, now_s);
	if (!world_question(w, act_hash(a, ACT_HAS_ON), &q))
		return VERDICT_UNKNOWN_SUBJECT;
	return rules[a->kind].judge(w, q, a, member, now_s);
}

void
voting_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	uint32_t number = case_of(w, a);
	struct question *q;

	if (number != IDMAP_NONE)
		panel_apply_lot(w, number, a, member);
	else if (world_question(w, act_hash(a, ACT_HAS_ON), &q))
		rules[a->kind].apply(w, q, a, member, now_s);
}
