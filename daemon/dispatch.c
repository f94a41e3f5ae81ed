#include "daemon/dispatch.h"

#include <assert.h>

#include "ballots/base/mem.h"
#include "daemon/items.h"
#include "daemon/queries.h"

enum { TEXTS_MAX = 512 }; /* more than an act can name */

struct dispatch_row {
	const char *ask;
	const char *members; /* that the request may have */
	queries_fn *answer;
	bool waits; /* until there is something new */
	/* For what changes something; answer tells what came of it. */
	int (*decide)(struct clerk *c, struct dispatch_job *job);
};

static int decide_submit(struct clerk *c, struct dispatch_job *job);
static int decide_advance(struct clerk *c, struct dispatch_job *job);
static queries_fn answer_advance;

/* Every request; specs/protocol.md prints the same table. */
/* clang-format off */
static const struct dispatch_row rows[] = {
	{"about", "ask seen", queries_about, false, NULL},
	{"submit", "ask seen acts", NULL, false, decide_submit},
	{"checkpoint", "ask seen", queries_checkpoint, false, NULL},
	{"records", "ask seen from count", queries_records, false, NULL},
	{"find", "ask seen act", queries_find, false, NULL},
	{"receipt", "ask seen index size", queries_receipt, false, NULL},
	{"inclusion", "ask seen index size", queries_inclusion, false, NULL},
	{"consistency", "ask seen old", queries_consistency, false, NULL},
	{"text", "ask seen hash", queries_text, false, NULL},
	{"document", "ask seen id", queries_document, false, NULL},
	{"status", "ask seen id", queries_status, false, NULL},
	{"watch", "ask seen after", queries_watch, true, NULL},
	{"list", "ask seen of from count", items_list, false, NULL},
	{"get", "ask seen of id number member", items_get, false, NULL},
	{"resolve", "ask seen prefix", items_resolve, false, NULL},
	{"state", "ask seen", queries_state, false, NULL},
	{"advance", "ask seen to", answer_advance, false, decide_advance},
};
/* clang-format on */

enum { N_ROWS = sizeof(rows) / sizeof(rows[0]) };

static const struct dispatch_row *
row_of(struct bytes name)
{
	for (size_t i = 0; i < N_ROWS; i++)
		if (bytes_equal(name, bytes_of_string(rows[i].ask)))
			return &rows[i];
	return NULL;
}

/* Taking apart **************************************************************/

static void
read_texts(struct wire_value list, struct clerk_act *act)
{
	act->n_texts = wire_count(list, 0, TEXTS_MAX);
	act->texts = mem_new_array(act->n_texts, sizeof(*act->texts));
	for (size_t i = 0; i < act->n_texts; i++) {
		struct wire_value one = wire_at(list, i);
		struct enclosure *t = &act->texts[i];

		t->salt = wire_blob(wire_get(one, "salt"), LIMIT_TEXT_SALT);
		t->text = wire_blob(wire_get(one, "text"), LIMIT_TEXT_BYTES);
		if (t->salt.len != LIMIT_TEXT_SALT)
			wire_refuse(one);
		wire_only(one, "salt text");
	}
}

static void
read_acts(struct wire_value list, struct dispatch_job *job)
{
	job->n_acts = wire_count(list, 1, LIMIT_SUBMIT_ACTS);
	job->acts = mem_new_array(job->n_acts, sizeof(*job->acts));
	for (size_t i = 0; i < job->n_acts; i++) {
		struct wire_value one = wire_at(list, i);
		struct wire_value texts = wire_get(one, "texts");
		struct clerk_act *act = &job->acts[i];

		/* What is too large is refused by name when it is judged. */
		act->bytes =
			wire_blob(wire_get(one, "act"), LIMIT_REQUEST_BYTES);
		wire_base64(wire_get(one, "sig"), act->sig, CRYPT_SIG);
		if (wire_there(texts))
			read_texts(texts, act);
		wire_only(one, "act sig texts");
	}
}

static enum verdict
read_message(struct dispatch_job *job)
{
	enum verdict v = wire_read(
		job->request.body, LIMIT_REQUEST_BYTES, &job->message);
	struct wire_value top;

	if (v != VERDICT_OK)
		return v;
	top = wire_top(job->message);
	job->row = row_of(wire_string(wire_get(top, "ask"), LIMIT_NAME_BYTES));
	if (!wire_good(job->message))
		return VERDICT_MALFORMED;
	if (job->row == NULL)
		return VERDICT_UNKNOWN_REQUEST;
	wire_only(top, job->row->members);
	if (job->row->decide == decide_submit)
		read_acts(wire_get(top, "acts"), job);
	return wire_good(job->message) ? VERDICT_OK : VERDICT_MALFORMED;
}

static void
drop_acts(struct dispatch_job *job)
{
	for (size_t i = 0; i < job->n_acts; i++) {
		clerk_drop(&job->acts[i]);
		mem_free(job->acts[i].texts);
	}
	mem_free(job->acts);
	job->acts = NULL;
	job->n_acts = 0;
}

void
dispatch_read(struct dispatch_job *job)
{
	*job = (struct dispatch_job){.request = job->request};
	job->verdict = read_message(job);
	if (job->verdict != VERDICT_OK)
		drop_acts(job);
}

void
dispatch_drop(struct dispatch_job *job)
{
	drop_acts(job);
	wire_free(job->message);
	job->message = NULL;
}

