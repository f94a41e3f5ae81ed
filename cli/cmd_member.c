#include "cli/cmd_member.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "cli/application.h"
#include "cli/complain.h"
#include "cli/filing.h"
#include "cli/lines.h"
#include "cli/listing.h"
#include "cli/subject.h"

const struct option cmd_member_join_options[] = {
	{"chapter", 0, false, "CHAPTER", "the chapter to begin in"},
	{"out", 'o', false, "FILE",
		"where to write the application (preset: application.json)"},
	{"again", 0, false, NULL, "make another one, for a key that has one"},
	{0},
};

#define LABEL 10 /* columns */

/* Joining *******************************************************************/

/* True when the key here is one of the founders'. */
static int
is_founder(struct desk *d, bool *yes)
{
	uint8_t own[CRYPT_KEY], key[CRYPT_KEY];
	struct ask_record founding;
	struct fields f;

	*yes = false;
	if (d->contact == NULL)
		return 0;
	if (ask_record(d->contact, 0, &founding) != 0)
		return -1;
	keyfile_copy_key(d->keys, KEYFILE_CURRENT, own);
	f = fields_of_list(
		act_span(&founding.act, ACT_HAS_FOUNDERS), 1, LIMIT_FOUNDERS);
	while (fields_more(&f)) {
		fields_did(&f, NULL, key);
		*yes |= memcmp(own, key, CRYPT_KEY) == 0;
	}
	ask_clear(&founding);
	return 0;
}

/* An application for admission goes into a file, for others to carry on. */
static int
hand_out(struct filing *f)
{
	const char *path = options_value(&f->desk->call->options, "out");
	struct output *out = f->desk->out;
	int rc;

	if (path == NULL)
		path = "application.json";
	rc = filing_write(f, path);
	if (rc == 0) {
		output_line(out, "Application: %s", path);
		output_give_string(out, "file", path);
		output_next(out,
			"give the file to those who admit (a "
			"registrar, a member who vouches): union "
			"admit %s",
			path);
	}
	return rc;
}

static int
set_chapter(struct filing *f)
{
	const char *word = options_value(&f->desk->call->options, "chapter");
	struct subject chapter;
	int rc;

	if (word == NULL)
		return 0;
	rc = subject_find(f->desk, SUBJECT_CHAPTER, word, &chapter);
	if (rc == 0)
		act_set_hash(&f->act, ACT_HAS_CHAPTER, chapter.id);
	subject_clear(&chapter);
	return rc;
}

/* From now on the keys know whose they will be. */
static int
note_member(struct filing *f)
{
	struct desk *d = f->desk;
	struct writer id = {0};

	memcpy(d->member, f->id, CRYPT_HASH);
	keyfile_set_member(d->keys, f->id);
	coding_put_hex(&id, bytes_of(f->id, CRYPT_HASH));
	output_line(d->out, "Member:   %s", writer_string(&id));
	output_give_text(d->out, "member", writer_view(&id));
	writer_clear(&id);
	return desk_keep_keys(d);
}

static int
join(struct desk *d)
{
	struct filing f = {0};
	uint8_t next[CRYPT_HASH];
	bool founder;
	int rc = is_founder(d, &founder);

	if (rc == 0 && d->is_member && !options_has(&d->call->options, "again"))
		return complain_no("Make another one with --again.",
			"There is an application of this key already.");
	if (rc == 0)
		rc = filing_begin(&f, d, ACT_MEMBER_APPLY, d->union_id);
	keyfile_commit(d->keys, next);
	act_set_hash(&f.act, ACT_HAS_NEXT, next);
	if (rc == 0)
		rc = set_chapter(&f);
	if (rc == 0 && founder)
		rc = filing_finish(&f, "joining the union you found");
	else if (rc == 0)
		rc = filing_sign(&f, "joining the union");
	if (rc == 0)
		rc = note_member(&f);
	if (rc == 0 && !founder)
		rc = hand_out(&f);
	else if (rc == 0)
		output_next(d->out, "union status");
	filing_clear(&f);
	return rc;
}

int
cmd_member_join(const struct call *call)
{
	return desk_do(call, desk_open_to_sign, join);
}

/* Admitting *****************************************************************/

static int
admit(struct desk *d, const struct application *a)
{
	struct writer what = {0};
	int rc;

	writer_put_string(&what, "the applicant ");
	coding_put_did(&what, act_by(&a->act));
	rc = application_file(d, a, ACT_MEMBER_ADMIT, writer_string(&what));
	if (rc == 0)
		output_next(d->out, "union members (an applicant is a member "
				    "when enough have admitted them)");
	writer_clear(&what);
	return rc;
}

int
cmd_member_admit(const struct call *call)
{
	const char *path = options_operand(&call->options, "FILE");
	struct application a;
	struct desk d;
	int rc;

	if (application_read(path, ACT_MEMBER_APPLY, &a) != 0)
		return -1;
	rc = desk_open_to_sign(call, &d);
	if (rc == 0)
		rc = admit(&d, &a);
	desk_close(&d);
	application_clear(&a);
	return rc;
}

