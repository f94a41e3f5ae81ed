#include "cli/cmd_report.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/machine/files.h"
#include "cli/complain.h"
#include "cli/filing.h"
#include "cli/reading.h"
#include "cli/subject.h"
#include "cli/when.h"

#define SEALED_BYTES (FILING_LINE_BYTES - 4096) /* a request must hold it */

const struct option cmd_report_seal_options[] = {
	{"opens", 0, false, "TIME",
		"when it will be opened at the latest (preset: 14d)"},
	{0},
};

static int
find(struct desk *d, struct subject *out)
{
	return subject_find(d, SUBJECT_MANDATE,
		options_operand(&d->call->options, "MANDATE"), out);
}

/* Reading ******************************************************************/

struct reports {
	struct desk *desk;
	const struct subject *mandate;
	json_t *all;
};

static bool
is_report(enum act_kind kind)
{
	return kind == ACT_MANDATE_MEETING || kind == ACT_MANDATE_REPORT ||
	       kind == ACT_MANDATE_REPORT_OPEN ||
	       kind == ACT_MANDATE_REPORT_SEAL;
}

static void
put_when(struct desk *d, const char *label, uint64_t at_s, struct writer *out)
{
	writer_put_string(out, label);
	when_put(out, at_s);
	writer_put_string(out, ", ");
	when_put_distance(out, at_s, d->now_s);
}

/* "4711  mandate.report by ada, 2026-...", and its text behind a margin. */
static void
give_head(struct desk *d, uint64_t index, uint64_t time_s, const struct act *a)
{
	struct writer w = {0};

	writer_put_decimal(&w, index);
	writer_put_string(&w, "  ");
	writer_put_string(&w, act_kind_name(a->kind));
	writer_put_string(&w, " by ");
	subject_put_member(d, act_by(a), &w);
	output_line(d->out, "%s", writer_string(&w));
	writer_rewind(&w);
	put_when(d, "  at ", time_s, &w);
	output_line(d->out, "%s", writer_string(&w));
	writer_rewind(&w);
	if (a->kind == ACT_MANDATE_REPORT_SEAL) {
		put_when(d, "  sealed until ",
			(uint64_t)act_int(a, ACT_HAS_OPENS), &w);
		output_line(d->out, "%s", writer_string(&w));
	}
	writer_clear(&w);
}

static int
give_report(void *ctx, uint64_t index, uint64_t time_s, const struct act *a)
{
	struct reports *r = ctx;
	struct writer text = {0};
	json_t *row;
	int rc = 0;

	if (!is_report(a->kind) || memcmp(act_hash(a, ACT_HAS_ON),
					   r->mandate->id, CRYPT_HASH) != 0)
		return 0;
	give_head(r->desk, index, time_s, a);
	if (a->kind != ACT_MANDATE_REPORT_SEAL)
		rc = reading_text(
			r->desk, act_span(a, ACT_HAS_TEXTS), &text, NULL);
	if (text.len > 0)
		output_text(r->desk->out, writer_view(&text));
	row = json_pack("{sIsssI}", "index", (json_int_t)index, "kind",
		act_kind_name(a->kind), "time", (json_int_t)time_s);
	json_object_set_new(row, "text", json_string(writer_string(&text)));
	json_array_append_new(r->all, row);
	writer_clear(&text);
	return rc;
}

static int
list(struct desk *d)
{
	uint64_t size = contact_about(d->contact)->size, at = 0;
	struct subject s;
	struct reports r = {d, &s, json_array()};
	int rc = find(d, &s);

	if (rc == 0)
		at = (uint64_t)wire_int(
			wire_get(s.entry, "record"), 0, LIMIT_JSON_INT);
	if (rc == 0)
		rc = ask_each_record(d->contact, &at, size, give_report, &r);
	if (rc == 0 && json_array_size(r.all) == 0)
		output_line(d->out, "%s has no reports yet.", s.name);
	output_give_take(d->out, "reports", r.all);
	subject_clear(&s);
	return rc;
}

int
cmd_report_list(const struct call *call)
{
	return desk_do(call, desk_open, list);
}

/* Sealing ******************************************************************/

/* Where the line of a seal is kept (filing.h), with the texts it hides. */
static void
file_of(const uint8_t id[static CRYPT_HASH], char out[static 80])
{
	struct writer hex = {0};

	coding_put_hex(&hex, bytes_of(id, CRYPT_HASH));
	snprintf(out, 80, "seals/%s", writer_string(&hex));
	writer_clear(&hex);
}

/* What is lost here can never be opened: it is kept before it is filed. */
static int
keep(struct filing *f)
{
	struct writer line = {0};
	char file[80];
	int rc;

	file_of(f->id, file);
	filing_put_line(writer_view(&f->bytes), f->sig, &f->words, &line);
	if (line.len > SEALED_BYTES)
		rc = complain_usage("Seal a shorter one, or two of them.",
			"A report as long as this could not be opened.");
	else
		rc = files_write_once(f->desk->home.dir, file, FILES_PRIVATE,
			writer_view(&line));
	writer_clear(&line);
	if (rc == 0)
		output_line(f->desk->out, "Kept in:  %s/%s (keep a copy)",
			f->desk->home.path, file);
	return rc;
}

