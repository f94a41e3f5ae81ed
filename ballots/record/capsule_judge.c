#include "ballots/record/capsule_judge.h"

#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/record/advocacy.h"
#include "ballots/record/stamp.h"
#include "ballots/record/verify.h"

typedef enum verdict judge_fn(
	const struct capsule_parts *c, const struct capsule_check_with *with);

static enum verdict
yes_or(bool yes, enum verdict no)
{
	return yes ? VERDICT_OK : no;
}

static bool
same_id(const uint8_t a[static CRYPT_HASH], const uint8_t b[static CRYPT_HASH])
{
	return memcmp(a, b, CRYPT_HASH) == 0;
}

/* The ledger ****************************************************************/

static enum verdict
judge_union(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	const struct policy *believed = &with->trust->policy;
	struct bytes origin = p->checkpoint.origin;
	struct bytes named = p->credential.claim[CREDENTIAL_HAS_UNION].span;
	const struct bytes origins[] = {p->status.origin, p->question.log,
		act_span(&p->act, ACT_HAS_LOG),
		act_span(&p->publish, ACT_HAS_LOG),
		act_span(&p->result, ACT_HAS_LOG),
		bytes_slice(named, 1, named.len - 2)};

	for (size_t i = 0; i < sizeof(origins) / sizeof(origins[0]); i++)
		if (!bytes_equal(origins[i], origin))
			return VERDICT_WRONG_LEDGER;
	for (size_t i = 0; i < believed->n_keys; i++)
		if (believed->keys[i].kind == NOTE_ED25519 &&
			bytes_equal(origin,
				bytes_of_string(believed->keys[i].name)))
			return VERDICT_OK;
	return VERDICT_UNKNOWN_SIGNER;
}

static enum verdict
open_checkpoint(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	struct note *note = mem_new(sizeof(*note));
	struct checkpoint opened;
	enum verdict v = policy_open(
		&with->trust->policy, p->capsule.checkpoint, note, &opened);

	mem_free(note);
	return v;
}

static enum verdict
judge_checkpoint(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	enum verdict v = open_checkpoint(p, with);

	return v == VERDICT_TOO_FEW ? VERDICT_OK : v;
}

/* About this mandate, and of the history that the checkpoint is of. */
static enum verdict
judge_status(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	const struct tree_head *stated = &p->status.head;
	const struct tree_head *shown = &p->checkpoint.head;
	struct status opened;
	enum verdict v =
		status_open(&with->trust->policy, p->capsule.status, &opened);

	if (v != VERDICT_OK)
		return v;
	if (!same_id(p->status.mandate, p->act.id))
		return VERDICT_UNKNOWN_SUBJECT;
	return yes_or(
		stated->size != shown->size || tree_same_head(stated, shown),
		VERDICT_BAD_PROOF);
}

/* The credential ************************************************************/

static bool
listed(const uint8_t (*keys)[CRYPT_KEY], size_t n,
	const uint8_t key[static CRYPT_KEY])
{
	for (size_t i = 0; i < n; i++)
		if (memcmp(keys[i], key, CRYPT_KEY) == 0)
			return true;
	return false;
}

static enum verdict
judge_stewards(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	(void)with;
	for (size_t i = 0; i < p->credential.n_proofs; i++)
		if (!listed(p->status.stewards, p->status.n_stewards,
			    p->credential.proofs[i].key))
			return VERDICT_NOT_ALLOWED;
	return VERDICT_OK;
}

static enum verdict
judge_holder(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	(void)with;
	return yes_or(listed(p->status.delegates, p->status.n_delegates,
			      capsule_parts_holder(p)),
		VERDICT_NOT_ALLOWED);
}

/* It is what follows from the acts, to the last byte, with its proofs. */
static enum verdict
judge_terms(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	struct advocacy a = {.mandate = &p->act, .publish = &p->publish};
	struct writer doc = {0};
	bool same;

	(void)with;
	memcpy(a.key, capsule_parts_holder(p), CRYPT_KEY);
	memcpy(a.member, capsule_parts_member(p), CRYPT_HASH);
	same = advocacy_print(&a, &doc);
	for (size_t i = 0; same && i < p->credential.n_proofs; i++) {
		struct writer more = {0};

		integrity_add(
			writer_view(&doc), &p->credential.proofs[i], &more);
		writer_clear(&doc);
		doc = more;
	}
	same = same && bytes_equal(writer_view(&doc), p->capsule.credential);
	writer_clear(&doc);
	return yes_or(same, VERDICT_BAD_TERMS);
}

