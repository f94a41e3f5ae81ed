#include "cli/saying.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "cli/reading.h"

#define MEMORY 64 /* names remembered */

struct saying {
	struct desk *desk;
	size_t n; /* remembered in all; the newest take the oldest places */
	struct name {
		enum subject_sort sort;
		uint8_t id[CRYPT_HASH];
		struct writer words;
	} names[MEMORY];
};

struct saying *
saying_new(struct desk *d)
{
	struct saying *s = mem_new(sizeof(*s));

	s->desk = d;
	return s;
}

void
saying_free(struct saying *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < MEMORY; i++)
		writer_clear(&s->names[i].words);
	mem_free(s);
}

/* Sentences ****************************************************************/

/*
 * What each kind says.  %a is the author, %o what it is about, %t the first
 * line of its text, %m the other member, %w its office, %r an outcome.
 */
/* clang-format off */
#define ANY SUBJECT_SORTS /* the union, or nothing to name */
static const struct {
	const char *sentence;
	enum subject_sort sort; /* of what it is about */
} sentences[ACT_KIND_COUNT] = {
	[ACT_UNION_FOUND] = {"%a founds the union", ANY},
	[ACT_TICK] = {"the ledger notes the time", ANY},
	[ACT_RESULT] = {"the result of %o is in: %r", SUBJECT_QUESTION},
	[ACT_MEMBER_APPLY] = {"%a joins as a founder", ANY},
	[ACT_MEMBER_ADMIT] = {"%a admits the applicant %o", SUBJECT_MEMBER},
	[ACT_MEMBER_RENEW] = {"%a renews the membership", ANY},
	[ACT_MEMBER_LEAVE] = {"%a leaves the union", ANY},
	[ACT_KEY_ROTATE] = {"%a takes another key", ANY},
	[ACT_CHAPTER_OPEN] = {"%a opens a chapter: %t", ANY},
	[ACT_TOPIC_OPEN] = {"%a opens a topic: %t", ANY},
	[ACT_CHAPTER_JOIN] = {"%a joins the chapter %o", SUBJECT_CHAPTER},
	[ACT_CHAPTER_LEAVE] = {"%a leaves the chapter %o", SUBJECT_CHAPTER},
	[ACT_OFFICE_STAND] = {"%a stands in %o", SUBJECT_PROPOSAL},
	[ACT_OFFICE_RESIGN] = {"%a resigns as %w", ANY},
	[ACT_DELEGATION_GRANT] = {"%a lets %m vote in their place", ANY},
	[ACT_DELEGATION_REVOKE] = {"%a takes a delegation back", ANY},
	[ACT_DELEGATION_ACCEPT] = {"%a accepts the delegation %o", SUBJECT_GRANT},
	[ACT_DELEGATION_DROP] = {"%a drops the delegation %o", SUBJECT_GRANT},
	[ACT_PROPOSAL_OPEN] = {"%a proposes: %t", ANY},
	[ACT_PROPOSAL_AMEND] = {"%a amends %o: %t", SUBJECT_PROPOSAL},
	[ACT_PROPOSAL_SUPPORT] = {"%a supports %o", SUBJECT_PROPOSAL},
	[ACT_PROPOSAL_UNSUPPORT] = {"%a supports %o no more", SUBJECT_PROPOSAL},
	[ACT_PROPOSAL_WITHDRAW] = {"%a withdraws %o", SUBJECT_PROPOSAL},
	[ACT_PROPOSAL_HOLD] = {"%a asks to hold %o", SUBJECT_PROPOSAL},
	[ACT_BALLOT_CAST] = {"%a votes on %o", SUBJECT_QUESTION},
	[ACT_LOT_COMMIT] = {"%a commits to a lot for %o", SUBJECT_QUESTION},
	[ACT_LOT_REVEAL] = {"%a reveals a lot for %o", SUBJECT_QUESTION},
	[ACT_MANDATE_PROPOSE] = {"%a proposes a mandate: %t", ANY},
	[ACT_MANDATE_ACCEPT] = {"%a accepts the mandate %o", SUBJECT_MANDATE},
	[ACT_MANDATE_PUBLISH] = {"%a publishes the mandate %o", SUBJECT_MANDATE},
	[ACT_MANDATE_ENDORSE] = {"%a endorses the mandate %o", SUBJECT_MANDATE},
	[ACT_MANDATE_UNENDORSE] = {"%a endorses the mandate %o no more", SUBJECT_MANDATE},
	[ACT_MANDATE_MEETING] = {"%a meets a counterparty for %o: %t", SUBJECT_MANDATE},
	[ACT_MANDATE_REPORT] = {"%a reports on %o: %t", SUBJECT_MANDATE},
	[ACT_MANDATE_REPORT_OPEN] = {"%a opens a sealed report on %o: %t", SUBJECT_MANDATE},
	[ACT_MANDATE_REPORT_SEAL] = {"%a seals a report on %o", SUBJECT_MANDATE},
	[ACT_MANDATE_RESIGN] = {"%a resigns from the mandate %o", SUBJECT_MANDATE},
	[ACT_MANDATE_HOLD] = {"%a asks to end the mandate %o", SUBJECT_MANDATE},
	[ACT_MANDATE_CONCLUDE] = {"%a concludes the mandate %o", SUBJECT_MANDATE},
	[ACT_MANDATE_CHALLENGE] = {"%a says that the mandate %o should not have been: %t", SUBJECT_MANDATE},
	[ACT_AGREEMENT_TENTATIVE] = {"%a tables an agreement: %t", ANY},
	[ACT_AGREEMENT_SIGN] = {"%a signs the agreement %o", SUBJECT_AGREEMENT},
	[ACT_AGREEMENT_COUNTERSIGN] = {"the counterparty signs the agreement %o", SUBJECT_AGREEMENT},
	[ACT_AGREEMENT_WITHDRAW] = {"%a takes the agreement %o back", SUBJECT_AGREEMENT},
	[ACT_AGREEMENT_DECLINE] = {"the counterparty declines the agreement %o", SUBJECT_AGREEMENT},
	[ACT_AGREEMENT_CHALLENGE] = {"%a says that the agreement %o goes beyond its mandate: %t", SUBJECT_AGREEMENT},
	[ACT_AGREEMENT_RECEIPT] = {"the counterparty knows the agreement %o to be agreed", SUBJECT_AGREEMENT},
	[ACT_AGREEMENT_BREACH] = {"%a says that the agreement %o is broken", SUBJECT_AGREEMENT},
	[ACT_AGREEMENT_ENDORSE] = {"%a says so too: the agreement %o is broken", SUBJECT_AGREEMENT},
	[ACT_AGREEMENT_ANSWER] = {"%a answers those who say that the agreement %o is broken: %t", SUBJECT_AGREEMENT},
	[ACT_AGREEMENT_REPLY] = {"the counterparty replies about the agreement %o: %t", SUBJECT_AGREEMENT},
	[ACT_AGREEMENT_END] = {"%a ends the agreement %o", SUBJECT_AGREEMENT},
	[ACT_CASE_APPEAL] = {"%a appeals in the case %o", SUBJECT_CASE},
	[ACT_GUARDIANS_SET] = {"%a chooses who can vouch for a new key", ANY},
	[ACT_KEY_RECOVER] = {"%a asks for the membership of %o", SUBJECT_MEMBER},
	[ACT_KEY_VOUCH] = {"%a vouches in the recovery %o; if that key is yours and not lost: union key object", SUBJECT_RECOVERY},
	[ACT_KEY_OBJECT] = {"%a objects to the recovery %o: a panel decides", SUBJECT_RECOVERY},
	[ACT_MEMBER_SUSPEND] = {"%a asks to suspend the member %o", SUBJECT_MEMBER},
	[ACT_TEXT_ERASE] = {"%a erases a text", ANY},
};
/* clang-format on */