static int
set_sealed(struct filing *f)
{
	const struct desk *d = f->desk;
	uint64_t opens;

	if (desk_time(d, "opens", d->now_s + 14 * 86400, &opens) != 0 ||
		filing_take_texts(f) != 0)
		return -1;
	act_set_int(&f->act, ACT_HAS_OPENS, (int64_t)opens);
	return 0;
}

static int
seal(struct desk *d)
{
	struct subject about;
	struct filing f = {0};
	struct writer what = {0};
	int rc = find(d, &about);

	if (rc == 0)
		rc = filing_begin(&f, d, ACT_MANDATE_REPORT_SEAL, about.id);
	if (rc == 0)
		rc = set_sealed(&f);
	if (rc == 0) {
		subject_put(&about, &what);
		rc = filing_sign(&f, writer_string(&what));
	}
	if (rc == 0)
		rc = keep(&f);
	words_clear(&f.words); /* they stay here */
	if (rc == 0)
		rc = filing_deliver(&f);
	if (rc == 0)
		output_next(d->out, "union mandate open %s, before that time",
			about.name[0] != '\0' ? about.name : "MANDATE");
	writer_clear(&what);
	filing_clear(&f);
	subject_clear(&about);
	return rc;
}

int
cmd_report_seal(const struct call *call)
{
	return desk_do(call, desk_open_to_sign, seal);
}

/* Opening ******************************************************************/

static int
no_seal(void)
{
	return complain_no("It is opened from the folder that it was sealed "
			   "in; union mandate show lists seals.",
		"No sealed report of this mandate is kept here.");
}

/* The first seal that is not opened and is kept here. */
static int
choose_seal(struct desk *d, const struct subject *mandate,
	uint8_t id[static CRYPT_HASH])
{
	struct wire_value list;
	char file[80];
	size_t n;

	if (mandate->reply == NULL)
		return complain_usage("Give the seal's id, 64 digits.",
			"Without a daemon nobody can tell which seal is next.");
	list = wire_get(mandate->item, "seals");
	n = wire_count(list, 0, LIMIT_MEMBERS);
	for (size_t i = 0; i < n; i++) {
		struct wire_value one = wire_at(list, i);

		wire_id(wire_at(one, 0), id);
		file_of(id, file);
		if (!wire_bool(wire_at(one, 2)) &&
			files_exist(d->home.dir, file))
			return 0;
	}
	return wire_good(mandate->reply) ? no_seal() : contact_misread();
}

/* The texts of a seal, each with its language and salt. */
static int
take_words(struct words *w, const struct ask_act *sealed)
{
	struct fields f;
	struct act act;
	int rc = 0;

	if (act_decode(sealed->act, &act) != VERDICT_OK ||
		act.kind != ACT_MANDATE_REPORT_SEAL)
		return no_seal();
	f = fields_of_list(act_span(&act, ACT_HAS_TEXTS), 0, LIMIT_TEXTS);
	for (size_t i = 0; rc == 0 && fields_more(&f); i++) {
		uint8_t hash[CRYPT_HASH];
		struct bytes lang;

		fields_object(&f, NULL);
		fields_base64(&f, "hash", hash, CRYPT_HASH);
		lang = fields_word(&f, "lang");
		fields_end(&f);
		if (i >= sealed->n_texts)
			return no_seal();
		rc = words_add_salted(
			w, lang, sealed->texts[i].text, sealed->texts[i].salt);
	}
	return rc;
}

static int
read_sealed(struct filing *f, const uint8_t id[static CRYPT_HASH])
{
	struct ask_text *texts = mem_new_array(FILING_TEXTS, sizeof(*texts));
	struct writer content = {0};
	struct wire *line = NULL;
	struct ask_act sealed;
	char file[80];
	int rc;

	file_of(id, file);
	if (!files_exist(f->desk->home.dir, file))
		rc = no_seal();
	else
		rc = files_read(
			f->desk->home.dir, file, FILING_LINE_BYTES, &content);
	if (rc == 0)
		rc = filing_read_line(
			writer_view(&content), &line, &sealed, texts);
	if (rc == 0)
		rc = take_words(&f->words, &sealed);
	wire_free(line);
	writer_clear(&content);
	mem_free(texts);
	return rc;
}

static int
find_seal(struct desk *d, const struct subject *mandate,
	uint8_t id[static CRYPT_HASH])
{
	const char *word = options_operand(&d->call->options, "SEAL");

	if (word == NULL)
		return choose_seal(d, mandate, id);
	if (coding_read_hex(bytes_of_string(word), id, CRYPT_HASH))
		return 0;
	return complain_usage("It is 64 digits.", "'%s' is no id.", word);
}

static int
open_seal(struct desk *d)
{
	struct subject about;
	struct filing f = {0};
	struct writer what = {0};
	uint8_t id[CRYPT_HASH];
	int rc = find(d, &about);

	if (rc == 0)
		rc = find_seal(d, &about, id);
	if (rc == 0)
		rc = filing_begin(&f, d, ACT_MANDATE_REPORT_OPEN, about.id);
	if (rc == 0)
		rc = read_sealed(&f, id);
	if (rc == 0) {
		act_set_hash(&f.act, ACT_HAS_SEAL, id);
		filing_set_texts(&f, 0);
		subject_put(&about, &what);
		rc = filing_finish(&f, writer_string(&what));
	}
	writer_clear(&what);
	filing_clear(&f);
	subject_clear(&about);
	return rc;
}

int
cmd_report_open(const struct call *call)
{
	return desk_do(call, desk_open_to_sign, open_seal);
}
