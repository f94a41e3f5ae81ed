#include "cli/assay.h"

#include <jansson.h>
#include <string.h>

#include "ballots/base/utf8.h"
#include "ballots/machine/clock.h"
#include "ballots/machine/files.h"
#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"
#include "ballots/record/utc.h"
#include "ballots/record/verify.h"
#include "cli/checklist.h"
#include "cli/complain.h"
#include "cli/desk.h"
#include "cli/envoy.h"
#include "cli/exchange.h"
#include "cli/practice.h"
#include "cli/proof.h"
#include "cli/vouched.h"
#include "cli/when.h"

const struct option assay_options[] = {
	{"trust", 0, false, "FILE",
		"whom to believe: log, witness, quorum, credential and fresh "
		"lines (preset: the ledger key kept here)"},
	{"record", 0, false, "FILE",
		"the record itself, for receipts that do not hold it"},
	{"at", 0, false, "TIME", "as of another time than now"},
	{0},
};

const struct option assay_shown_options[] = {
	{"nonce", 0, false, "TEXT",
		"what the holder was given to sign, so that it is fresh"},
	{"client", 0, false, "TEXT", "the name under which it was asked for"},
	{0},
};

/* Opening *******************************************************************/

/* Append text as it stands inside of a JSON string. */
static int
put_inside(const char *option, const char *text, struct writer *out)
{
	struct writer quoted = {0};
	struct jcs_printer p = jcs_printer_of(&quoted);
	bool ok = utf8_check(bytes_of_string(text)) == VERDICT_OK &&
		  strlen(text) <= LIMIT_NONCE;

	if (ok) {
		jcs_string(&p, bytes_of_string(text));
		writer_put(out,
			bytes_slice(writer_view(&quoted), 1, quoted.len - 2));
	}
	writer_clear(&quoted);
	return ok ? 0
		  : complain_usage("", "--%s is no text of at most %d bytes.",
			    option, LIMIT_NONCE);
}

static int
read_time(const struct options *o, uint64_t *now_s)
{
	const char *at = options_value(o, "at");
	uint64_t clock_s = clock_now_s();

	*now_s = clock_s;
	if (at == NULL || utc_read(bytes_of_string(at), now_s) ||
		when_read(bytes_of_string(at), clock_s, now_s))
		return 0;
	return complain_usage(
		"It looks like 2026-11-23T18:49:05Z.", "'%s' is no time.", at);
}

int
assay_open(const struct call *call, struct assay *out)
{
	const struct options *o = &call->options;
	const char *record = options_value(o, "record");

	*out = (struct assay){.call = call, .holds = true};
	out->files = json_array();
	if (credence_open(call, &out->credence) != 0 ||
		read_time(o, &out->now_s) != 0)
		return -1;
	if (record != NULL &&
		desk_read_file(record, LIMIT_RECORD_BYTES, &out->record) != 0)
		return -1;
	return 0;
}

int
assay_ask(struct assay *a)
{
	const struct options *o = &a->call->options;
	const char *nonce = options_value(o, "nonce");
	const char *client = options_value(o, "client");

	a->asked = nonce != NULL;
	if ((nonce == NULL) != (client == NULL))
		return complain_usage("The nonce is fresh, the client is who "
				      "asks.",
			"--nonce and --client go together.");
	if (nonce == NULL)
		return 0;
	return put_inside("nonce", nonce, &a->nonce) == 0
		       ? put_inside("client", client, &a->client)
		       : -1;
}

void
assay_close(struct assay *a)
{
	output_give_bool(a->call->out, "holds", a->holds);
	output_give_take(a->call->out, "files", a->files);
	credence_close(&a->credence);
	writer_clear(&a->record);
	writer_clear(&a->nonce);
	writer_clear(&a->client);
}

/* Credentials ***************************************************************/

/* What kind of document it is, by the members that only one kind has. */
static bool
has(struct bytes doc, const char *name)
{
	return fields_find(doc, name).len > 0;
}

/* A credential, what its holder shows, or the answer that holds that. */
static bool
verify(const struct assay *a, struct bytes doc, struct checks *v,
	struct credential *c)
{
	const struct verify_with with = {a->credence.trust, a->now_s, NULL, 0};
	const struct query q = {.nonce = writer_view(&a->nonce),
		.client_id = writer_view(&a->client)};
	bool shown = has(doc, "vp_token") || has(doc, "verifiableCredential");
	struct presentation p;
	enum verdict read;

	if (!shown && !a->asked)
		return verify_credential(doc, &with, v, c);
	read = jcs_check(doc);
	if (read == VERDICT_OK)
		read = has(doc, "vp_token") ? presentation_read(doc, &p)
					    : presentation_open(doc, &p);
	return checks_note(v, VERIFY_ANSWER, read) &&
	       verify_shown(&p, a->asked ? &q : NULL, &with, v, c);
}

