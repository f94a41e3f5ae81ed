#include "ballots/assembly/recovery.h"

#include <assert.h>
#include <string.h>

#include "ballots/assembly/mandate.h"
#include "ballots/assembly/request.h"
#include "ballots/base/mem.h"

#define ASKED_MAX                                                              \
	8 /* requests about one member, that one vouched for first             \
	   */
#define REST_S 7776000 /* after a contested one was refused: 90 days */

/* Finding *******************************************************************/

uint32_t
recovery_find(const struct world *w, const uint8_t id[static 32])
{
	return idmap_get(&w->recovery_ids, id);
}

/* The newest open recovery of a member, or NULL; and the one before it. */
static struct world_recovery *
newest(const struct world *w, uint32_t member)
{
	uint32_t n =
		idmap_get(&w->requests, roster_get(&w->roster, member)->id);

	return n == IDMAP_NONE ? NULL : w->recoveries[n];
}

static struct world_recovery *
older(const struct world *w, const struct world_recovery *r)
{
	return r->older == IDMAP_NONE ? NULL : w->recoveries[r->older];
}

/* Moving ********************************************************************/

/* Take r, which is over, out of the open ones of its member. */
static void
unlink_open(struct world *w, struct world_recovery *r)
{
	const uint8_t *id = roster_get(&w->roster, r->member)->id;
	struct world_recovery *at = newest(w, r->member);

	if (at == r) {
		idmap_remove(&w->requests, id);
		if (r->older != IDMAP_NONE)
			idmap_put(&w->requests, id, r->older);
		return;
	}
	while (older(w, at) != r)
		at = older(w, at);
	at->older = r->older;
}

static enum roster_recovery
mark_of(int state)
{
	if (state == RECOVERY_RUNNING)
		return ROSTER_RECOVERING;
	return state == RECOVERY_CONTESTED ? ROSTER_CONTESTED : ROSTER_SAFE;
}

/* Make a move that the table allows; the next timer is due then. */
static void
move(struct world *w, struct world_recovery *r, enum recovery_event event,
	uint64_t at_s, uint64_t due_s)
{
	enum roster_recovery before = mark_of(r->state);
	int next = recovery_life_step(r->state, event);

	assert(next != LIFECYCLE_NO);
	r->state = next;
	r->since_s = at_s;
	r->due_s = due_s;
	timers_set(&w->timers, TIMERS_RECOVERY, r->number, due_s);
	if (recovery_life_final(next)) {
		unlink_open(w, r);
		r->n_vouchers = 0;
	}
	if (mark_of(next) == before)
		return;
	/* Whoever may be a thief is no acting delegate. */
	roster_recover(&w->roster, r->member, mark_of(next));
	mandate_review(w, at_s);
}

/* The new key takes over; the thief's ballots go. */
static void
hand_over(struct world *w, const struct world_recovery *r)
{
	roster_rotate(&w->roster, r->member, r->key, r->next);
	for (uint32_t i = 0; r->compromised && i < w->n_questions; i++)
		if (w->questions[i] != NULL)
			question_take_out(w->questions[i], r->member, r->size);
}

/* By one of two events, as the key is free or taken by now. */
static void
finish(struct world *w, struct world_recovery *r, enum recovery_event is_free,
	enum recovery_event is_taken, uint64_t at_s)
{
	bool taken = roster_find_key(&w->roster, r->key) != ROSTER_NONE;

	if (!taken)
		hand_over(w, r);
	move(w, r, taken ? is_taken : is_free, at_s, TIMERS_NEVER);
}

void
recovery_fire(struct world *w, uint32_t number, uint64_t due_s, uint64_t now_s)
{
	struct world_recovery *r = w->recoveries[number];
	uint64_t at_s = world_begins(due_s, now_s);

	if (r->state == RECOVERY_ASKED)
		move(w, r, RECOVERY_ON_UNTIL, at_s, TIMERS_NEVER);
	else
		finish(w, r, RECOVERY_ON_WAITED, RECOVERY_ON_WAITED_TAKEN,
			at_s);
}

void
recovery_ruling(struct world *w, const struct world_case *c,
	enum panel_news news, uint64_t at_s)
{
	struct world_recovery *r = w->recoveries[c->subject];

