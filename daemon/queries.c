#include "daemon/queries.h"

#include "ballots/assembly/world.h"
#include "ballots/base/coding.h"
#include "ballots/record/receipt.h"

enum { PROTOCOL = 1, RULES = 1 };

static uint64_t
size_of(const struct clerk *c)
{
	return assembly_head(clerk_assembly(c)).size;
}

static void
print_string(struct jcs_printer *p, const char *name, struct bytes value)
{
	jcs_key(p, name);
	jcs_string(p, value);
}

static void
print_int(struct jcs_printer *p, const char *name, uint64_t value)
{
	jcs_key(p, name);
	jcs_int(p, (int64_t)value);
}

static void
print_base64(struct jcs_printer *p, const char *name, struct bytes value)
{
	jcs_key(p, name);
	jcs_base64(p, value);
}

void
queries_print_checkpoint(const struct clerk *c, struct jcs_printer *p)
{
	print_string(p, "checkpoint", clerk_checkpoint(c));
}

void
queries_print_size(const struct clerk *c, struct jcs_printer *p)
{
	print_int(p, "size", size_of(c));
}

enum verdict
queries_about(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	const struct world *w = assembly_world(clerk_assembly(c));
	struct writer vkey = {0};

	(void)in;
	note_print_key(clerk_key(c), &vkey);
	queries_print_checkpoint(c, p);
	print_int(p, "members", w->roster.n - w->roster.n_left);
	print_string(p, "name", bytes_of_string(w->name));
	print_int(p, "now", clerk_now_s(c));
	print_string(p, "origin", bytes_of_string(w->log));
	print_int(p, "protocol", PROTOCOL);
	jcs_key(p, "rehearsal");
	jcs_bool(p, w->rehearsal);
	print_int(p, "rules", RULES);
	queries_print_size(c, p);
	print_int(p, "time", w->time_s);
	jcs_key(p, "union");
	jcs_id(p, w->id);
	print_string(p, "vkey", writer_view(&vkey));
	writer_clear(&vkey);
	return VERDICT_OK;
}

enum verdict
queries_checkpoint(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	(void)in;
	queries_print_checkpoint(c, p);
	return VERDICT_OK;
}

/* Pages of records. */
struct page {
	struct jcs_printer *printer;
	uint64_t left;
	size_t bytes;
};

static bool
print_record(void *ctx, uint64_t index, struct bytes record)
{
	struct page *page = ctx;

	(void)index;
	if (page->bytes > 0 && page->bytes + record.len > LIMIT_PAGE_BYTES)
		return false;
	jcs_base64(page->printer, record);
	page->bytes += record.len;
	return --page->left > 0;
}

enum verdict
queries_records(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	struct wire_value count = wire_get(in, "count");
	uint64_t from =
		(uint64_t)wire_int(wire_get(in, "from"), 0, LIMIT_JSON_INT);
	struct page page = {.printer = p, .left = LIMIT_PAGE_RECORDS};
	int rc;

	if (wire_there(count))
		page.left = (uint64_t)wire_int(count, 1, LIMIT_PAGE_RECORDS);
	if (!wire_good(in.message))
		return VERDICT_MALFORMED;
	print_int(p, "from", from);
	jcs_key(p, "records");
	jcs_begin_array(p);
	rc = store_read(
		clerk_store(c), from, LIMIT_PAGE_BYTES, print_record, &page);
	jcs_end_array(p);
	queries_print_size(c, p);
	return rc == 0 ? VERDICT_OK : VERDICT_BUSY;
}

enum verdict
queries_find(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	uint8_t id[CRYPT_HASH];
	uint64_t index;

	wire_id(wire_get(in, "act"), id);
	if (!wire_good(in.message))
		return VERDICT_MALFORMED;
	if (store_find(clerk_store(c), id, &index) != 0)
		return VERDICT_BUSY;
	if (index == STORE_NONE)
		return VERDICT_UNKNOWN_SUBJECT;
	print_int(p, "index", index);
	return VERDICT_OK;
}

enum verdict
queries_receipt(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	struct wire_value wanted = wire_get(in, "size");
	uint64_t size = size_of(c), least = 0;
	struct receipt r = {.checkpoint = clerk_checkpoint(c)};
	struct writer w = {0};

	r.index = (uint64_t)wire_int(wire_get(in, "index"), 0, LIMIT_JSON_INT);
	if (wire_there(wanted))
		least = (uint64_t)wire_int(wanted, 0, LIMIT_JSON_INT);
	if (!wire_good(in.message))
		return VERDICT_MALFORMED;
	if (r.index >= size || least > size)
		return VERDICT_UNKNOWN_SUBJECT;
	if (!prover_inclusion(clerk_prover(c), r.index, size, &r.proof))
		return VERDICT_BUSY;
	receipt_print(&r, &w);
	print_string(p, "receipt", writer_view(&w));
	writer_clear(&w);
	return VERDICT_OK;
}

