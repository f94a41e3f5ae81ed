#include "cli/ask.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/record/stamp.h"
#include "ballots/record/text.h"
#include "cli/complain.h"

/* Acts **********************************************************************/

static void
put_act(struct jcs_printer *p, const struct ask_act *act)
{
	jcs_begin_object(p);
	jcs_key(p, "act");
	jcs_base64(p, act->act);
	jcs_key(p, "sig");
	jcs_base64(p, bytes_of(act->sig, CRYPT_SIG));
	if (act->n_texts > 0) {
		jcs_key(p, "texts");
		jcs_begin_array(p);
		for (size_t i = 0; i < act->n_texts; i++) {
			jcs_begin_object(p);
			jcs_key(p, "salt");
			jcs_base64(p,
				bytes_of(act->texts[i].salt, LIMIT_TEXT_SALT));
			jcs_key(p, "text");
			jcs_base64(p, act->texts[i].text);
			jcs_end_object(p);
		}
		jcs_end_array(p);
	}
	jcs_end_object(p);
}

static struct ask_result
read_result(struct wire_value v)
{
	struct ask_result r = {0};

	r.recorded = wire_there(wire_get(v, "index"));
	if (r.recorded) {
		r.index = (uint64_t)wire_int(
			wire_get(v, "index"), 0, LIMIT_JSON_INT);
		r.known = wire_there(wire_get(v, "known"));
		return r;
	}
	r.verdict = wire_string(wire_get(v, "verdict"), 100);
	r.sentence = wire_string(wire_get(v, "sentence"), 900);
	r.hint = wire_string(wire_get(v, "hint"), 390);
	if (wire_there(wire_get(v, "note")))
		r.note = wire_string(wire_get(v, "note"), LIMIT_NOTE_BYTES);
	return r;
}

int
ask_submit(struct contact *c, const struct ask_act *acts, size_t n,
	struct ask_result *results, struct wire **reply)
{
	struct jcs_printer *p = contact_begin(c);
	struct wire_value list;

	jcs_key(p, "acts");
	jcs_begin_array(p);
	for (size_t i = 0; i < n; i++)
		put_act(p, &acts[i]);
	jcs_end_array(p);
	contact_put_word(c, "ask", "submit");
	if (contact_finish(c, NULL, reply) != 0)
		return -1;
	list = wire_get(wire_top(*reply), "results");
	wire_count(list, n, n);
	for (size_t i = 0; i < n; i++)
		results[i] = read_result(wire_at(list, i));
	return contact_believe(c, reply);
}

/* Records *******************************************************************/

int
ask_records(struct contact *c, uint64_t from, size_t count,
	struct writer *bytes, size_t ends[static ASK_RECORDS], size_t *n)
{
	struct wire_value list;
	struct wire *reply;
	size_t got;

	contact_begin(c);
	contact_put_word(c, "ask", "records");
	contact_put_number(c, "count", count);
	contact_put_number(c, "from", from);
	if (contact_finish(c, NULL, &reply) != 0)
		return -1;
	list = wire_get(wire_top(reply), "records");
	got = wire_count(list, 0, count);
	for (size_t i = 0; i < got; i++) {
		writer_put(
			bytes, wire_blob(wire_at(list, i), LIMIT_RECORD_BYTES));
		ends[i] = bytes->len;
	}
	if (contact_check(&reply) != 0)
		return -1;
	wire_free(reply);
	*n = got;
	return 0;
}

static int
show_record(struct bytes record, uint64_t index, ask_saw *each, void *ctx)
{
	struct stamp stamp;
	struct act act;

	if (stamp_decode(record, &stamp) != VERDICT_OK ||
		act_decode(stamp.act, &act) != VERDICT_OK)
		return contact_misread();
	return each(ctx, index, stamp.time_s, &act);
}

int
ask_each_record(
	struct contact *c, uint64_t *at, uint64_t end, ask_saw *each, void *ctx)
{
	size_t ends[ASK_RECORDS], n, start;
	struct writer page = {0};
	int rc = 0;

	while (rc == 0 && *at < end) {
		writer_rewind(&page);
		start = 0;
		rc = ask_records(c, *at, ASK_RECORDS, &page, ends, &n);
		if (rc == 0 && n == 0)
			rc = contact_misread();
		for (size_t i = 0; rc == 0 && i < n && *at < end; i++) {
			rc = show_record(bytes_slice(writer_view(&page), start,
						 ends[i] - start),
				(*at)++, each, ctx);
			start = ends[i];
		}
	}
	writer_clear(&page);
	return rc;
}

int
ask_find(struct contact *c, const uint8_t id[static CRYPT_HASH], bool *found,
	uint64_t *index)
{
	struct wire *reply;

	contact_begin(c);
	contact_put_id(c, "act", id);
	contact_put_word(c, "ask", "find");
	if (contact_finish(c, found, &reply) != 0)
		return -1;
	if (!*found)
		return 0;
	*index = (uint64_t)wire_int(
		wire_get(wire_top(reply), "index"), 0, LIMIT_JSON_INT);
	if (contact_check(&reply) != 0)
		return -1;
	wire_free(reply);
	return 0;
}

