#include "ballots/record/witness.h"

#include "ballots/base/reader.h"

void
witness_print(const struct witness_request *request, struct writer *w)
{
	writer_put(w, BYTES("old "));
	writer_put_decimal(w, request->old_size);
	writer_put_u8(w, '\n');
	tree_print_proof(&request->proof, w);
	writer_put_u8(w, '\n');
	writer_put(w, request->checkpoint);
}

enum verdict
witness_parse(struct bytes text, struct witness_request *out)
{
	struct witness_request request;
	struct bytes rest = text;

	if (!bytes_skip(&rest, BYTES("old ")) ||
		!reader_decimal(
			bytes_cut(&rest, '\n'), INT64_MAX, &request.old_size) ||
		!tree_parse_proof(&rest, &request.proof) || rest.len == 0)
		return VERDICT_MALFORMED;
	request.checkpoint = rest;
	*out = request;
	return VERDICT_OK;
}

static bool
continues(const struct tree_head *last, const struct tree_head *now,
	const struct tree_proof *proof)
{
	struct tree_head old = *last;

	if (old.size == 0)
		crypt_hash(BYTES(""), old.root);
	return tree_check_consistency(&old, now, proof);
}

enum witness_status
witness_judge(const struct witness_request *request, const struct note_key *log,
	const struct tree_head *last, struct checkpoint *out)
{
	struct checkpoint c;
	struct note note;

	if (note_parse(request->checkpoint, &note) != VERDICT_OK)
		return WITNESS_FORBIDDEN;
	if (checkpoint_parse(note.text, &c) != VERDICT_OK)
		return WITNESS_BAD_REQUEST;
	if (!bytes_equal(c.origin, bytes_of_string(log->name)))
		return WITNESS_UNKNOWN;
	if (note_open(request->checkpoint, log, 1, &note) != VERDICT_OK)
		return WITNESS_FORBIDDEN;
	if (request->old_size > c.head.size)
		return WITNESS_BAD_REQUEST;
	if (request->old_size != last->size)
		return WITNESS_CONFLICT;
	if (!continues(last, &c.head, &request->proof))
		return WITNESS_BAD_PROOF;
	*out = c;
	return WITNESS_OK;
}