static void
print_proof(struct jcs_printer *p, const struct tree_proof *proof)
{
	jcs_key(p, "proof");
	jcs_begin_array(p);
	for (size_t i = 0; i < proof->n; i++)
		jcs_base64(p, bytes_of(proof->hash[i], CRYPT_HASH));
	jcs_end_array(p);
}

enum verdict
queries_consistency(
	struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	uint64_t old =
		(uint64_t)wire_int(wire_get(in, "old"), 0, LIMIT_JSON_INT);
	struct tree_proof proof;

	if (!wire_good(in.message))
		return VERDICT_MALFORMED;
	if (old > size_of(c))
		return VERDICT_UNKNOWN_SUBJECT;
	if (!prover_consistency(clerk_prover(c), old, size_of(c), &proof))
		return VERDICT_BUSY;
	queries_print_checkpoint(c, p);
	print_proof(p, &proof);
	return VERDICT_OK;
}

/* For checkpoints that are older, such as those that witnesses signed. */
enum verdict
queries_inclusion(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	uint64_t index =
		(uint64_t)wire_int(wire_get(in, "index"), 0, LIMIT_JSON_INT);
	uint64_t size =
		(uint64_t)wire_int(wire_get(in, "size"), 0, LIMIT_JSON_INT);
	struct tree_proof proof;

	if (!wire_good(in.message))
		return VERDICT_MALFORMED;
	if (index >= size || size > size_of(c))
		return VERDICT_UNKNOWN_SUBJECT;
	if (!prover_inclusion(clerk_prover(c), index, size, &proof))
		return VERDICT_BUSY;
	print_proof(p, &proof);
	return VERDICT_OK;
}

enum verdict
queries_text(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	struct writer file = {0};
	uint8_t hash[CRYPT_HASH];
	enum texts_state state;

	wire_id(wire_get(in, "hash"), hash);
	if (!wire_good(in.message))
		return VERDICT_MALFORMED;
	state = texts_copy(clerk_texts(c), hash, &file);
	if (state == TEXTS_HERE) {
		struct bytes all = writer_view(&file);

		print_base64(p, "salt", bytes_slice(all, 0, LIMIT_TEXT_SALT));
		print_base64(
			p, "text", bytes_slice(all, LIMIT_TEXT_SALT, all.len));
	}
	writer_clear(&file);
	return state == TEXTS_HERE ? VERDICT_OK : VERDICT_UNKNOWN_SUBJECT;
}

/* What was asked in a question, whether or not it is over. */
enum verdict
queries_document(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	const struct world *w = assembly_world(clerk_assembly(c));
	struct writer document = {0};
	uint8_t id[CRYPT_HASH];
	uint32_t number;

	wire_id(wire_get(in, "id"), id);
	if (!wire_good(in.message))
		return VERDICT_MALFORMED;
	number = idmap_get(&w->question_ids, id);
	if (number == IDMAP_NONE)
		return VERDICT_UNKNOWN_SUBJECT;
	world_document(w, number, &document);
	print_base64(p, "document", writer_view(&document));
	jcs_key(p, "open");
	jcs_bool(p, w->questions[number] != NULL);
	writer_clear(&document);
	return VERDICT_OK;
}

enum verdict
queries_state(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	uint8_t digest[CRYPT_HASH];

	(void)in;
	clerk_digest(c, digest);
	jcs_key(p, "digest");
	jcs_id(p, digest);
	queries_print_size(c, p);
	return VERDICT_OK;
}

enum verdict
queries_status(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	struct writer note = {0};
	uint8_t id[CRYPT_HASH];
	enum verdict v;

	wire_id(wire_get(in, "id"), id);
	if (!wire_good(in.message))
		return VERDICT_MALFORMED;
	v = clerk_state(c, id, &note);
	if (v == VERDICT_OK) {
		queries_print_checkpoint(c, p);
		print_string(p, "status", writer_view(&note));
	}
	writer_clear(&note);
	return v;
}

enum verdict
queries_watch(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	(void)in;
	queries_print_checkpoint(c, p);
	queries_print_size(c, p);
	return VERDICT_OK;
}
