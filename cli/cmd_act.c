#include "cli/cmd_act.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/machine/secret.h"
#include "cli/complain.h"
#include "cli/filing.h"
#include "cli/sheet.h"

#define PRESET_LANGUAGE "en"

const struct option cmd_act_on[] = {
	{"on", 0, false, "SCOPE",
		"a chapter, topic or proposal (preset: the whole union)"},
	{0},
};

const struct option cmd_act_max[] = {
	{"max", 0, false, "N", "carry at most N others' votes (preset: any)"},
	{0},
};

const struct option cmd_act_meeting[] = {
	{"with", 0, false, "N",
		"number of the counterparty, from 1 (preset: 1)"},
	{0},
};

const struct option cmd_act_report[] = {
	{"final", 0, false, NULL, "the last report: the mandate may conclude"},
	{0},
};

/* What an act is about: a subject that is named, or one that goes without. */
enum about {
	ABOUT_SUBJECT,
	ABOUT_UNION,
	ABOUT_SELF,
	ABOUT_SCOPE,
	ABOUT_VOTE,
	ABOUT_TEXT
};

struct row {
	const char *command;
	enum act_kind kind;
	enum about about;
	enum subject_sort sort; /* ABOUT_SUBJECT */
	const char *operand;
	int (*fill)(struct filing *f, const struct subject *s);
	const char *next; /* to do; NULL for nothing */
};

/* Members beyond the common ones ********************************************/

static int
fill_texts(struct filing *f, const struct subject *s)
{
	const char *language = home_get(&f->desk->home, "language");

	(void)s;
	if (words_add_options(&f->words, &f->desk->call->options,
		    language == NULL ? PRESET_LANGUAGE : language) != 0)
		return -1;
	if (f->words.n == 0)
		return complain_usage("Give --text [LANG=]FILE or --say "
				      "[LANG=]WORDS.",
			"This needs a text.");
	filing_set_texts(f, 0);
	return 0;
}

/* What is supported is the version that was just shown. */
static int
fill_version(struct filing *f, const struct subject *s)
{
	if (s->reply == NULL)
		return complain_usage("",
			"What version is supported must be seen first: this "
			"cannot be signed without a daemon.");
	act_set_int(&f->act, ACT_HAS_VERSION,
		wire_int(wire_get(s->item, "version"), 1, 1000));
	return wire_good(s->reply) ? 0 : contact_misread();
}

static int
fill_office(struct filing *f, const struct subject *s)
{
	const char *office = options_operand(&f->desk->call->options, "OFFICE");

	(void)s;
	if (words_check(office) != 0)
		return -1;
	act_set_span(&f->act, ACT_HAS_OFFICE, bytes_of_string(office));
	return 0;
}

static int
fill_max(struct filing *f, const struct subject *s)
{
	uint64_t max;

	(void)s;
	if (options_number(&f->desk->call->options, "max", 1, LIMIT_MEMBERS,
		    LIMIT_MEMBERS, &max) != 0)
		return -1;
	act_set_int(&f->act, ACT_HAS_MAX, (int64_t)max);
	return 0;
}

static int
fill_meeting(struct filing *f, const struct subject *s)
{
	uint64_t with;

	if (options_number(&f->desk->call->options, "with", 1,
		    LIMIT_COUNTERPARTIES, 1, &with) != 0)
		return -1;
	act_set_int(&f->act, ACT_HAS_COUNTERPARTY, (int64_t)with - 1);
	return fill_texts(f, s);
}

static int
fill_report(struct filing *f, const struct subject *s)
{
	act_set_int(&f->act, ACT_HAS_FINAL,
		options_has(&f->desk->call->options, "final"));
	return fill_texts(f, s);
}

/* Only the hash of a value is filed, until it is revealed. */
static int
fill_commit(struct filing *f, const struct subject *s)
{
	struct bytes parts[] = {BYTES("union-lot/v1\n"), {0}};
	uint8_t value[32], hash[CRYPT_HASH];

	/* A value that was drawn before is still meant. */
	if (home_has_secret(&f->desk->home, s->id)) {
		if (home_read_secret(&f->desk->home, s->id, value) != 0)
			return -1;
	} else {
		secret_draw(value, sizeof(value));
	}
	parts[1] = bytes_of(value, sizeof(value));
	crypt_hash_parts(parts, 2, hash);
	act_set_hash(&f->act, ACT_HAS_HASH, hash);
	return home_keep_secret(&f->desk->home, s->id, value);
}

static int
fill_reveal(struct filing *f, const struct subject *s)
{
	uint8_t value[32];

	if (home_read_secret(&f->desk->home, s->id, value) != 0)
		return -1;
	act_set_hash(&f->act, ACT_HAS_VALUE, value);
	return 0;
}

/* The table *****************************************************************/

/* clang-format off */
#define UNION   ABOUT_UNION, 0, NULL
#define SELF    ABOUT_SELF, 0, NULL
#define SCOPE   ABOUT_SCOPE, 0, NULL
#define VOTE    ABOUT_VOTE, 0, "QUESTION"
#define TEXT    ABOUT_TEXT, 0, "HASH"
#define A(sort) ABOUT_SUBJECT, SUBJECT_##sort, #sort
#define ELECTION ABOUT_SUBJECT, SUBJECT_PROPOSAL, "ELECTION"

