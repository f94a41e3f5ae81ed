#include "cli/filing.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/machine/files.h"
#include "ballots/record/policy.h"
#include "ballots/record/receipt.h"
#include "ballots/record/stamp.h"
#include "cli/alarm.h"
#include "cli/complain.h"
#include "cli/prompt.h"

#define PURPOSE         BYTES("union-act/v1\n")
#define PRESET_LANGUAGE "en"
#define LIFE_S          (7 * 86400) /* of an act, where nothing else is said */

static int
set_dates(struct filing *f)
{
	struct desk *d = f->desk;
	uint64_t seq, until;

	if (home_take_seq(&d->home, d->now_s, &seq) != 0 ||
		desk_time(d, "until", seq + LIFE_S, &until) != 0)
		return -1;
	if (until < seq || until - seq > LIMIT_UNTIL_S)
		return complain_usage("At most 90 days from now.",
			"--until lies before the act, or too far ahead.");
	act_set_int(&f->act, ACT_HAS_SEQ, (int64_t)seq);
	act_set_int(&f->act, ACT_HAS_UNTIL, (int64_t)until);
	return 0;
}

int
filing_begin(struct filing *f, struct desk *d, enum act_kind kind,
	const uint8_t on[static CRYPT_HASH])
{
	uint8_t key[CRYPT_KEY];

	*f = (struct filing){.desk = d, .act = {.kind = kind}};
	if (d->origin.len == 0)
		return desk_unknown();
	if (act_kind_author(kind) == FORM_BY_KEY) {
		keyfile_copy_key(d->keys, KEYFILE_CURRENT, key);
		act_set_by(&f->act, FORM_BY_KEY, key);
	} else {
		if (desk_need_member(d) != 0 ||
			(d->contact != NULL && alarm_ring(d) != 0))
			return -1;
		act_set_by(&f->act, FORM_BY_MEMBER, d->member);
	}
	act_set_span(&f->act, ACT_HAS_LOG, writer_view(&d->origin));
	act_set_hash(&f->act, ACT_HAS_ON, on);
	return set_dates(f);
}

const char *
filing_language(const struct desk *d)
{
	const char *wish = home_get(&d->home, "language");

	return wish == NULL ? PRESET_LANGUAGE : wish;
}

int
filing_take_texts(struct filing *f)
{
	if (words_add_options(&f->words, &f->desk->call->options,
		    filing_language(f->desk)) != 0)
		return -1;
	if (f->words.n == 0)
		return complain_usage("Give --text [LANG=]FILE or --say "
				      "[LANG=]WORDS.",
			"This needs a text.");
	filing_set_texts(f, 0);
	return 0;
}

void
filing_set_texts(struct filing *f, size_t from)
{
	struct jcs_printer p = jcs_printer_of(&f->texts);

	words_print(&f->words, from, &p);
	act_set_span(&f->act, ACT_HAS_TEXTS, writer_view(&f->texts));
}

void
filing_clear(struct filing *f)
{
	words_clear(&f->words);
	writer_clear(&f->texts);
	for (size_t i = 0; i < FILING_LISTS; i++)
		writer_clear(&f->lists[i]);
	writer_clear(&f->bytes);
}

/* Signing *******************************************************************/

/* Ask whether this is meant; --yes is an answer. */
static int
confirm(const struct filing *f, const char *what)
{
	const struct desk *d = f->desk;
	const char *kind = act_kind_name(f->act.kind);
	struct writer question = {0};
	bool yes = options_has(&d->call->options, "yes");

	output_line(d->out, "To sign:  %s", kind);
	output_line(d->out, "About:    %s", what);
	if (!yes) {
		writer_put_string(&question, "Sign ");
		writer_put_string(&question, kind);
		writer_put_string(&question, "?");
		yes = prompt_yes(writer_string(&question));
	}
	writer_clear(&question);
	return yes ? 0
		   : complain_no("Nothing was signed.  --yes signs without "
				 "asking.",
			     "You did not say yes to signing this.");
}

int
filing_sign(struct filing *f, const char *what)
{
	struct act same;
	enum verdict v;

	writer_rewind(&f->bytes);
	act_encode(&f->act, &f->bytes);
	v = act_decode(writer_view(&f->bytes), &same);
	if (v != VERDICT_OK)
		return complain_usage(verdict_hint(v),
			"This cannot be signed as it is.  %s",
			verdict_sentence(v));
	if (confirm(f, what) != 0)
		return -1;
	stamp_act_id(writer_view(&f->bytes), f->id);
	keyfile_sign(f->desk->keys, PURPOSE, writer_view(&f->bytes), f->sig);
	return 0;
}

