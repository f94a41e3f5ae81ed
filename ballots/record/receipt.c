#include "ballots/record/receipt.h"

#include "ballots/base/coding.h"
#include "ballots/base/limits.h"
#include "ballots/base/mem.h"
#include "ballots/base/reader.h"

void
receipt_print(const struct receipt *r, struct writer *w)
{
	writer_put(w, BYTES("c2sp.org/tlog-proof@v1\n"));
	if (r->extra.len > 0) {
		writer_put(w, BYTES("extra "));
		writer_put(w, r->extra);
		writer_put_u8(w, '\n');
	}
	writer_put(w, BYTES("index "));
	writer_put_decimal(w, r->index);
	writer_put_u8(w, '\n');
	tree_print_proof(&r->proof, w);
	writer_put_u8(w, '\n');
	writer_put(w, r->checkpoint);
}

/* True for the base64 of one byte or more. */
static bool
is_base64(struct bytes text)
{
	uint8_t *data = mem_new(text.len);
	size_t len = 0;
	bool ok = coding_read_base64_upto(text, data, text.len, &len);

	mem_free(data);
	return ok && len > 0;
}

enum verdict
receipt_parse(struct bytes text, struct receipt *out)
{
	struct receipt r = {.index = 0};
	struct bytes rest = text;

	if (text.len > LIMIT_RECEIPT_BYTES)
		return VERDICT_TOO_LARGE;
	if (!bytes_skip(&rest, BYTES("c2sp.org/tlog-proof@v1\n")))
		return VERDICT_MALFORMED;
	if (bytes_skip(&rest, BYTES("extra "))) {
		r.extra = bytes_cut(&rest, '\n');
		if (!is_base64(r.extra))
			return VERDICT_MALFORMED;
	}
	if (!bytes_skip(&rest, BYTES("index ")) ||
		!reader_decimal(bytes_cut(&rest, '\n'), INT64_MAX, &r.index) ||
		!tree_parse_proof(&rest, &r.proof) || rest.len == 0)
		return VERDICT_MALFORMED;
	r.checkpoint = rest;
	*out = r;
	return VERDICT_OK;
}

enum verdict
receipt_check(const struct receipt *r, struct bytes entry,
	const struct policy *p, struct checkpoint *out)
{
	uint8_t leaf[CRYPT_HASH];
	struct checkpoint c;
	struct note note;
	enum verdict v = policy_open(p, r->checkpoint, &note, &c);

	if (v != VERDICT_OK)
		return v;
	tree_leaf_hash(entry, leaf);
	if (!tree_check_inclusion(&c.head, r->index, leaf, &r->proof))
		return VERDICT_BAD_PROOF;
	*out = c;
	return VERDICT_OK;
}
