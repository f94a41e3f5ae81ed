#include "ballots/assembly/voting.h"

#include <string.h>

#include "ballots/assembly/proposal.h"
#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"

/* The auditor's part in the lot of q, or NULL. */
static struct question_lot *
part_of(const struct question *q, uint32_t member)
{
	for (uint32_t i = 0; i < q->n_lots; i++)
		if (q->lots[i].member == member)
			return &q->lots[i];
	return NULL;
}

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
	(void)w;
	question_cast(q, member, act_span(a, ACT_HAS_MARKS),
		(uint64_t)act_int(a, ACT_HAS_SEQ), a->id, now_s);
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
	return part_of(q, member) == NULL ? VERDICT_OK : VERDICT_DUPLICATE;
}

/* Parts stand in the order in which their auditors were admitted. */
static void
apply_commit(struct world *w, struct question *q, const struct act *a,
	uint32_t member, uint64_t now_s)
{
	uint32_t at = q->n_lots;

	(void)w;
	(void)now_s;
	q->lots = mem_grow(
		q->lots, &q->lots_cap, (size_t)q->n_lots + 1, sizeof(*q->lots));
	for (; at > 0 && q->lots[at - 1].member > member; at--)
		q->lots[at] = q->lots[at - 1];
	q->lots[at] = (struct question_lot){.member = member};
	memcpy(q->lots[at].hash, act_hash(a, ACT_HAS_HASH), 32);
	q->n_lots++;
}

static enum verdict
judge_reveal(const struct world *w, const struct question *q,
	const struct act *a, uint32_t member, uint64_t now_s)
{
	const struct bytes parts[2] = {BYTES("union-lot/v1\n"),
		bytes_of(act_hash(a, ACT_HAS_VALUE), 32)};
	const struct question_lot *lot;
	uint8_t hash[32];

	(void)now_s;
	if (q == NULL || q->form.kind != QUESTION_DECISION ||
		w->contests[q->form.owner]->phase != PROPOSAL_DRAWING)
		return VERDICT_NOT_NOW;
	lot = part_of(q, member);
	if (lot == NULL)
		return VERDICT_NOT_ALLOWED;
	if (lot->revealed)
		return VERDICT_DUPLICATE;
	crypt_hash_parts(parts, 2, hash);
	return memcmp(hash, lot->hash, 32) == 0 ? VERDICT_OK
						: VERDICT_BAD_COMMITMENT;
}

static void
apply_reveal(struct world *w, struct question *q, const struct act *a,
	uint32_t member, uint64_t now_s)
{
	struct question_lot *lot = part_of(q, member);

	(void)w;
	(void)now_s;
	lot->revealed = true;
	memcpy(lot->value, act_hash(a, ACT_HAS_VALUE), 32);
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

bool
voting_knows(enum act_kind kind)
{
	return rules[kind].judge != NULL;
}

enum verdict
voting_judge(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	struct question *q;

	if (!world_question(w, act_hash(a, ACT_HAS_ON), &q))
		return VERDICT_UNKNOWN_SUBJECT;
	return rules[a->kind].judge(w, q, a, member, now_s);
}

void
voting_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	struct question *q;

	if (world_question(w, act_hash(a, ACT_HAS_ON), &q))
		rules[a->kind].apply(w, q, a, member, now_s);
}