/* Filing ********************************************************************/

static void
short_id(const uint8_t id[static CRYPT_HASH], char out[static 17])
{
	struct writer hex = {0};

	coding_put_hex(&hex, bytes_of(id, 8));
	memcpy(out, hex.data, 16);
	out[16] = '\0';
	writer_clear(&hex);
}

/* Say why it was refused, and keep the signed refusal. */
static int
refuse(struct desk *d, const struct ask_act *act, const struct ask_result *r)
{
	uint8_t id[CRYPT_HASH];
	char name[100], digits[17];
	struct writer hint = {0};
	int (*complain)(const char *, const char *, ...) = complain_no;

	stamp_act_id(act->act, id);
	short_id(id, digits);
	snprintf(name, sizeof(name), "%s-%.*s.note", digits,
		(int)(r->verdict.len > 40 ? 40 : r->verdict.len),
		(const char *)r->verdict.data);
	writer_put(&hint, r->hint);
	output_give_text(d->out, "verdict", r->verdict);
	output_give_text(d->out, "refusal", r->note);
	switch (verdict_by_name(r->verdict)) {
	case VERDICT_BUSY:
	case VERDICT_FORKED:
		complain = complain_cannot;
		break;
	default:
		break;
	}
	complain(writer_string(&hint), "Refused (%.*s): %.*s",
		(int)r->verdict.len, (const char *)r->verdict.data,
		(int)r->sentence.len, (const char *)r->sentence.data);
	writer_clear(&hint);
	if (r->note.len > 0 && strchr(name, '/') == NULL)
		home_keep_refusal(&d->home, name, r->note);
	return -1;
}

/* See that a receipt proves this record, with the record behind it. */
static int
check_receipt(struct desk *d, struct bytes text, struct bytes entry,
	uint64_t index, struct writer *whole)
{
	struct policy *policy = mem_new(sizeof(*policy));
	struct receipt receipt;
	struct checkpoint shown;
	struct writer extra = {0};
	enum verdict v = receipt_parse(text, &receipt);

	policy_of_log(contact_key(d->contact), policy);
	if (v == VERDICT_OK && receipt.index != index)
		v = VERDICT_BAD_PROOF;
	if (v == VERDICT_OK)
		v = receipt_check(&receipt, entry, policy, &shown);
	mem_free(policy);
	if (v != VERDICT_OK)
		return complain_cannot(verdict_hint(v),
			"The daemon's receipt proves nothing: %s",
			verdict_sentence(v));
	coding_put_base64(&extra, entry);
	receipt.extra = writer_view(&extra);
	receipt_print(&receipt, whole);
	writer_clear(&extra);
	return 0;
}

static int
keep_receipt(struct desk *d, const struct ask_record *r)
{
	struct writer text = {0}, whole = {0};
	char name[120];
	int rc;

	snprintf(name, sizeof(name), "%llu-%s.tlog-proof",
		(unsigned long long)r->index, act_kind_name(r->act.kind));
	rc = ask_receipt(d->contact, r->index, &text);
	if (rc == 0)
		rc = check_receipt(d, writer_view(&text),
			writer_view(&r->bytes), r->index, &whole);
	if (rc == 0 && !options_has(&d->call->options, "no-receipt")) {
		rc = home_keep_receipt(&d->home, name, writer_view(&whole));
		if (rc == 0)
			output_line(d->out, "Receipt:  %s/%s/%s", d->home.path,
				HOME_RECEIPTS, name);
		output_give_string(d->out, "receipt", name);
	}
	writer_clear(&text);
	writer_clear(&whole);
	return rc;
}

/* See that the record is there, holds this act, and is proven. */
static int
prove(struct desk *d, const struct ask_act *act, const struct ask_result *r)
{
	struct ask_record record;
	int rc = 0;

	if (ask_record(d->contact, r->index, &record) != 0)
		return -1;
	if (!bytes_equal(record.act.bytes, act->act))
		rc = complain_cannot("Keep this, and tell an auditor.",
			"Record %llu holds another act than yours.",
			(unsigned long long)r->index);
	if (rc == 0) {
		output_line(d->out, "Recorded: number %llu%s",
			(unsigned long long)r->index,
			r->known ? " (it was there already)" : "");
		output_give_number(d->out, "index", r->index);
		output_give_number(d->out, "time", record.time_s);
		rc = keep_receipt(d, &record);
	}
	ask_clear(&record);
	return rc;
}