/* Replying ******************************************************************/

/* The members of a reply, and behind them that it is done. */
static enum verdict
print_reply(struct clerk *c, const struct dispatch_job *job, queries_fn *answer,
	struct writer *reply)
{
	struct jcs_printer p = jcs_printer_of(reply);
	enum verdict v = job->verdict;

	if (v == VERDICT_OK) {
		jcs_begin_object(&p);
		v = answer(c, wire_top(job->message), &p);
	}
	if (v != VERDICT_OK) {
		writer_rewind(reply);
		wire_put_refusal(reply, v);
		return v;
	}
	jcs_end_object(&p);
	reply->len--;
	writer_put_string(reply, ",\"ok\":true}");
	return v;
}

static void
reply_with(struct clerk *c, struct endpoint *ep, struct dispatch_job *job,
	queries_fn *answer)
{
	struct writer reply = {0};

	print_reply(c, job, answer, &reply);
	endpoint_reply(ep, &job->request, writer_view(&reply));
	writer_clear(&reply);
	dispatch_drop(job);
}

/* Hold one that waits; false when there is something to say. */
static bool
hold(struct clerk *c, struct endpoint *ep, struct dispatch_job *job)
{
	struct wire_value after = wire_get(wire_top(job->message), "after");
	int64_t seen = wire_int(after, 0, LIMIT_JSON_INT);

	if (!wire_good(job->message)) {
		job->verdict = VERDICT_MALFORMED;
		return false;
	}
	if (assembly_head(clerk_assembly(c)).size > (uint64_t)seen ||
		!endpoint_hold(ep, &job->request, ENDPOINT_HOLD_MS))
		return false;
	dispatch_drop(job);
	return true;
}

static void
look_at_seen(struct clerk *c, struct dispatch_job *job)
{
	struct wire_value seen = wire_get(wire_top(job->message), "seen");
	struct bytes note;

	if (!wire_there(seen))
		return;
	note = wire_string(seen, LIMIT_NOTE_BYTES);
	job->verdict = wire_good(job->message) ? clerk_see(c, note)
					       : VERDICT_MALFORMED;
}

bool
dispatch_ask(struct clerk *c, struct endpoint *ep, struct dispatch_job *job)
{
	if (job->verdict == VERDICT_OK)
		look_at_seen(c, job);
	if (job->verdict == VERDICT_OK) {
		if (job->row->decide != NULL)
			return false;
		if (job->row->waits && hold(c, ep, job))
			return true;
	}
	reply_with(c, ep, job, job->row != NULL ? job->row->answer : NULL);
	return true;
}

/* What changes something ****************************************************/

static int
decide_submit(struct clerk *c, struct dispatch_job *job)
{
	for (size_t i = 0; i < job->n_acts; i++)
		if (clerk_take(c, &job->acts[i]) != 0)
			return -1;
	return 0;
}

static int
decide_advance(struct clerk *c, struct dispatch_job *job)
{
	struct wire_value to = wire_get(wire_top(job->message), "to");
	int64_t to_s = wire_int(to, 0, LIMIT_JSON_INT);

	if (!wire_good(job->message)) {
		job->verdict = VERDICT_MALFORMED;
		return 0;
	}
	return clerk_advance(c, (uint64_t)to_s, &job->verdict);
}

int
dispatch_decide(struct clerk *c, struct dispatch_job *job)
{
	return job->row->decide(c, job);
}

static enum verdict
answer_advance(struct clerk *c, struct wire_value in, struct jcs_printer *p)
{
	(void)in;
	jcs_key(p, "now");
	jcs_int(p, (int64_t)clerk_now_s(c));
	queries_print_size(c, p);
	return VERDICT_OK;
}

static void
print_result(const struct clerk_act *act, struct jcs_printer *p)
{
	jcs_begin_object(p);
	if (act->verdict == VERDICT_OK) {
		jcs_key(p, "index");
		jcs_int(p, (int64_t)act->index);
		if (act->known) {
			jcs_key(p, "known");
			jcs_bool(p, true);
		}
	} else {
		wire_print_hint(p, act->verdict);
		jcs_key(p, "note");
		jcs_string(p, writer_view(&act->note));
		wire_print_verdict(p, act->verdict);
	}
	jcs_end_object(p);
}

/* The acts stand in the job, not in the message. */
static void
answer_submit(struct clerk *c, struct endpoint *ep, struct dispatch_job *job)
{
	struct writer reply = {0};
	struct jcs_printer p = jcs_printer_of(&reply);

	jcs_begin_object(&p);
	queries_print_checkpoint(c, &p);
	jcs_key(&p, "ok");
	jcs_bool(&p, true);
	jcs_key(&p, "results");
	jcs_begin_array(&p);
	for (size_t i = 0; i < job->n_acts; i++)
		print_result(&job->acts[i], &p);
	jcs_end_array(&p);
	jcs_end_object(&p);
	endpoint_reply(ep, &job->request, writer_view(&reply));
	writer_clear(&reply);
	dispatch_drop(job);
}

void
dispatch_answer(struct clerk *c, struct endpoint *ep, struct dispatch_job *job)
{
	if (job->row->decide == decide_submit)
		answer_submit(c, ep, job);
	else
		reply_with(c, ep, job, job->row->answer);
}
