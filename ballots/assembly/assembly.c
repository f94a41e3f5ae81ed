#include "ballots/assembly/assembly.h"

#include <assert.h>
#include <string.h>

#include "ballots/assembly/embedded.h"
#include "ballots/assembly/foundation.h"
#include "ballots/assembly/statement.h"
#include "ballots/assembly/transition.h"
#include "ballots/assembly/world.h"
#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"

#define TICK_S 600 /* the longest silence while a vote is open */

struct assembly {
	struct world *world;
	struct tree tree;
	tree_emit_fn *emit;
	void *emit_ctx;
	bool owing; /* timers have fired at owing_s; its record must follow */
	uint64_t owing_s;
};

struct assembly *
assembly_new(void)
{
	struct assembly *a = mem_new(sizeof(*a));

	a->world = world_new();
	return a;
}

void
assembly_free(struct assembly *a)
{
	if (a == NULL)
		return;
	world_free(a->world);
	mem_free(a);
}

/* Prechecking ***************************************************************/

/* The key that must have signed; false when its holder is not known (yet). */
static bool
key_of(const struct world *w, const struct act *act, uint8_t key[static 32])
{
	uint32_t member;

	if (act->author == FORM_BY_LEDGER) {
		memcpy(key, w->ledger_key, 32);
		return true;
	}
	if (act->author == FORM_BY_KEY) {
		memcpy(key, act_by(act), 32);
		return true;
	}
	member = roster_find(&w->roster, act_by(act));
	if (member == ROSTER_NONE)
		return false;
	memcpy(key, roster_get(&w->roster, member)->key, 32);
	return true;
}

static enum verdict
check_signature(struct assembly_checked *c)
{
	if (c->act.author == FORM_BY_KEY && !crypt_key_ok(c->key))
		return VERDICT_BAD_KEY;
	if (!stamp_verify(c->act.bytes, c->key, c->sig))
		return VERDICT_BAD_SIGNATURE;
	c->signature_checked = true;
	return VERDICT_OK;
}

enum verdict
assembly_precheck(const struct assembly *a, struct bytes act,
	const uint8_t sig[static 64], bool signatures,
	struct assembly_checked *out)
{
	const struct world *w = a->world;
	enum verdict v = act_decode(act, &out->act);

	if (v != VERDICT_OK)
		return v;
	memcpy(out->sig, sig, 64);
	out->trusted = !signatures;
	out->signature_checked = out->signature_bad = false;
	if (out->act.kind == ACT_UNION_FOUND)
		return VERDICT_NOT_NOW;
	if (!bytes_equal(
		    act_span(&out->act, ACT_HAS_LOG), bytes_of_string(w->log)))
		return VERDICT_WRONG_LEDGER;
	if (out->act.author != act_kind_author(out->act.kind))
		return VERDICT_NOT_ALLOWED;
	out->act.vouched = !signatures || embedded_signed(&out->act);
	if (!signatures || !key_of(w, &out->act, out->key))
		return VERDICT_OK;
	v = check_signature(out);
	if (out->act.author != FORM_BY_MEMBER)
		return v;
	out->signature_bad = v == VERDICT_BAD_SIGNATURE;
	return VERDICT_OK;
}

enum verdict
assembly_precheck_founding(struct bytes act, const uint8_t sig[static 64],
	struct assembly_checked *out)
{
	enum verdict v = act_decode(act, &out->act);

	if (v != VERDICT_OK)
		return v;
	if (out->act.kind != ACT_UNION_FOUND || out->act.author != FORM_BY_KEY)
		return VERDICT_MALFORMED;
	memcpy(out->sig, sig, 64);
	memcpy(out->key, act_by(&out->act), 32);
	out->trusted = false;
	return check_signature(out);
}

/* The author is known, and the key in force is the one that was checked. */
static enum verdict
check_author(const struct world *w, const struct assembly_checked *checked)
{
	struct assembly_checked again;
	uint8_t key[32];

	if (w->size == 0) /* record 0 brings its own key */
		return VERDICT_OK;
	if (!key_of(w, &checked->act, key))
		return VERDICT_UNKNOWN_MEMBER;
	if (checked->trusted)
		return VERDICT_OK;
	if ((checked->signature_checked || checked->signature_bad) &&
		memcmp(key, checked->key, 32) == 0)
		return checked->signature_bad ? VERDICT_BAD_SIGNATURE
					      : VERDICT_OK;
	again = *checked;
	memcpy(again.key, key, 32);
	return check_signature(&again);
}

/* The transition ************************************************************/

static void
finish(struct assembly *a, uint64_t time_s, const uint8_t leaf[static 32])
{
	tree_append_hash(&a->tree, leaf, a->emit, a->emit_ctx);
	a->world->size++;
	a->world->time_s = time_s;
	a->owing = false;
}

/* Judge, and change the world; timers have fired. */
static enum verdict
transit(struct assembly *a, const struct assembly_checked *c, uint64_t time_s)
{
	enum verdict v;

	if (a->world->size == 0) {
		v = foundation_lay(a->world, &c->act, time_s);
		if (v == VERDICT_OK)
			transition_begin(a->world);
		return v;
	}
	v = transition_judge(a->world, &c->act, time_s);
	if (v == VERDICT_OK)
		transition_apply(a->world, &c->act, time_s);
	return v;
}