/* The credential inside a document that was read. */
static struct bytes
inside(struct bytes doc)
{
	struct presentation p;

	if (has(doc, "vp_token"))
		return presentation_read(doc, &p) == VERDICT_OK ? p.credential
								: doc;
	if (has(doc, "verifiableCredential"))
		return presentation_open(doc, &p) == VERDICT_OK ? p.credential
								: doc;
	return doc;
}

static json_t *
parsed(struct bytes doc)
{
	return json_loadb((const char *)doc.data, doc.len, 0, NULL);
}

/* A mandate may be over long before its credential is. */
static void
note_standing(struct checks *v, const struct credential *c)
{
	if (c->type == CREDENTIAL_MANDATE)
		checks_note(v, VERIFY_STANDING, VERDICT_STALE);
}

static json_t *
check_card(const struct assay *a, struct bytes doc, enum checks_answer *answer)
{
	struct output *out = a->call->out;
	struct checks v = {0};
	struct credential c;
	bool read = verify(a, doc, &v, &c), rehearsal;
	json_t *checks, *told;

	if (read)
		note_standing(&v, &c);
	*answer = verify_answer(&v);
	output_line(out, "  %s", checks_answer_name(*answer));
	rehearsal = read && practice_tell(out, practice_origin(&c));
	checks = checklist_tell(out, verify_table(), &v);
	if (rehearsal)
		practice_tell_clock(out, verify_table(), &v);
	if (read) {
		vouched_tell_unchecked(out, &v, &c);
		vouched_tell(out, inside(doc), &c);
	}
	told = json_pack("{sssssbso*so}", "form", "credential", "answer",
		checks_answer_name(*answer), "holds", *answer == CHECKS_VALID,
		"credential", read ? parsed(inside(doc)) : NULL, "checks",
		checks);
	if (read)
		json_object_set_new(told, "rehearsal", json_boolean(rehearsal));
	return told;
}

/* Checking ******************************************************************/

static json_t *
check_capsule(struct assay *a, struct bytes file, enum checks_answer *answer)
{
	const struct capsule_check_with with = {.trust = a->credence.trust,
		.now_s = a->now_s,
		.asked = a->asked,
		.nonce = writer_view(&a->nonce),
		.client = writer_view(&a->client)};

	return envoy_check(a->call->out, &with, file, answer);
}

static json_t *
check_proof(struct assay *a, struct bytes file, bool *holds)
{
	const struct proof_trust trust = {
		&a->credence.trust->policy, writer_view(&a->credence.kept)};
	json_t *row = proof_check(
		a->call->out, &trust, file, writer_view(&a->record), holds);

	if (a->asked) {
		output_line(a->call->out,
			"  no   Nobody signed this for who asks.");
		*holds = false;
		json_object_set_new(row, "holds", json_false());
	}
	return row;
}

static json_t *
check(struct assay *a, struct bytes content, bool *holds)
{
	struct writer canonical = {0};
	enum checks_answer answer;
	json_t *row;

	if (!bytes_start_with(content, BYTES("{")) &&
		!envoy_is(content, content))
		return check_proof(a, content, holds);
	exchange_put(content, &canonical);
	row = envoy_is(content, writer_view(&canonical))
		      ? check_capsule(a, content, &answer)
		      : check_card(a, writer_view(&canonical), &answer);
	*holds = answer == CHECKS_VALID;
	if (!*holds)
		a->answer = checks_answer_name(answer);
	writer_clear(&canonical);
	return row;
}

/* Without the white space that people leave before what they paste. */
static struct bytes
trimmed(struct bytes content)
{
	while (content.len > 0 &&
		(content.data[0] == ' ' || content.data[0] == '\t' ||
			content.data[0] == '\r' || content.data[0] == '\n'))
		content = bytes_slice(content, 1, content.len);
	return content;
}

void
assay_check(struct assay *a, const char *name, struct bytes content)
{
	bool holds;
	json_t *row;

	output_line(a->call->out, "%s", name);
	row = check(a, trimmed(content), &holds);
	json_object_set_new(row, "file", json_string(name));
	json_array_append_new(a->files, row);
	a->holds &= holds;
}

int
assay_file(struct assay *a, int dir, const char *file, const char *name)
{
	struct writer content = {0};
	int rc = files_read(dir, file, EXCHANGE_BYTES_MAX, &content);

	if (rc == 0)
		assay_check(a, name, writer_view(&content));
	writer_clear(&content);
	return rc;
}

int
assay_conclude(const struct assay *a)
{
	if (a->holds) {
		output_line(a->call->out, "Everything holds.");
		return 0;
	}
	if (a->answer != NULL)
		return complain_no("Each no above says why.",
			"The answer is %s.", a->answer);
	return complain_no("Keep what was checked, and show it to an auditor.",
		"Not everything holds.");
}
