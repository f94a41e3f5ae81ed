#include "ballots/record/trust.h"

#include <string.h>

#include "ballots/base/coding.h"
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

/* Take the next word off *line; empty at its end. */
static struct bytes
word(struct bytes *line)
{
	struct bytes w = {NULL, 0};

	while (line->len > 0 && w.len == 0) {
		size_t n = 0;

		while (n < line->len && line->data[n] != ' ' &&
			line->data[n] != '\t')
			n++;
		w = bytes_slice(*line, 0, n);
		*line = bytes_slice(*line, n + 1, line->len);
	}
	return w;
}

static enum verdict
add_keys(struct trust *t, enum credential_type type, struct bytes line)
{
	for (struct bytes did = word(&line); did.len > 0; did = word(&line)) {
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
parse_line(struct trust *t, struct bytes line)
{
	struct bytes first = word(&line);
	enum credential_type type;
	enum verdict v;
	uint64_t needed;

	if (first.len == 0 || first.data[0] == '#')
		return VERDICT_OK;
	if (!bytes_equal(first, BYTES("credential")))
		return VERDICT_MALFORMED;
	type = credential_type_by_name(word(&line));
	if (type == CREDENTIAL_TYPE_COUNT)
		return VERDICT_UNKNOWN_KIND;
	if (t->of[type].needed > 0)
		return VERDICT_DUPLICATE;
	if (!reader_decimal(word(&line), LIMIT_PROOFS, &needed) || needed == 0)
		return VERDICT_MALFORMED;
	v = add_keys(t, type, line);
	if (v != VERDICT_OK)
		return v;
	t->of[type].needed = (size_t)needed;
	return needed > t->of[type].n ? VERDICT_TOO_FEW : VERDICT_OK;
}

enum verdict
trust_parse(struct bytes text, struct trust *out, size_t *bad_line)
{
	struct trust t = {0};

	for (size_t line = 1; text.len > 0; line++) {
		enum verdict v = parse_line(&t, bytes_cut(&text, '\n'));

		if (v != VERDICT_OK) {
			*bad_line = line;
			return v;
		}
	}
	*out = t;
	return VERDICT_OK;
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