/* Names of what acts are about *********************************************/

static void
put_short(const uint8_t id[static CRYPT_HASH], struct writer *out)
{
	coding_put_hex(out, bytes_of(id, 8));
}

enum subject_sort
saying_sort_of_question(struct bytes kind)
{
	return bytes_equal(kind, BYTES("mandate-hold")) ? SUBJECT_MANDATE
	       : bytes_equal(kind, BYTES("panel"))      ? SUBJECT_CASE
							: SUBJECT_PROPOSAL;
}

/*
 * From a question, open or over, to what people know it by; a case is drawn by
 * lot before it has a question, under its own id.
 */
static int
find_about(struct desk *d, const uint8_t question[static CRYPT_HASH],
	enum subject_sort *sort, uint8_t id[static CRYPT_HASH])
{
	struct writer document = {0};
	struct bytes about, kind;
	bool found;
	int rc = ask_document(d->contact, question, &found, &document);

	*sort = SUBJECT_CASE;
	memcpy(id, question, CRYPT_HASH);
	if (rc == 0 && found) {
		about = fields_find(writer_view(&document), "about");
		kind = fields_find(writer_view(&document), "kind");
		*sort = saying_sort_of_question(
			bytes_slice(kind, 1, kind.len - 2));
		if (!coding_read_hex(bytes_slice(about, 1, about.len - 2), id,
			    CRYPT_HASH))
			rc = contact_misread();
	}
	writer_clear(&document);
	return rc;
}

