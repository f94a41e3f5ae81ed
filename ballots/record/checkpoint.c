#include "ballots/record/checkpoint.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/reader.h"

void
checkpoint_print(
	struct bytes origin, const struct tree_head *head, struct writer *w)
{
	writer_put(w, origin);
	writer_put_u8(w, '\n');
	writer_put_decimal(w, head->size);
	writer_put_u8(w, '\n');
	coding_put_base64(w, bytes_of(head->root, CRYPT_HASH));
	writer_put_u8(w, '\n');
}

enum verdict
checkpoint_parse(struct bytes text, struct checkpoint *out)
{
	struct bytes rest = text, size, root;
	struct checkpoint c;

	c.origin = bytes_cut(&rest, '\n');
	size = bytes_cut(&rest, '\n');
	root = bytes_slice(rest, 0, CODING_BASE64_32);
	if (c.origin.len == 0 ||
		!reader_decimal(size, INT64_MAX, &c.head.size) ||
		!coding_read_base64(root, c.head.root, CRYPT_HASH) ||
		!bytes_skip(&rest, root) || !bytes_equal(rest, BYTES("\n")))
		return VERDICT_MALFORMED;
	*out = c;
	return VERDICT_OK;
}

void
checkpoint_sign(const struct tree_head *head, const struct note_key *key,
	const uint8_t secret[static CRYPT_SECRET], struct writer *w)
{
	struct writer text = {0};

	checkpoint_print(bytes_of_string(key->name), head, &text);
	note_begin(writer_view(&text), w);
	note_sign(writer_view(&text), key, secret, 0, w);
	writer_clear(&text);
}

enum verdict
checkpoint_open(struct bytes in, const struct note_key *keys, size_t n_keys,
	struct note *note, struct checkpoint *out)
{
	struct note opened;
	enum verdict v = note_open(in, keys, n_keys, &opened);

	if (v == VERDICT_OK)
		v = checkpoint_parse(opened.text, out);
	if (v == VERDICT_OK)
		*note = opened;
	return v;
}

enum checkpoint_order
checkpoint_compare(const struct checkpoint *a, const struct checkpoint *b)
{
	if (!bytes_equal(a->origin, b->origin))
		return CHECKPOINT_OTHER;
	if (a->head.size != b->head.size)
		return a->head.size > b->head.size ? CHECKPOINT_AHEAD
						   : CHECKPOINT_BEHIND;
	return memcmp(a->head.root, b->head.root, CRYPT_HASH) == 0
		       ? CHECKPOINT_SAME
		       : CHECKPOINT_FORK;
}