static enum verdict
judge_text(const struct capsule_parts *p, const struct capsule_check_with *with)
{
	(void)with;
	return yes_or(capsule_parts_fits(&p->capsule.text,
			      act_span(&p->act, ACT_HAS_TEXTS)),
		VERDICT_BAD_COMMITMENT);
}

static enum verdict
judge_names(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	(void)with;
	return yes_or(p->named, VERDICT_BAD_COMMITMENT);
}

/* The decision **************************************************************/

static enum verdict
judge_question(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	(void)with;
	return yes_or(
		same_id(p->question.id, act_hash(&p->result, ACT_HAS_ON)) &&
			bytes_equal(p->question.kind, BYTES("decision")) &&
			p->option != 0,
		VERDICT_UNKNOWN_SUBJECT);
}

static bool
ledger_signed(const struct capsule_record *r, const struct policy *p,
	struct bytes origin)
{
	for (size_t i = 0; i < p->n_keys; i++)
		if (p->keys[i].kind == NOTE_ED25519 &&
			bytes_equal(origin, bytes_of_string(p->keys[i].name)) &&
			stamp_verify(r->act, p->keys[i].key, r->sig))
			return true;
	return false;
}

static enum verdict
judge_result(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	const struct capsule_record *r = &p->capsule.result;

	if (!capsule_parts_stands(p, r))
		return VERDICT_BAD_PROOF;
	return yes_or(
		ledger_signed(r, &with->trust->policy, p->checkpoint.origin),
		VERDICT_BAD_SIGNATURE);
}

static enum verdict
judge_passed(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	const struct outcome *o = &p->outcome;

	(void)with;
	if (!bytes_equal(o->class, BYTES("mandate")) || o->any_quorum ||
		o->n_options != p->question.n_options)
		return VERDICT_RESULT_WRONG;
	if (!bytes_equal(o->outcome, BYTES("passed")))
		return VERDICT_TOO_FEW;
	return outcome_judge(o, p->option);
}

/* The act that holds this proof of the credential is in the ledger. */
static bool
published_by(const struct capsule_parts *p, const struct integrity_proof *proof)
{
	const struct capsule_record *r = &p->capsule.publish;
	uint8_t sig[CRYPT_SIG];

	return advocacy_signature(&p->publish, capsule_parts_holder(p), sig) &&
	       memcmp(sig, proof->sig, CRYPT_SIG) == 0 &&
	       stamp_verify(r->act, proof->key, r->sig);
}

static enum verdict
judge_published(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	(void)with;
	if (!same_id(act_hash(&p->publish, ACT_HAS_ON), p->act.id))
		return VERDICT_UNKNOWN_SUBJECT;
	if (!capsule_parts_stands(p, &p->capsule.publish))
		return VERDICT_BAD_PROOF;
	for (size_t i = 0; i < p->credential.n_proofs; i++)
		if (published_by(p, &p->credential.proofs[i]))
			return VERDICT_OK;
	return VERDICT_UNKNOWN_SIGNER;
}

/* Showing *******************************************************************/

static enum verdict
judge_shown(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	(void)with;
	return p->capsule.presentation.len == 0
		       ? VERDICT_UNKNOWN_SIGNER
		       : verify_holder(&p->presentation, &p->credential);
}

static enum verdict
judge_nonce(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	return yes_or(bytes_equal(p->presentation.proof.challenge, with->nonce),
		VERDICT_STALE);
}

static enum verdict
judge_client(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	return yes_or(bytes_equal(p->presentation.proof.domain, with->client),
		VERDICT_OUT_OF_SCOPE);
}

/* Time and state ************************************************************/

/* As far as clocks can tell. */
static bool
is_past(uint64_t at_s, const struct capsule_check_with *with)
{
	return at_s <= with->now_s + LIMIT_CLOCKS_S;
}

static enum verdict
judge_not_ahead(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	uint64_t shown_s = p->capsule.presentation.len > 0
				   ? p->presentation.proof.created_s
				   : 0;

	return yes_or(is_past(p->status.at_s, with) &&
			      is_past(p->capsule.result.time_s, with) &&
			      is_past(p->capsule.publish.time_s, with) &&
			      is_past(shown_s, with),
		VERDICT_EARLY);
}

static enum verdict
judge_fresh(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	return yes_or(with->now_s <= p->status.at_s + with->trust->fresh_s,
		VERDICT_STALE);
}