int
filing_submit(struct desk *d, const struct ask_act *act, uint64_t *index)
{
	struct ask_result result;
	struct wire *reply;
	int rc;

	if (ask_submit(d->contact, act, 1, &result, &reply) != 0)
		return -1;
	*index = result.index;
	rc = result.recorded ? prove(d, act, &result) : refuse(d, act, &result);
	wire_free(reply);
	return rc;
}

static int
submit(struct filing *f)
{
	struct ask_text *texts = words_as_texts(&f->words);
	struct ask_act act = {.act = writer_view(&f->bytes),
		.texts = texts,
		.n_texts = f->words.n};
	int rc;

	memcpy(act.sig, f->sig, CRYPT_SIG);
	rc = filing_submit(f->desk, &act, &f->index);
	f->recorded = rc == 0;
	mem_free(texts);
	return rc;
}

static int
write_offline(const struct filing *f, const char *path)
{
	struct output *out = f->desk->out;
	struct writer lines = {0};
	int rc = 0;

	if (files_exist(AT_FDCWD, path))
		rc = files_read(AT_FDCWD, path, 1 << 22, &lines);
	filing_put_line(writer_view(&f->bytes), f->sig, &f->words, &lines);
	if (rc == 0)
		rc = files_replace(
			AT_FDCWD, path, FILES_PRIVATE, writer_view(&lines));
	writer_clear(&lines);
	if (rc == 0) {
		output_line(out, "Signed into %s.", path);
		output_give_string(out, "file", path);
		output_next(out,
			"union file %s (by anybody, where the daemon "
			"can be reached)",
			path);
	}
	return rc;
}

int
filing_deliver(struct filing *f)
{
	const char *path = options_value(&f->desk->call->options, "offline");
	struct output *out = f->desk->out;

	output_give_hex(out, "act", bytes_of(f->id, CRYPT_HASH));
	output_give_string(out, "kind", act_kind_name(f->act.kind));
	return path != NULL ? write_offline(f, path) : submit(f);
}

int
filing_finish(struct filing *f, const char *what)
{
	return filing_sign(f, what) != 0 ? -1 : filing_deliver(f);
}

/* Signed acts as lines ******************************************************/

void
filing_put_line(struct bytes act, const uint8_t sig[static CRYPT_SIG],
	const struct words *texts, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_object(&p);
	jcs_key(&p, "act");
	jcs_base64(&p, act);
	jcs_key(&p, "sig");
	jcs_base64(&p, bytes_of(sig, CRYPT_SIG));
	jcs_key(&p, "texts");
	jcs_begin_array(&p);
	for (size_t i = 0; i < texts->n; i++) {
		jcs_begin_object(&p);
		jcs_key(&p, "salt");
		jcs_base64(&p, bytes_of(texts->all[i].salt, LIMIT_TEXT_SALT));
		jcs_key(&p, "text");
		jcs_base64(&p, writer_view(&texts->all[i].text));
		jcs_end_object(&p);
	}
	jcs_end_array(&p);
	jcs_end_object(&p);
	writer_put_u8(out, '\n');
}

int
filing_write(const struct filing *f, const char *path)
{
	struct writer line = {0};
	int rc;

	filing_put_line(writer_view(&f->bytes), f->sig, &f->words, &line);
	rc = files_replace(AT_FDCWD, path, FILES_PRIVATE, writer_view(&line));
	writer_clear(&line);
	return rc;
}

int
filing_read_line(struct bytes text, struct wire **line, struct ask_act *act,
	struct ask_text texts[static FILING_TEXTS])
{
	struct wire_value top, list;

	if (wire_read(text, FILING_LINE_BYTES, line) != VERDICT_OK)
		return complain_no("It is made with --offline FILE.",
			"This is no file of signed acts.");
	top = wire_top(*line);
	act->act = wire_blob(wire_get(top, "act"), LIMIT_ACT_BYTES);
	wire_base64(wire_get(top, "sig"), act->sig, CRYPT_SIG);
	list = wire_get(top, "texts");
	act->n_texts = wire_there(list) ? wire_count(list, 0, FILING_TEXTS) : 0;
	for (size_t i = 0; i < act->n_texts; i++) {
		struct wire_value one = wire_at(list, i);

		wire_base64(
			wire_get(one, "salt"), texts[i].salt, LIMIT_TEXT_SALT);
		texts[i].text =
			wire_blob(wire_get(one, "text"), LIMIT_TEXT_BYTES);
	}
	act->texts = texts;
	if (wire_good(*line))
		return 0;
	wire_free(*line);
	*line = NULL;
	return complain_no("It is made with --offline FILE.",
		"A line of this file is no signed act.");
}
