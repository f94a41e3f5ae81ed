#include "cli/cmd_mirror.h"

#include <inttypes.h>

#include "ballots/base/mem.h"
#include "ballots/machine/publication.h"
#include "ballots/machine/texts.h"
#include "ballots/record/policy.h"
#include "ballots/record/stamp.h"
#include "ballots/record/text.h"
#include "cli/ask.h"
#include "cli/complain.h"

struct mirror {
	struct contact *contact;
	struct publication *copy;
	struct texts *texts;
	uint64_t fetched, missing; /* texts */
};

/* A text is kept before the record that names it. */
static int
fetch_text(struct mirror *m, const uint8_t hash[static CRYPT_HASH])
{
	uint8_t salt[LIMIT_TEXT_SALT];
	struct writer text = {0};
	bool found;
	int rc = ask_text(m->contact, hash, &found, salt, &text);

	if (rc == 0 && found) {
		m->fetched++;
		rc = texts_put(m->texts, hash, salt, writer_view(&text));
	} else if (rc == 0) {
		m->missing++;
	}
	writer_clear(&text);
	return rc;
}

/* Records are copied as they are; whether they stand is for a replay. */
static int
copy_record(struct mirror *m, struct bytes record)
{
	struct stamp stamp;
	struct act *act = mem_new(sizeof(*act));
	uint8_t hash[CRYPT_HASH];
	int rc = 0;

	if (stamp_decode(record, &stamp) == VERDICT_OK &&
		act_decode(stamp.act, act) == VERDICT_OK) {
		if (act->kind == ACT_TEXT_ERASE)
			rc = texts_erase(m->texts, act_hash(act, ACT_HAS_ON));
		while (rc == 0 && text_next(&stamp.act, hash))
			rc = fetch_text(m, hash);
	}
	mem_free(act);
	return rc == 0 ? publication_add(m->copy, record) : rc;
}

static int
copy_page(struct mirror *m, uint64_t until, struct writer *bytes)
{
	uint64_t from = publication_written(m->copy);
	size_t ends[ASK_RECORDS], n, start = 0;
	int rc;

	n = until - from < ASK_RECORDS ? (size_t)(until - from) : ASK_RECORDS;
	rc = ask_records(m->contact, from, n, bytes, ends, &n);
	if (rc == 0 && n == 0)
		return contact_misread();
	for (size_t i = 0; rc == 0 && i < n; start = ends[i++])
		rc = copy_record(
			m, bytes_of(bytes->data + start, ends[i] - start));
	return rc;
}

static int
finish(struct mirror *m, struct bytes note)
{
	struct policy *policy = mem_new(sizeof(*policy));
	struct writer text = {0};
	int rc;

	policy_of_log(contact_key(m->contact), policy);
	policy_print(policy, &text);
	rc = publication_finish(m->copy, note, writer_view(&text));
	writer_clear(&text);
	mem_free(policy);
	return rc;
}

static int
mirror(struct mirror *m, struct output *out, const char *dir)
{
	struct tree_head head;
	struct writer note = {0}, bytes = {0};
	uint64_t begun = publication_written(m->copy);
	int rc = 0;

	writer_put(&note, contact_checkpoint(m->contact, &head));
	if (begun > head.size)
		rc = complain_no("Mirror into another directory.",
			"%s holds more records than the daemon has.", dir);
	while (rc == 0 && publication_written(m->copy) < head.size) {
		output_progress(
			"copying", publication_written(m->copy), head.size);
		writer_rewind(&bytes);
		rc = copy_page(m, head.size, &bytes);
	}
	output_progress("copying", 1, 1);
	if (rc == 0)
		rc = finish(m, writer_view(&note));
	writer_clear(&note);
	writer_clear(&bytes);
	if (rc != 0)
		return rc;
	output_line(out, "%" PRIu64 " records in %s, %" PRIu64 " of them new.",
		head.size, dir, head.size - begun);
	output_give_number(out, "size", head.size);
	output_give_number(out, "new", head.size - begun);
	if (m->missing > 0)
		output_line(out, "%" PRIu64 " texts are missing there.",
			m->missing);
	output_give_number(out, "texts_missing", m->missing);
	output_next(out, "union replay %s", dir);
	return 0;
}

int
cmd_mirror_ledger(const struct call *call)
{
	const char *dir = options_operand(&call->options, "DIR");
	struct mirror m = {0};
	struct session *session;
	struct home home;
	int rc = -1;

	if (call_home(call, &home) != 0)
		return -1;
	session = call_session(call, &home);
	if (session != NULL)
		m.contact = contact_open(session, &home);
	if (m.contact != NULL && (m.copy = publication_begin(dir)) != NULL &&
		(m.texts = texts_open(dir)) != NULL)
		rc = mirror(&m, call->out, dir);
	texts_close(m.texts);
	publication_close(m.copy);
	contact_close(m.contact);
	home_close(&home);
	return rc;
}
