#include "ballots/record/trust.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/base/reader.h"

static bool
believes(const struct trust_line *line, const uint8_t key[static CRYPT_KEY])
{
	for (size_t i = 0; i < line->n; i++)
		if (memcmp(line->keys[i], key, CRYPT_KEY) == 0)
			return true;
	return false;
}

enum verdict
trust_add(struct trust *t, enum credential_type type,
	const uint8_t key[static CRYPT_KEY])
{
	struct trust_line *line = &t->of[type];

	if (!crypt_key_ok(key))
		return VERDICT_BAD_KEY;
	if (believes(line, key))
		return VERDICT_DUPLICATE;
	if (line->n == LIMIT_TRUST_KEYS)
		return VERDICT_TOO_LARGE;
	memcpy(line->keys[line->n++], key, CRYPT_KEY);
	return VERDICT_OK;
}

static enum verdict
add_keys(struct trust *t, enum credential_type type, struct bytes line)
{
	for (struct bytes did = policy_word(&line); did.len > 0;
		did = policy_word(&line)) {
		uint8_t key[CRYPT_KEY];
		enum verdict v;

		if (!coding_read_did(did, key))
			return VERDICT_BAD_KEY;
		v = trust_add(t, type, key);
		if (v != VERDICT_OK)
			return v;
	}
	return VERDICT_OK;
}

static enum verdict
read_credential(struct trust *t, struct bytes line)
{
	enum credential_type type = credential_type_by_name(policy_word(&line));
	uint64_t needed;
	enum verdict v;

	if (type == CREDENTIAL_TYPE_COUNT)
		return VERDICT_UNKNOWN_KIND;
	if (t->of[type].needed > 0)
		return VERDICT_DUPLICATE;
	if (!reader_decimal(policy_word(&line), LIMIT_PROOFS, &needed) ||
		needed == 0)
		return VERDICT_MALFORMED;
	v = add_keys(t, type, line);
	if (v != VERDICT_OK)
		return v;
	t->of[type].needed = (size_t)needed;
	return needed > t->of[type].n ? VERDICT_TOO_FEW : VERDICT_OK;
}

static enum verdict
read_fresh(struct trust *t, struct bytes line)
{
	if (t->fresh_s != 0)
		return VERDICT_DUPLICATE;
	return reader_decimal(policy_word(&line), LIMIT_FRESH_S, &t->fresh_s) &&
			       t->fresh_s > 0 && policy_word(&line).len == 0
		       ? VERDICT_OK
		       : VERDICT_MALFORMED;
}

/* The lines that are none of a policy. */
static enum verdict
read_other(struct trust *t, struct bytes line)
{
	struct bytes first = policy_word(&line);

	if (bytes_equal(first, BYTES("credential")))
		return read_credential(t, line);
	if (bytes_equal(first, BYTES("fresh")))
		return read_fresh(t, line);
	return VERDICT_MALFORMED;
}

static enum verdict
read_line(struct trust *t, struct policy_draft *d, struct bytes line)
{
	bool other;
	enum verdict v = policy_take(d, line, &other);

	return other ? read_other(t, line) : v;
}

void
trust_begin(struct trust *t)
{
	memset(t, 0, sizeof(*t));
	t->policy.quorum = POLICY_NONE;
	t->fresh_s = TRUST_FRESH_S;
}

enum verdict
trust_parse(struct bytes text, struct trust *out, size_t *bad_line)
{
	struct policy_draft *d = mem_new(sizeof(*d));
	struct trust *t = mem_new(sizeof(*t));
	enum verdict v = VERDICT_OK;

	policy_begin(d);
	for (*bad_line = 1; v == VERDICT_OK && text.len > 0; ++*bad_line)
		v = read_line(t, d, bytes_cut(&text, '\n'));
	if (v != VERDICT_OK)
		--*bad_line;
	else if (d->any && !d->has_quorum)
		v = VERDICT_MALFORMED;
	if (v == VERDICT_OK) {
		*out = *t;
		out->policy = d->policy;
		out->fresh_s = t->fresh_s > 0 ? t->fresh_s : TRUST_FRESH_S;
	}
	mem_free(d);
	mem_free(t);
	return v;
}

enum verdict
trust_judge(const struct trust *t, const struct credential *c)
{
	const struct trust_line *line = &t->of[c->type];

	for (size_t i = 0; i < c->n_proofs; i++)
		if (!believes(line, c->proofs[i].key))
			return VERDICT_UNKNOWN_SIGNER;
	return line->needed == 0 || c->n_proofs < line->needed ? VERDICT_TOO_FEW
							       : VERDICT_OK;
}