/* The time of a record at now_s: never back, and not beyond all records. */
static uint64_t
clock_of(const struct world *w, uint64_t now_s)
{
	if (now_s > LIMIT_TIME_S)
		now_s = LIMIT_TIME_S;
	return now_s < w->time_s ? w->time_s : now_s;
}

static bool
speaks_for_itself(const struct assembly_checked *c)
{
	return c->act.author == FORM_BY_LEDGER;
}

/* At time_s the ledger must speak before anybody else does. */
static bool
must_speak(const struct assembly *a, uint64_t time_s)
{
	struct world *w = a->world;

	if (w->size == 0)
		return false;
	return transition_due(w, time_s) ||
	       (w->n_open > 0 && time_s - w->time_s >= TICK_S);
}

enum verdict
assembly_admit(struct assembly *a, const struct assembly_checked *act,
	uint64_t now_s, struct writer *record)
{
	uint64_t time_s = clock_of(a->world, now_s);
	struct stamp stamp = {.time_s = time_s, .act = act->act.bytes};
	uint8_t leaf[32];
	size_t start = record->len;
	enum verdict v;

	if (a->owing ? !speaks_for_itself(act) || a->owing_s != time_s
		     : must_speak(a, time_s))
		return VERDICT_RESULT_DUE;
	v = check_author(a->world, act);
	if (v == VERDICT_OK)
		v = transit(a, act, time_s);
	if (v != VERDICT_OK)
		return v;
	memcpy(stamp.sig, act->sig, 64);
	stamp_encode(&stamp, record);
	tree_leaf_hash(
		bytes_of(record->data + start, record->len - start), leaf);
	finish(a, time_s, leaf);
	return VERDICT_OK;
}

enum verdict
assembly_replay(struct assembly *a, struct bytes record,
	const struct stamp *stamp, const struct assembly_checked *act,
	const uint8_t *leaf)
{
	uint8_t own[32];
	enum verdict v;

	if (leaf == NULL) {
		tree_leaf_hash(record, own);
		leaf = own;
	}
	v = check_author(a->world, act);
	if (stamp->time_s < a->world->time_s) {
		finish(a, a->world->time_s, leaf);
		return v == VERDICT_OK ? VERDICT_TIME_REVERSED : v;
	}
	if (a->world->size > 0)
		transition_fire(a->world, stamp->time_s);
	if (v == VERDICT_OK)
		v = transit(a, act, stamp->time_s);
	finish(a, stamp->time_s, leaf);
	return v;
}

void
assembly_skip(struct assembly *a, struct bytes record)
{
	uint8_t leaf[32];

	tree_leaf_hash(record, leaf);
	finish(a, a->world->time_s, leaf);
}

/* The ledger's own acts *****************************************************/

static void
print_own(const struct assembly *a, uint64_t now_s, struct writer *out)
{
	const struct world *w = a->world;
	static const uint8_t nobody[32];
	struct writer result = {0};
	struct act act = {.kind = w->due != NULL ? ACT_RESULT : ACT_TICK};

	act_set_by(&act, FORM_BY_LEDGER, nobody);
	act_set_span(&act, ACT_HAS_LOG, bytes_of_string(w->log));
	act_set_int(&act, ACT_HAS_SEQ, (int64_t)now_s);
	act_set_hash(&act, ACT_HAS_ON, w->due != NULL ? w->due->id : w->id);
	if (w->due != NULL) {
		transition_result(w, &result);
		act_set_span(&act, ACT_HAS_OUTCOME, writer_view(&result));
	}
	act_encode(&act, out);
	writer_clear(&result);
}

bool
assembly_owes(struct assembly *a, uint64_t now_s, struct writer *act)
{
	struct world *w = a->world;

	now_s = clock_of(w, now_s);
	if (!a->owing && !must_speak(a, now_s))
		return false;
	if (!a->owing)
		transition_fire(w, now_s);
	a->owing = true;
	a->owing_s = now_s;
	print_own(a, now_s, act);
	return true;
}

uint64_t
assembly_due_s(const struct assembly *a)
{
	struct world *w = a->world;
	uint64_t due_s = transition_next_s(w);

	if (w->n_open > 0 && w->time_s + TICK_S < due_s)
		due_s = w->time_s + TICK_S;
	return due_s;
}

/* Asking ********************************************************************/

struct tree_head
assembly_head(const struct assembly *a)
{
	return tree_head(&a->tree);
}

const struct tree *
assembly_tree(const struct assembly *a)
{
	return &a->tree;
}

void
assembly_on_tile(struct assembly *a, tree_emit_fn *emit, void *ctx)
{
	a->emit = emit;
	a->emit_ctx = ctx;
}

const struct world *
assembly_world(const struct assembly *a)
{
	return a->world;
}

void
assembly_state(const struct assembly *a, struct writer *out)
{
	struct tree_head head = assembly_head(a);

	statement_print(a->world, &head, out);
}

void
assembly_digest(const struct assembly *a, uint8_t out[static 32])
{
	struct writer w = {0};

	assembly_state(a, &w);
	crypt_hash(writer_view(&w), out);
	writer_clear(&w);
}