	assert(news == PANEL_SETTLED);
	if (r->state != RECOVERY_CONTESTED)
		return;
	if (c->upheld) {
		finish(w, r, RECOVERY_ON_UPHELD, RECOVERY_ON_UPHELD_TAKEN,
			at_s);
		return;
	}
	move(w, r, RECOVERY_ON_DISMISSED, at_s, TIMERS_NEVER);
	idmap_put(
		&w->refusals, roster_get(&w->roster, r->member)->id, r->number);
}

void
recovery_leave(struct world *w, uint32_t member, uint64_t now_s)
{
	struct world_recovery *r;

	while ((r = newest(w, member)) != NULL)
		move(w, r, RECOVERY_ON_LEAVE, now_s, TIMERS_NEVER);
}

/* Guardians *****************************************************************/

static enum verdict
judge_guardians(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	(void)now_s;
	return memcmp(act_hash(a, ACT_HAS_ON),
		       roster_get(&w->roster, member)->id, 32) == 0
		       ? VERDICT_OK
		       : VERDICT_NOT_ALLOWED;
}

static void
apply_guardians(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	roster_guard(&w->roster, member,
		act_has(a, ACT_HAS_HASH) ? act_hash(a, ACT_HAS_HASH) : NULL,
		now_s + w->charter.recovery_s, now_s);
}

/* Vouching ******************************************************************/

/* How many requests wait for whose first to vouch was author. */
static uint32_t
count_asked(const struct world *w, uint32_t member, uint32_t author)
{
	uint32_t n = 0;

	for (const struct world_recovery *r = newest(w, member); r != NULL;
		r = older(w, r))
		n += r->state == RECOVERY_ASKED && r->vouchers[0] == author;
	return n;
}

/* Officers do not ask again soon for what the member objected to in time. */
static bool
rests(const struct world *w, uint32_t member, uint64_t now_s)
{
	uint32_t n =
		idmap_get(&w->refusals, roster_get(&w->roster, member)->id);

	return n != IDMAP_NONE && now_s <= w->recoveries[n]->since_s + REST_S;
}

static enum verdict
judge_new(const struct world *w, const struct request *q, uint32_t author,
	uint64_t now_s)
{
	if (!q->guarded && rests(w, q->member, now_s))
		return VERDICT_TOO_OFTEN;
	return count_asked(w, q->member, author) < ASKED_MAX
		       ? VERDICT_OK
		       : VERDICT_TOO_OFTEN;
}

static enum verdict
judge_vouch(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	struct request q;
	enum verdict v = request_read(w, a, &q);
	const struct world_recovery *r = NULL;

	if (v == VERDICT_OK)
		v = request_check(w, &q, now_s);
	if (v != VERDICT_OK)
		return v;
	if (recovery_find(w, q.e.act.id) != IDMAP_NONE)
		r = w->recoveries[recovery_find(w, q.e.act.id)];
	if (roster_get(&w->roster, q.member)->recovery != ROSTER_SAFE ||
		(r != NULL && recovery_life_final(r->state)))
		return VERDICT_NOT_NOW;
	v = request_may_vouch(w, &q, member, now_s);
	if (v != VERDICT_OK)
		return v;
	if (r == NULL)
		return judge_new(w, &q, member, now_s);
	return world_listed(r->vouchers, r->n_vouchers, member)
		       ? VERDICT_DUPLICATE
		       : VERDICT_OK;
}

/* Note a request that somebody vouches for. */
static struct world_recovery *
add_request(struct world *w, const struct request *q, uint64_t now_s)
{
	const uint8_t *member = roster_get(&w->roster, q->member)->id;
	struct world_recovery *r = mem_new(sizeof(*r));

	memcpy(r->id, q->e.act.id, 32);
	memcpy(r->key, act_by(&q->e.act), 32);
	memcpy(r->next, act_hash(&q->e.act, ACT_HAS_NEXT), 32);
	r->number = w->n_recoveries;
	r->member = q->member;
	r->state = RECOVERY_ASKED;
	r->guarded = q->guarded;
	r->needed = q->needed;
	r->compromised = act_has(&q->e.act, ACT_HAS_SIZE);
	if (r->compromised)
		r->size = (uint64_t)act_int(&q->e.act, ACT_HAS_SIZE);
	r->since_s = now_s;
	r->due_s = (uint64_t)act_int(&q->e.act, ACT_HAS_UNTIL) + 1;
	r->older = idmap_get(&w->requests, member);
	w->recoveries = mem_grow(w->recoveries, &w->recoveries_cap,
		(size_t)w->n_recoveries + 1, sizeof(*w->recoveries));
	w->recoveries[w->n_recoveries++] = r;
	idmap_put(&w->recovery_ids, r->id, r->number);
	idmap_put(&w->requests, member, r->number);
	timers_set(&w->timers, TIMERS_RECOVERY, r->number, r->due_s);
	return r;
}