/* A new key *****************************************************************/

/* True when the ledger has the next key in force already. */
static int
is_rotated(struct desk *d, bool *yes)
{
	uint8_t next[CRYPT_KEY];
	struct writer did = {0};
	struct subject self;
	int rc = subject_get(d, SUBJECT_MEMBER, d->member, &self);

	keyfile_copy_key(d->keys, KEYFILE_NEXT, next);
	coding_put_did(&did, next);
	if (rc == 0)
		*yes = bytes_equal(writer_view(&did),
			wire_string(wire_get(self.item, "key"), CODING_DID));
	writer_clear(&did);
	subject_clear(&self);
	return rc;
}

/* Each step is written down before the next, so a stop loses nothing. */
static int
rotate(struct desk *d)
{
	uint8_t next[CRYPT_KEY], after[CRYPT_HASH];
	struct filing f = {0};
	bool done = false;
	int rc;

	if (desk_need_member(d) != 0)
		return -1;
	if (d->contact == NULL)
		return complain_usage(
			"", "A key is not rotated without a daemon.");
	rc = is_rotated(d, &done);
	keyfile_prepare(d->keys, after);
	if (rc == 0)
		rc = desk_keep_keys(d);
	if (rc == 0 && !done) {
		keyfile_copy_key(d->keys, KEYFILE_NEXT, next);
		rc = filing_begin(&f, d, ACT_KEY_ROTATE, d->member);
		act_set_hash(&f.act, ACT_HAS_KEY, next);
		act_set_hash(&f.act, ACT_HAS_NEXT, after);
		if (rc == 0)
			rc = filing_finish(&f, "your next key takes over");
		filing_clear(&f);
	}
	if (rc == 0) {
		keyfile_rotate(d->keys);
		rc = desk_keep_keys(d);
	}
	if (rc == 0)
		output_next(d->out, "union key paper (the old paper brings "
				    "back the old key)");
	return rc;
}

int
cmd_member_rotate(const struct call *call)
{
	return desk_do(call, desk_open_to_sign, rotate);
}

/* Who there is **************************************************************/

static const char *
standing(const struct desk *d, struct wire_value item)
{
	if (wire_bool(wire_get(item, "left")))
		return "left";
	if ((uint64_t)wire_int(wire_get(item, "suspended"), 0, LIMIT_JSON_INT) >
		d->now_s)
		return "suspended";
	return wire_bool(wire_get(item, "founder")) ? "founder" : "member";
}

static int
put_row(struct desk *d, struct wire_value entry, struct listing *list)
{
	struct wire_value item = wire_get(entry, "item");
	uint8_t id[CRYPT_HASH];
	char name[16];

	wire_id(wire_get(item, "id"), id);
	subject_name(SUBJECT_MEMBER, entry, name);
	listing_put(list, "%s", name);
	listing_put(list, "%s", standing(d, item));
	subject_put_member(d, id, listing_cell(list));
	return 0;
}

int
cmd_member_list(const struct call *call)
{
	static const struct table_column columns[] = {
		{"", false}, {"standing", false}, {"member", false}};
	struct desk d;
	int rc = desk_open(call, &d);

	if (rc == 0)
		rc = listing_show(
			&d, SUBJECT_MEMBER, columns, 3, put_row, "members");
	desk_close(&d);
	return rc;
}

static int
show(struct desk *d)
{
	struct subject s;
	struct writer id = {0};
	const char *word = options_operand(&d->call->options, "MEMBER");
	struct bytes key;
	int rc = subject_find(d, SUBJECT_MEMBER, word, &s);

	if (rc == 0) {
		key = wire_string(wire_get(s.item, "key"), CODING_DID);
		coding_put_hex(&id, bytes_of(s.id, CRYPT_HASH));
		lines_put(d, LABEL, "Member:", "%s", s.name);
		lines_text(d, LABEL, "Id:", writer_view(&id));
		if (s.title.len > 0)
			lines_text(d, LABEL, "You say:", writer_view(&s.title));
		lines_put(d, LABEL, "Standing:", "%s", standing(d, s.item));
		lines_text(d, LABEL, "Key:", key);
		if (strcmp(standing(d, s.item), "suspended") == 0)
			lines_time(d, LABEL,
				"Until:", lines_number(s.item, "suspended"));
		lines_time(d, LABEL,
			"Admitted:", lines_number(s.item, "admitted"));
		lines_time(
			d, LABEL, "Renewed:", lines_number(s.item, "renewed"));
		output_give_value(d->out, "member", s.item.at);
	}
	writer_clear(&id);
	subject_clear(&s);
	return rc;
}

int
cmd_member_show(const struct call *call)
{
	return desk_do(call, desk_open, show);
}