/* Append "P3 "Buy a kettle"". */
static int
put_subject(struct desk *d, enum subject_sort sort,
	const uint8_t id[static CRYPT_HASH], struct writer *out)
{
	struct writer title = {0};
	struct wire *reply;
	char name[16];
	bool found;
	int rc;

	if (ask_get_id(d->contact, subject_list(sort), id, NULL, &found,
		    &reply) != 0)
		return -1;
	if (!found) {
		put_short(id, out);
		return 0;
	}
	subject_name(sort, wire_get(wire_top(reply), "item"), name);
	rc = subject_title(d, sort, wire_get(wire_top(reply), "item"), &title);
	if (contact_check(&reply) != 0)
		rc = -1;
	writer_put_string(out, name);
	if (title.len > 0) {
		writer_put_string(out, " \"");
		writer_put(out, writer_view(&title));
		writer_put_u8(out, '"');
	}
	writer_clear(&title);
	wire_free(reply);
	return rc;
}

/* What is said of a breach is about its agreement. */
static int
put_agreement(
	struct desk *d, const uint8_t id[static CRYPT_HASH], struct writer *out)
{
	struct ask_record r;
	bool found;
	int rc;

	if (ask_act(d->contact, id, &found, &r) != 0)
		return -1;
	rc = put_subject(d, SUBJECT_AGREEMENT,
		found && r.act.kind == ACT_AGREEMENT_BREACH
			? act_hash(&r.act, ACT_HAS_ON)
			: id,
		out);
	ask_clear(&r);
	return rc;
}

static int
put_fresh(struct desk *d, enum subject_sort sort,
	const uint8_t id[static CRYPT_HASH], struct writer *out)
{
	enum subject_sort about;
	uint8_t other[CRYPT_HASH];

	switch (sort) {
	case SUBJECT_MEMBER:
		subject_put_member(d, id, out);
		return 0;
	case SUBJECT_AGREEMENT:
		return put_agreement(d, id, out);
	case SUBJECT_GRANT: /* may have ended */
		put_short(id, out);
		return 0;
	case SUBJECT_QUESTION:
		if (find_about(d, id, &about, other) != 0)
			return -1;
		return put_subject(d, about, other, out);
	default:
		return put_subject(d, sort, id, out);
	}
}

int
saying_put_name(struct saying *s, enum subject_sort sort,
	const uint8_t id[static CRYPT_HASH], struct writer *out)
{
	struct name *name;
	int rc;

	for (size_t i = 0; i < MEMORY && i < s->n; i++) {
		name = &s->names[i];
		if (name->sort == sort &&
			memcmp(name->id, id, CRYPT_HASH) == 0) {
			writer_put(out, writer_view(&name->words));
			return 0;
		}
	}
	name = &s->names[s->n++ % MEMORY];
	name->sort = sort;
	memcpy(name->id, id, CRYPT_HASH);
	writer_rewind(&name->words);
	rc = put_fresh(s->desk, sort, id, &name->words);
	writer_put(out, writer_view(&name->words));
	return rc;
}

/* The parts of a sentence **************************************************/

static void
put_author(struct desk *d, const struct act *act, struct writer *out)
{
	if (act->author == FORM_BY_MEMBER)
		subject_put_member(d, act_by(act), out);
	else if (act->author == FORM_BY_KEY)
		put_short(act_by(act), out);
	else
		writer_put_string(out, "the ledger");
}

static void
put_other(struct desk *d, const struct act *act, struct writer *out)
{
	static const uint8_t nobody[CRYPT_HASH];
	const uint8_t *to = act_hash(act, ACT_HAS_TO);

	if (memcmp(to, nobody, CRYPT_HASH) == 0)
		writer_put_string(out, "nobody");
	else
		subject_put_member(d, to, out);
}

/* "passed", from the object of a result. */
static void
put_outcome(const struct act *act, struct writer *out)
{
	struct bytes outcome =
		fields_find(act_span(act, ACT_HAS_OUTCOME), "outcome");

	if (outcome.len > 2)
		jcs_unescape(bytes_slice(outcome, 1, outcome.len - 2), out);
}

static int
put_part(struct saying *s, char part, const struct act *act,
	enum subject_sort sort, struct writer *out)
{
	switch (part) {
	case 'a':
		put_author(s->desk, act, out);
		return 0;
	case 'o':
		return saying_put_name(s, sort, act_hash(act, ACT_HAS_ON), out);
	case 't':
		return reading_title(s->desk, reading_texts_of(act), out);
	case 'm':
		put_other(s->desk, act, out);
		return 0;
	case 'w':
		writer_put(out, act_span(act, ACT_HAS_OFFICE));
		return 0;
	default:
		assert(part == 'r');
		put_outcome(act, out);
		return 0;
	}
}

int
saying_put(struct saying *s, const struct act *act, struct writer *out)
{
	const char *at = sentences[act->kind].sentence;
	int rc = 0;

	for (; rc == 0 && *at != '\0'; at++) {
		if (*at != '%') {
			writer_put_u8(out, (uint8_t)*at);
			continue;
		}
		at++;
		rc = put_part(s, *at, act, sentences[act->kind].sort, out);
	}
	return rc;
}