/* Enough vouched: the time of waiting begins, and other requests are over. */
static void
begin(struct world *w, struct world_recovery *r, uint64_t now_s)
{
	struct world_recovery *other = newest(w, r->member);

	move(w, r, RECOVERY_ON_ENOUGH, now_s,
		now_s + (r->guarded ? 1 : 2) * w->charter.recovery_s);
	while (other != NULL) {
		struct world_recovery *next = older(w, other);

		if (other != r)
			move(w, other, RECOVERY_ON_OTHER, now_s, TIMERS_NEVER);
		other = next;
	}
}

static void
apply_vouch(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	uint32_t number = recovery_find(w, act_hash(a, ACT_HAS_ON));
	struct world_recovery *r;
	struct request q;

	if (number != IDMAP_NONE) {
		r = w->recoveries[number];
	} else {
		request_read(w, a, &q);
		r = add_request(w, &q, now_s);
	}
	r->vouchers[r->n_vouchers++] = member;
	if (r->n_vouchers >= r->needed)
		begin(w, r, now_s);
}

/* Objecting *****************************************************************/

static enum verdict
judge_object(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	uint32_t number = recovery_find(w, act_hash(a, ACT_HAS_ON));

	(void)now_s;
	if (number == IDMAP_NONE)
		return VERDICT_UNKNOWN_SUBJECT;
	if (w->recoveries[number]->member != member)
		return VERDICT_NOT_ALLOWED;
	return recovery_life_step(w->recoveries[number]->state,
		       RECOVERY_ON_OBJECT) == LIFECYCLE_NO
		       ? VERDICT_NOT_NOW
		       : VERDICT_OK;
}

static void
apply_object(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	struct world_recovery *r =
		w->recoveries[recovery_find(w, act_hash(a, ACT_HAS_ON))];
	uint32_t number =
		panel_open(w, PANEL_RECOVERY, r->number, a->id, r->id, now_s);

	panel_party(w, number, member, PANEL_ASIDE);
	for (uint32_t i = 0; i < r->n_vouchers; i++)
		panel_party(w, number, r->vouchers[i], PANEL_ASIDE);
	move(w, r, RECOVERY_ON_OBJECT, now_s, TIMERS_NEVER);
}

/* What is frozen meanwhile **************************************************/

bool
recovery_freezes(const struct roster_member *m, enum act_kind kind)
{
	if (m->recovery != ROSTER_RECOVERING)
		return m->recovery == ROSTER_CONTESTED;
	return kind == ACT_DELEGATION_GRANT || kind == ACT_GUARDIANS_SET ||
	       kind == ACT_KEY_ROTATE || kind == ACT_KEY_VOUCH ||
	       kind == ACT_MEMBER_SUSPEND ||
	       (kind >= ACT_MANDATE_PROPOSE && kind <= ACT_AGREEMENT_END);
}

/* The table *****************************************************************/

/* A request counts through those who vouch for it. */
static enum verdict
judge_recover(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	(void)w;
	(void)a;
	(void)member;
	(void)now_s;
	return VERDICT_NOT_ALLOWED;
}

static const struct rule {
	enum verdict (*judge)(const struct world *w, const struct act *a,
		uint32_t member, uint64_t now_s);
	void (*apply)(struct world *w, const struct act *a, uint32_t member,
		uint64_t now_s);
} rules[ACT_KIND_COUNT] = {
	[ACT_GUARDIANS_SET] = {judge_guardians, apply_guardians},
	[ACT_KEY_RECOVER] = {judge_recover, NULL},
	[ACT_KEY_VOUCH] = {judge_vouch, apply_vouch},
	[ACT_KEY_OBJECT] = {judge_object, apply_object},
};

bool
recovery_knows(enum act_kind kind)
{
	return rules[kind].judge != NULL;
}

enum verdict
recovery_judge(const struct world *w, const struct act *a, uint32_t member,
	uint64_t now_s)
{
	return rules[a->kind].judge(w, a, member, now_s);
}

void
recovery_apply(
	struct world *w, const struct act *a, uint32_t member, uint64_t now_s)
{
	rules[a->kind].apply(w, a, member, now_s);
}
