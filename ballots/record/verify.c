#include "ballots/record/verify.h"

#include <string.h>

#include "ballots/record/statuslist.h"

static const struct checks_row rows[] = {
#define VERIFY_ROW(code, name, yes, no, answer)                                \
	{name, yes, no, CHECKS_##answer},
	VERIFY_CHECKS(VERIFY_ROW)
#undef VERIFY_ROW
};

static const struct checks_table table = {rows, VERIFY_CHECK_COUNT};

static const enum verify_check status_checks[] = {
	[CREDENTIAL_REVOCATION] = VERIFY_NOT_REVOKED,
	[CREDENTIAL_SUSPENSION] = VERIFY_NOT_SUSPENDED,
};

const struct checks_table *
verify_table(void)
{
	return &table;
}

enum checks_answer
verify_answer(const struct checks *v)
{
	return v->made[VERIFY_NOT_OVER] ? checks_worst(v, &table)
					: CHECKS_NOT_PROVEN;
}

/* Credentials ***************************************************************/

static enum verdict
check_signatures(struct bytes doc, const struct credential *c)
{
	for (size_t i = 0; i < c->n_proofs; i++) {
		enum verdict v = integrity_check(doc, &c->proofs[i]);

		if (v != VERDICT_OK)
			return v;
		if (c->proofs[i].purpose != INTEGRITY_ASSERTION)
			return VERDICT_BAD_PROOF;
	}
	return VERDICT_OK;
}

static bool
signed_by(const struct credential *c, const uint8_t key[static CRYPT_KEY])
{
	for (size_t i = 0; i < c->n_proofs; i++)
		if (memcmp(c->proofs[i].key, key, CRYPT_KEY) == 0)
			return true;
	return false;
}

/* Nobody signs what lies ahead of now, as far as clocks can tell. */
static enum verdict
check_begun(const struct credential *c, uint64_t now_s)
{
	for (size_t i = 0; i < c->n_proofs; i++)
		if (c->proofs[i].created_s > now_s + LIMIT_CLOCKS_S)
			return VERDICT_EARLY;
	return c->valid_from_s > now_s ? VERDICT_EARLY : VERDICT_OK;
}

/* True when list is the one that c names for purpose. */
static bool
is_list(const struct credential *list, const struct credential *c,
	enum credential_purpose purpose)
{
	return list->type == CREDENTIAL_STATUS_LIST &&
	       bytes_equal(list->id, c->status[purpose].list) &&
	       bytes_equal(list->claim[CREDENTIAL_HAS_STATUS_PURPOSE].span,
		       bytes_of_string(credential_purpose_name(purpose)));
}

/* Judge the list itself; its bits are appended. */
static enum verdict
open_list(struct bytes doc, const struct credential *list,
	const struct credential *c, struct writer *bits)
{
	struct bytes text = list->claim[CREDENTIAL_HAS_ENCODED_LIST].span;
	enum verdict v = check_signatures(doc, list);

	if (v != VERDICT_OK)
		return v;
	if (list->n_proofs != 1 || !signed_by(list, list->issuer) ||
		!signed_by(c, list->issuer))
		return VERDICT_UNKNOWN_SIGNER;
	return statuslist_decode(bytes_slice(text, 1, text.len - 2), bits);
}

static void
check_list(struct bytes doc, const struct credential *list,
	const struct credential *c, enum credential_purpose purpose,
	uint64_t now_s, struct checks *v)
{
	bool fresh = check_begun(list, now_s) == VERDICT_OK &&
		     now_s <= list->valid_until_s;
	uint64_t index = c->status[purpose].index;
	struct writer bits = {0};
	enum verdict opened = open_list(doc, list, c, &bits);

	if (opened == VERDICT_OK && index / 8 >= bits.len)
		opened = VERDICT_UNKNOWN_SUBJECT;
	if (checks_note(v, VERIFY_LIST, opened)) {
		checks_note(
			v, VERIFY_FRESH, fresh ? VERDICT_OK : VERDICT_STALE);
		checks_note(v, status_checks[purpose],
			statuslist_bit(writer_view(&bits), index)
				? VERDICT_NOT_NOW
				: VERDICT_OK);
	}
	writer_clear(&bits);
}

/* Check a list for what it is named for in c; false when it is not named. */
static bool
try_list(struct bytes doc, const struct credential *c, uint64_t now_s,
	struct checks *v)
{
	struct credential list;
	bool named = false;

	if (credential_read(doc, &list) != VERDICT_OK)
		return false;
	for (int i = 0; i < CREDENTIAL_PURPOSE_COUNT; i++) {
		enum credential_purpose purpose = (enum credential_purpose)i;

		if (!credential_has_status(c, purpose) ||
			!is_list(&list, c, purpose))
			continue;
		check_list(doc, &list, c, purpose, now_s, v);
		named = true;
	}
	return named;
}

static void
check_status(const struct credential *c, const struct verify_with *with,
	struct checks *v)
{
	for (size_t i = 0; i < with->n_lists; i++)
		if (!try_list(with->lists[i], c, with->now_s, v))
			checks_note(v, VERIFY_LIST, VERDICT_UNKNOWN_SUBJECT);
}

bool
verify_credential(struct bytes doc, const struct verify_with *with,
	struct checks *v, struct credential *out)
{
	struct credential c;

	if (!checks_note(v, VERIFY_FORM, credential_read(doc, &c)))
		return false;
	*out = c;
	if (checks_note(v, VERIFY_SIGNATURES, check_signatures(doc, &c))) {
		checks_note(v, VERIFY_ISSUER,
			signed_by(&c, c.issuer) ? VERDICT_OK
						: VERDICT_UNKNOWN_SIGNER);
		checks_note(v, VERIFY_TRUST, trust_judge(with->trust, &c));
	}
	checks_note(v, VERIFY_BEGUN, check_begun(&c, with->now_s));
	checks_note(v, VERIFY_NOT_OVER,
		with->now_s > c.valid_until_s ? VERDICT_LAPSED : VERDICT_OK);
	check_status(&c, with, v);
	return true;
}

/* Presentations *************************************************************/

enum verdict
verify_holder(const struct presentation *p, const struct credential *c)
{
	if (p->proof.purpose != INTEGRITY_AUTHENTICATION)
		return VERDICT_BAD_PROOF;
	if (memcmp(p->proof.key, p->holder, CRYPT_KEY) != 0 ||
		(c->claims & FORM_BIT(CREDENTIAL_HAS_ID)) == 0 ||
		memcmp(c->claim[CREDENTIAL_HAS_ID].hash, p->holder,
			CRYPT_KEY) != 0)
		return VERDICT_UNKNOWN_SIGNER;
	return integrity_check(p->document, &p->proof);
}

bool
verify_shown(const struct presentation *p, const struct query *q,
	const struct verify_with *with, struct checks *v,
	struct credential *out)
{
	if (!verify_credential(p->credential, with, v, out))
		return false;
	checks_note(v, VERIFY_HOLDER, verify_holder(p, out));
	if (q == NULL)
		return true;
	checks_note(v, VERIFY_NONCE,
		bytes_equal(p->proof.challenge, q->nonce) ? VERDICT_OK
							  : VERDICT_STALE);
	checks_note(v, VERIFY_CLIENT,
		bytes_equal(p->proof.domain, q->client_id)
			? VERDICT_OK
			: VERDICT_OUT_OF_SCOPE);
	return true;
}

bool
verify_presentation(struct bytes doc, const struct query *q,
	const struct verify_with *with, struct checks *v,
	struct credential *out)
{
	struct presentation p;

	if (!checks_note(v, VERIFY_ANSWER, presentation_read(doc, &p)) ||
		!verify_shown(&p, q, with, v, out))
		return false;
	checks_note(v, VERIFY_ASKED,
		bytes_equal(p.id, q->id) && query_wants_type(q, p.credential) &&
				query_has_claims(q, p.credential)
			? VERDICT_OK
			: VERDICT_OUT_OF_SCOPE);
	return true;
}