int
ask_receipt(struct contact *c, uint64_t index, struct writer *out)
{
	struct wire *reply;

	contact_begin(c);
	contact_put_word(c, "ask", "receipt");
	contact_put_number(c, "index", index);
	if (contact_finish(c, NULL, &reply) != 0)
		return -1;
	writer_put(out, wire_string(wire_get(wire_top(reply), "receipt"),
				LIMIT_RECEIPT_BYTES));
	if (contact_check(&reply) != 0)
		return -1;
	wire_free(reply);
	return 0;
}

int
ask_record(struct contact *c, uint64_t index, struct ask_record *out)
{
	size_t ends[ASK_RECORDS], n;
	struct stamp stamp;

	*out = (struct ask_record){.index = index};
	if (ask_records(c, index, 1, &out->bytes, ends, &n) != 0)
		goto failed;
	if (n != 1 ||
		stamp_decode(writer_view(&out->bytes), &stamp) != VERDICT_OK ||
		act_decode(stamp.act, &out->act) != VERDICT_OK) {
		contact_misread();
		goto failed;
	}
	out->time_s = stamp.time_s;
	memcpy(out->sig, stamp.sig, CRYPT_SIG);
	return 0;

failed:
	ask_clear(out);
	return -1;
}

int
ask_act(struct contact *c, const uint8_t id[static CRYPT_HASH], bool *found,
	struct ask_record *out)
{
	uint64_t index = 0;

	*out = (struct ask_record){0};
	if (ask_find(c, id, found, &index) != 0)
		return -1;
	if (!*found)
		return 0;
	if (ask_record(c, index, out) != 0)
		return -1;
	if (memcmp(out->act.id, id, CRYPT_HASH) == 0)
		return 0;
	ask_clear(out);
	return contact_misread();
}

void
ask_clear(struct ask_record *r)
{
	writer_clear(&r->bytes);
	*r = (struct ask_record){0};
}

int
ask_text(struct contact *c, const uint8_t hash[static CRYPT_HASH], bool *found,
	uint8_t salt[static LIMIT_TEXT_SALT], struct writer *text)
{
	uint8_t same[CRYPT_HASH];
	struct wire *reply;
	struct bytes words;

	contact_begin(c);
	contact_put_word(c, "ask", "text");
	contact_put_id(c, "hash", hash);
	if (contact_finish(c, found, &reply) != 0)
		return -1;
	if (!*found)
		return 0;
	wire_base64(wire_get(wire_top(reply), "salt"), salt, LIMIT_TEXT_SALT);
	words = wire_blob(wire_get(wire_top(reply), "text"), LIMIT_TEXT_BYTES);
	if (contact_check(&reply) != 0)
		return -1;
	text_hash(salt, words, same);
	*found = memcmp(same, hash, CRYPT_HASH) == 0;
	if (*found)
		writer_put(text, words);
	wire_free(reply);
	return *found ? 0
		      : complain_cannot("",
				"The daemon gave another text than the "
				"one that was signed.");
}

int
ask_document(struct contact *c, const uint8_t id[static CRYPT_HASH],
	bool *found, struct writer *out)
{
	struct bytes parts[] = {BYTES("union-question/v1\n"), {0}};
	uint8_t same[CRYPT_HASH];
	struct wire *reply;
	int rc = 0;

	contact_begin(c);
	contact_put_word(c, "ask", "document");
	contact_put_id(c, "id", id);
	if (contact_finish(c, found, &reply) != 0)
		return -1;
	if (!*found)
		return 0;
	parts[1] = wire_blob(
		wire_get(wire_top(reply), "document"), LIMIT_RECORD_BYTES);
	if (contact_check(&reply) != 0)
		return -1;
	crypt_hash_parts(parts, 2, same);
	if (memcmp(same, id, CRYPT_HASH) == 0)
		writer_put(out, parts[1]);
	else
		rc = complain_cannot("Keep this, and tell an auditor.",
			"The daemon shows another question than the one it "
			"names.");
	wire_free(reply);
	return rc;
}

int
ask_status(struct contact *c, const uint8_t mandate[static CRYPT_HASH],
	struct writer *out)
{
	struct wire *reply;
	struct bytes note;

	contact_begin(c);
	contact_put_word(c, "ask", "status");
	contact_put_id(c, "id", mandate);
	if (contact_finish(c, NULL, &reply) != 0 ||
		contact_believe(c, &reply) != 0)
		return -1;
	note = wire_string(
		wire_get(wire_top(reply), "status"), LIMIT_NOTE_BYTES);
	if (contact_check(&reply) != 0)
		return -1;
	writer_put(out, note);
	wire_free(reply);
	return 0;
}

int
ask_inclusion(struct contact *c, uint64_t index, uint64_t size,
	struct tree_proof *out)
{
	struct wire *reply;