static const struct row rows[] = {
	{"renew", ACT_MEMBER_RENEW, SELF, NULL, NULL},
	{"leave", ACT_MEMBER_LEAVE, SELF, NULL, NULL},
	{"resign", ACT_OFFICE_RESIGN, UNION, fill_office, NULL},
	{"chapter open", ACT_CHAPTER_OPEN, UNION, fill_texts, "union chapter list"},
	{"topic open", ACT_TOPIC_OPEN, UNION, fill_texts, "union topic list"},
	{"chapter join", ACT_CHAPTER_JOIN, A(CHAPTER), NULL, NULL},
	{"chapter leave", ACT_CHAPTER_LEAVE, A(CHAPTER), NULL, NULL},
	{"stand", ACT_OFFICE_STAND, ELECTION, NULL, NULL},
	{"undelegate", ACT_DELEGATION_REVOKE, SCOPE, NULL, NULL},
	{"delegation accept", ACT_DELEGATION_ACCEPT, A(GRANT), fill_max, NULL},
	{"delegation drop", ACT_DELEGATION_DROP, A(GRANT), NULL, NULL},
	{"support", ACT_PROPOSAL_SUPPORT, A(PROPOSAL), fill_version, NULL},
	{"unsupport", ACT_PROPOSAL_UNSUPPORT, A(PROPOSAL), NULL, NULL},
	{"withdraw", ACT_PROPOSAL_WITHDRAW, A(PROPOSAL), NULL, NULL},
	{"hold", ACT_PROPOSAL_HOLD, A(PROPOSAL), NULL, NULL},
	{"lot commit", ACT_LOT_COMMIT, VOTE, fill_commit, "union lot reveal, when the vote is closed and tied"},
	{"lot reveal", ACT_LOT_REVEAL, VOTE, fill_reveal, NULL},
	{"mandate accept", ACT_MANDATE_ACCEPT, A(MANDATE), NULL, NULL},
	{"mandate endorse", ACT_MANDATE_ENDORSE, A(MANDATE), NULL, NULL},
	{"mandate unendorse", ACT_MANDATE_UNENDORSE, A(MANDATE), NULL, NULL},
	{"mandate meeting", ACT_MANDATE_MEETING, A(MANDATE), fill_meeting, NULL},
	{"mandate report", ACT_MANDATE_REPORT, A(MANDATE), fill_report, NULL},
	{"mandate resign", ACT_MANDATE_RESIGN, A(MANDATE), NULL, NULL},
	{"mandate hold", ACT_MANDATE_HOLD, A(MANDATE), NULL, NULL},
	{"mandate conclude", ACT_MANDATE_CONCLUDE, A(MANDATE), NULL, NULL},
	{"text erase", ACT_TEXT_ERASE, TEXT, NULL, NULL},
};
/* clang-format on */

static const struct row *
row_of(const struct call *call)
{
	size_t i = 0;

	while (strcmp(rows[i].command, call->command->name) != 0)
		assert(++i < sizeof(rows) / sizeof(rows[0]));
	return &rows[i];
}

static int
find_self(struct desk *d, struct subject *out)
{
	if (desk_need_member(d) != 0)
		return -1;
	*out = (struct subject){.sort = SUBJECT_MEMBER};
	memcpy(out->id, d->member, CRYPT_HASH);
	writer_put_string(&out->title, "yourself");
	return 0;
}

static void
find_union(struct desk *d, struct subject *out)
{
	*out = (struct subject){.sort = SUBJECT_MEMBER};
	memcpy(out->id, d->union_id, CRYPT_HASH);
	writer_put_string(&out->title, "the union");
}

static int
find_scope(struct desk *d, struct subject *out)
{
	return subject_find_scope(
		d, options_value(&d->call->options, "on"), out);
}

/* A text goes by its hash alone. */
static int
find_text(const char *word, struct subject *out)
{
	*out = (struct subject){.sort = SUBJECT_MEMBER};
	writer_put_string(&out->title, "a text, for good and everywhere");
	if (coding_read_hex(bytes_of_string(word), out->id, CRYPT_HASH))
		return 0;
	return complain_usage("It is 64 digits; acts name it in base64.",
		"'%s' is no hash of a text.", word);
}

static int
find_about(struct desk *d, const struct row *row, struct subject *out)
{
	const char *word =
		row->operand == NULL
			? NULL
			: options_operand(&d->call->options, row->operand);

	switch (row->about) {
	case ABOUT_UNION:
		find_union(d, out);
		return 0;
	case ABOUT_SELF:
		return find_self(d, out);
	case ABOUT_SCOPE:
		return find_scope(d, out);
	case ABOUT_VOTE:
		return sheet_find(d, word, false, out);
	case ABOUT_TEXT:
		return find_text(word, out);
	case ABOUT_SUBJECT:
		break;
	}
	return subject_find(d, row->sort, word, out);
}

static int
act(struct desk *d, const struct row *row)
{
	struct subject about = {0};
	struct writer what = {0};
	struct filing f = {0};
	int rc = find_about(d, row, &about);

	if (rc == 0)
		rc = filing_begin(&f, d, row->kind, about.id);
	if (rc == 0 && row->fill != NULL)
		rc = row->fill(&f, &about);
	if (rc == 0) {
		subject_put(&about, &what);
		rc = filing_finish(&f, writer_string(&what));
	}
	if (rc == 0 && row->next != NULL)
		output_next(d->out, "%s", row->next);
	subject_clear(&about);
	writer_clear(&what);
	filing_clear(&f);
	return rc;
}

int
cmd_act_sign(const struct call *call)
{
	struct desk d;
	int rc = desk_open_to_sign(call, &d);

	if (rc == 0)
		rc = act(&d, row_of(call));
	desk_close(&d);
	return rc;
}
