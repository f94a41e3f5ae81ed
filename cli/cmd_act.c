#include "cli/cmd_act.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "cli/alarm.h"
#include "cli/complain.h"
#include "cli/fill.h"
#include "cli/names.h"
#include "cli/pact.h"
#include "cli/sheet.h"

const struct option cmd_act_on[] = {
	{"on", 0, false, "SCOPE",
		"a chapter, topic or proposal (preset: the whole union)"},
	{0},
};

/* What an act is about: a subject that is named, or one that goes without. */
enum about {
	ABOUT_SUBJECT,
	ABOUT_UNION,
	ABOUT_SELF,
	ABOUT_SCOPE,
	ABOUT_LOT,
	ABOUT_PACT,
	ABOUT_BREACH,
	ABOUT_RECOVERY,
	ABOUT_TEXT
};

struct row {
	const char *command;
	enum act_kind kind;
	enum about about;
	enum subject_sort sort; /* ABOUT_SUBJECT */
	const char *operand;
	fill *fill;
	const char *next; /* to do; NULL for nothing */
};

/* The table *****************************************************************/

/* clang-format off */
#define UNION   ABOUT_UNION, 0, NULL
#define SELF    ABOUT_SELF, 0, NULL
#define SCOPE   ABOUT_SCOPE, 0, NULL
#define LOT     ABOUT_LOT, 0, "QUESTION"
#define PACT    ABOUT_PACT, 0, "AGREEMENT"
#define BREACH  ABOUT_BREACH, 0, "AGREEMENT"
#define RECOVERY ABOUT_RECOVERY, 0, "RECOVERY"
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
	{"lot commit", ACT_LOT_COMMIT, LOT, fill_commit, "union lot reveal, when the vote is closed and tied, or the case is at REVEALING"},
	{"lot reveal", ACT_LOT_REVEAL, LOT, fill_reveal, NULL},
	{"mandate accept", ACT_MANDATE_ACCEPT, A(MANDATE), NULL, NULL},
	{"mandate endorse", ACT_MANDATE_ENDORSE, A(MANDATE), NULL, NULL},
	{"mandate unendorse", ACT_MANDATE_UNENDORSE, A(MANDATE), NULL, NULL},
	{"mandate meeting", ACT_MANDATE_MEETING, A(MANDATE), fill_meeting, NULL},
	{"mandate report", ACT_MANDATE_REPORT, A(MANDATE), fill_report, NULL},
	{"mandate resign", ACT_MANDATE_RESIGN, A(MANDATE), NULL, NULL},
	{"mandate hold", ACT_MANDATE_HOLD, A(MANDATE), NULL, NULL},
	{"mandate conclude", ACT_MANDATE_CONCLUDE, A(MANDATE), NULL, NULL},
	{"mandate challenge", ACT_MANDATE_CHALLENGE, A(MANDATE), fill_texts, "union case list, when enough members have challenged it"},
	{"agreement sign", ACT_AGREEMENT_SIGN, A(AGREEMENT), fill_exact, "union agreement show (it goes on when both sides have signed)"},
	{"agreement withdraw", ACT_AGREEMENT_WITHDRAW, A(AGREEMENT), NULL, NULL},
	{"agreement challenge", ACT_AGREEMENT_CHALLENGE, A(AGREEMENT), fill_texts, "union case list (a panel drawn by lot decides)"},
	{"agreement breach", ACT_AGREEMENT_BREACH, A(AGREEMENT), fill_evidence, "union agreement show (others stand behind it with: union agreement endorse)"},
	{"agreement endorse", ACT_AGREEMENT_ENDORSE, BREACH, NULL, NULL},
	{"agreement answer", ACT_AGREEMENT_ANSWER, BREACH, fill_answer, NULL},
	{"agreement end", ACT_AGREEMENT_END, A(AGREEMENT), NULL, NULL},
	{"counterparty countersign", ACT_AGREEMENT_COUNTERSIGN, PACT, fill_paper, "nothing binds you yet: union agreement show says what comes"},
	{"counterparty decline", ACT_AGREEMENT_DECLINE, PACT, fill_paper, NULL},
	{"counterparty receipt", ACT_AGREEMENT_RECEIPT, PACT, fill_paper, NULL},
	{"counterparty reply", ACT_AGREEMENT_REPLY, BREACH, fill_texts, NULL},
	{"case appeal", ACT_CASE_APPEAL, A(CASE), NULL, "union case show (a second panel is drawn)"},
	{"key object", ACT_KEY_OBJECT, RECOVERY, NULL, "union case list (a panel decides whose key it is; until then nothing else is taken from you)"},
	{"member suspend", ACT_MEMBER_SUSPEND, A(MEMBER), fill_suspension, "another steward files the same, with the same file and --salt, within 7 days; then it begins"},
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

/* A case has lots of its own; a vote goes by its question. */
static int
find_lot(struct desk *d, const char *word, struct subject *out)
{
	if (names_parse(bytes_of_string(word)).letter == 'C')
		return subject_find(d, SUBJECT_CASE, word, out);
	return sheet_find(d, word, false, out);
}

/* A counterparty may have it on paper, which names the union too. */
static int
find_pact(struct desk *d, const char *word, struct subject *out)
{
	const char *path = options_value(&d->call->options, "paper");

	return path == NULL ? subject_find(d, SUBJECT_AGREEMENT, word, out)
			    : pact_find_paper(d, path, word, out);
}

/* Which breach may be meant where none is named, by what is said of it. */
static int
find_breach(struct desk *d, const struct row *row, const char *word,
	struct subject *out)
{
	const char *state = row->kind == ACT_AGREEMENT_ENDORSE  ? "open"
			    : row->kind == ACT_AGREEMENT_ANSWER ? "alleged"
								: NULL;

	return pact_find_breach(d, word,
		options_operand(&d->call->options, "BREACH"), state, out);
}

static int
find_recovery(struct desk *d, const char *word, struct subject *out)
{
	struct alarm a;

	*out = (struct subject){.sort = SUBJECT_RECOVERY};
	if (word != NULL)
		return subject_find(d, SUBJECT_RECOVERY, word, out);
	if (desk_need_member(d) != 0)
		return -1;
	if (d->contact == NULL)
		return complain_usage("Give its whole id, 64 digits.",
			"Without a daemon nobody can tell which recovery is "
			"meant.");
	if (alarm_find(d, &a) != 0)
		return -1;
	if (!a.found)
		return complain_no("union key recovery lists them.",
			"Nobody is about to get your membership with another "
			"key.");
	return subject_get(d, SUBJECT_RECOVERY, a.id, out);
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
	case ABOUT_LOT:
		return find_lot(d, word, out);
	case ABOUT_PACT:
		return find_pact(d, word, out);
	case ABOUT_BREACH:
		return find_breach(d, row, word, out);
	case ABOUT_RECOVERY:
		return find_recovery(d, word, out);
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

static int
act_of_call(struct desk *d)
{
	return act(d, row_of(d->call));
}

int
cmd_act_sign(const struct call *call)
{
	bool by_key = act_kind_author(row_of(call)->kind) == FORM_BY_KEY;

	return desk_do(call, by_key ? desk_open_with_key : desk_open_to_sign,
		act_of_call);
}