	contact_begin(c);
	contact_put_word(c, "ask", "inclusion");
	contact_put_number(c, "index", index);
	contact_put_seen(c);
	contact_put_number(c, "size", size);
	if (contact_talk(c, SESSION_ANSWER_MS, NULL, &reply) != 0)
		return -1;
	contact_read_proof(wire_get(wire_top(reply), "proof"), out);
	if (contact_check(&reply) != 0)
		return -1;
	wire_free(reply);
	return 0;
}

/* Lists *********************************************************************/

int
ask_list(struct contact *c, const char *of, uint64_t from, uint64_t count,
	struct wire **out)
{
	contact_begin(c);
	contact_put_word(c, "ask", "list");
	contact_put_number(c, "count", count);
	contact_put_number(c, "from", from);
	contact_put_word(c, "of", of);
	return contact_finish(c, NULL, out);
}

/* Pages end early, and leave out what is over: each begins behind the last
 * number seen. */
static int
walk_page(struct contact *c, const char *of, uint64_t *from, ask_entry *each,
	void *ctx)
{
	struct wire_value items;
	struct wire *page;
	uint64_t total, next;
	size_t n;
	int rc = 0;

	if (ask_list(c, of, *from, ASK_ITEMS, &page) != 0)
		return -1;
	items = wire_get(wire_top(page), "items");
	n = wire_count(items, 0, ASK_ITEMS);
	total = (uint64_t)wire_int(
		wire_get(wire_top(page), "total"), 0, LIMIT_JSON_INT);
	next = n == 0 ? total : *from;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		struct wire_value entry = wire_at(items, i);

		next = 1 + (uint64_t)wire_int(wire_get(entry, "number"),
				   (int64_t)next, LIMIT_JSON_INT);
		rc = each(ctx, entry);
	}
	if (rc >= 0 && contact_check(&page) != 0)
		rc = -1;
	wire_free(page);
	*from = next < total ? next : UINT64_MAX;
	return rc;
}

int
ask_each(struct contact *c, const char *of, ask_entry *each, void *ctx)
{
	uint64_t from = 0;
	int rc = 0;

	while (rc == 0 && from != UINT64_MAX)
		rc = walk_page(c, of, &from, each, ctx);
	return rc;
}

int
ask_get(struct contact *c, const char *of, uint64_t number, bool *found,
	struct wire **out)
{
	contact_begin(c);
	contact_put_word(c, "ask", "get");
	contact_put_number(c, "number", number);
	contact_put_word(c, "of", of);
	return contact_finish(c, found, out);
}

int
ask_get_id(struct contact *c, const char *of,
	const uint8_t id[static CRYPT_HASH], const uint8_t *member, bool *found,
	struct wire **out)
{
	contact_begin(c);
	contact_put_word(c, "ask", "get");
	contact_put_id(c, "id", id);
	if (member != NULL)
		contact_put_id(c, "member", member);
	contact_put_word(c, "of", of);
	return contact_finish(c, found, out);
}

int
ask_resolve(struct contact *c, struct bytes prefix, struct wire **out)
{
	struct jcs_printer *p = contact_begin(c);

	contact_put_word(c, "ask", "resolve");
	jcs_key(p, "prefix");
	jcs_string(p, prefix);
	return contact_finish(c, NULL, out);
}

/* Time **********************************************************************/

int
ask_watch(struct contact *c, uint64_t after, uint64_t *size)
{
	struct wire *reply;

	contact_begin(c);
	contact_put_number(c, "after", after);
	contact_put_word(c, "ask", "watch");
	contact_put_seen(c);
	if (contact_talk(c, SESSION_FOLLOW_MS, NULL, &reply) != 0)
		return -1;
	*size = (uint64_t)wire_int(
		wire_get(wire_top(reply), "size"), 0, LIMIT_JSON_INT);
	if (contact_believe(c, &reply) != 0)
		return -1;
	wire_free(reply);
	return 0;
}

int
ask_state(struct contact *c, struct writer *digest, uint64_t *size)
{
	struct wire *reply;

	contact_begin(c);
	contact_put_word(c, "ask", "state");
	if (contact_finish(c, NULL, &reply) != 0)
		return -1;
	writer_put(digest, wire_string(wire_get(wire_top(reply), "digest"),
				   CODING_HEX_32));
	*size = (uint64_t)wire_int(
		wire_get(wire_top(reply), "size"), 0, LIMIT_JSON_INT);
	if (contact_check(&reply) != 0)
		return -1;
	wire_free(reply);
	return 0;
}

int
ask_advance(struct contact *c, uint64_t to_s)
{
	struct wire *reply;

	contact_begin(c);
	contact_put_word(c, "ask", "advance");
	contact_put_seen(c);
	contact_put_number(c, "to", to_s);
	if (contact_talk(c, 10 * SESSION_ANSWER_MS, NULL, &reply) != 0)
		return -1;
	wire_free(reply);
	return contact_again(c);
}