static enum verdict
judge_in_force(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	(void)with;
	return yes_or(status_standing(p->status.state) != STATUS_NONE,
		VERDICT_NOT_NOW);
}

static enum verdict
judge_not_suspended(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	(void)with;
	return yes_or(status_standing(p->status.state) != STATUS_SUSPENDED,
		VERDICT_NOT_NOW);
}

static enum verdict
judge_not_revoked(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	(void)with;
	return yes_or(status_standing(p->status.state) != STATUS_OVER,
		VERDICT_CLOSED);
}

/* Which, and when ***********************************************************/

static bool
has_text(const struct capsule_parts *p, const struct capsule_check_with *with)
{
	(void)with;
	return p->capsule.text.text.len > 0;
}

static bool
has_names(const struct capsule_parts *p, const struct capsule_check_with *with)
{
	(void)with;
	return p->capsule.n_names > 0;
}

static bool
is_shown(const struct capsule_parts *p, const struct capsule_check_with *with)
{
	return with->asked || p->capsule.presentation.len > 0;
}

static bool
is_asked(const struct capsule_parts *p, const struct capsule_check_with *with)
{
	(void)p;
	return with->asked;
}

/* Of a mandate that is over nobody acts any more. */
static bool
is_not_over(
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	(void)with;
	return status_standing(p->status.state) != STATUS_OVER;
}

#define YES(code) ((uint32_t)1 << CAPSULE_##code)

/*
 * What each check needs a yes of, besides form; those of a credential alone are
 * made by verify.h.  A check stands below those that it needs.
 */
/* clang-format off */
static const struct {
	judge_fn *judge;
	uint32_t needs;
	bool (*wanted)(const struct capsule_parts *p,
		const struct capsule_check_with *with); /* NULL: always */
} judges[CAPSULE_CHECK_COUNT] = {
	[CAPSULE_UNION] = {judge_union, 0, NULL},
	[CAPSULE_CHECKPOINT] = {judge_checkpoint, YES(UNION), NULL},
	[CAPSULE_WITNESSES] = {open_checkpoint, YES(CHECKPOINT), NULL},
	[CAPSULE_STATUS] = {judge_status, YES(UNION), NULL},
	[CAPSULE_STEWARDS] = {judge_stewards, YES(STATUS) | YES(SIGNATURES), NULL},
	[CAPSULE_HOLDER] = {judge_holder, YES(STATUS), is_not_over},
	[CAPSULE_TERMS] = {judge_terms, 0, NULL},
	[CAPSULE_TEXT] = {judge_text, 0, has_text},
	[CAPSULE_NAMES] = {judge_names, 0, has_names},
	[CAPSULE_QUESTION] = {judge_question, 0, NULL},
	[CAPSULE_RESULT] = {judge_result, YES(CHECKPOINT), NULL},
	[CAPSULE_PASSED] = {judge_passed, YES(QUESTION) | YES(RESULT), NULL},
	[CAPSULE_PUBLISHED] = {judge_published, YES(CHECKPOINT) | YES(SIGNATURES), NULL},
	[CAPSULE_SHOWN] = {judge_shown, 0, is_shown},
	[CAPSULE_NONCE] = {judge_nonce, YES(SHOWN), is_asked},
	[CAPSULE_CLIENT] = {judge_client, YES(SHOWN), is_asked},
	[CAPSULE_NOT_AHEAD] = {judge_not_ahead, 0, NULL},
	[CAPSULE_FRESH] = {judge_fresh, YES(STATUS) | YES(NOT_AHEAD), NULL},
	[CAPSULE_IN_FORCE] = {judge_in_force, YES(STATUS), NULL},
	[CAPSULE_NOT_SUSPENDED] = {judge_not_suspended, YES(STATUS), NULL},
	[CAPSULE_NOT_REVOKED] = {judge_not_revoked, YES(STATUS), NULL},
};
/* clang-format on */

bool
capsule_judge_due(int row, const struct checks *made,
	const struct capsule_parts *p, const struct capsule_check_with *with)
{
	if (judges[row].judge == NULL ||
		(judges[row].wanted != NULL && !judges[row].wanted(p, with)))
		return false;
	for (int i = 0; i < row; i++)
		if ((judges[row].needs & (uint32_t)1 << i) != 0 &&
			!checks_yes(made, i))
			return false;
	return true;
}

enum verdict
capsule_judge_row(int row, const struct capsule_parts *p,
	const struct capsule_check_with *with)
{
	return judges[row].judge(p, with);
}
