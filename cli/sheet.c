#include "cli/sheet.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/record/effect.h"
#include "cli/canon.h"
#include "cli/complain.h"
#include "cli/names.h"
#include "cli/reading.h"
#include "cli/standing.h"

#define PURPOSE BYTES("union-question/v1\n")

/* Finding ******************************************************************/

/* What a walk through the questions looks for, and what it found. */
struct search {
	const uint8_t *about;
	uint8_t *id;
	bool found;
};

static int
look_at_question(void *ctx, struct wire_value entry)
{
	struct search *s = ctx;
	struct wire_value question = wire_get(entry, "item");
	uint8_t about[CRYPT_HASH];

	wire_id(wire_get(question, "about"), about);
	if (memcmp(about, s->about, CRYPT_HASH) != 0 ||
		bytes_equal(wire_string(wire_get(question, "kind"), 64),
			BYTES("decision")))
		return 0;
	wire_id(wire_get(question, "id"), s->id);
	s->found = true;
	return 1;
}

/* The vote on a petition about id, among the questions that are open. */
static int
find_hold(struct desk *d, const uint8_t about[static CRYPT_HASH],
	uint8_t id[static CRYPT_HASH], bool *found)
{
	struct search s = {.about = about, .id = id};
	int rc = ask_each(d->contact, "questions", look_at_question, &s);

	*found = s.found;
	return rc < 0 ? -1 : 0;
}

/* An id where there is one; many members are "" before there is. */
static bool
take_id(struct wire_value v, uint8_t id[static CRYPT_HASH])
{
	if (!wire_there(v) ||
		wire_string(v, CODING_HEX_32).len != CODING_HEX_32)
		return false;
	wire_id(v, id);
	return true;
}

/* That of the proposal by which members ratify an agreement. */
static int
find_ratification(struct desk *d, const struct subject *agreement,
	uint8_t id[static CRYPT_HASH], bool *found)
{
	struct wire *reply;
	int rc = 0;

	*found = take_id(wire_get(agreement->item, "ratification"), id);
	if (*found)
		rc = ask_get_id(
			d->contact, "proposals", id, NULL, found, &reply);
	if (rc != 0 || !*found)
		return rc;
	*found = take_id(
		wire_get(wire_get(wire_top(reply), "item"), "question"), id);
	wire_free(reply);
	return 0;
}

/* From what is voted on to its question. */
static int
question_of(struct desk *d, const struct subject *about, bool hold,
	uint8_t id[static CRYPT_HASH])
{
	bool found;
	int rc = 0;

	if (hold || about->sort == SUBJECT_MANDATE)
		rc = find_hold(d, about->id, id, &found);
	else if (about->sort == SUBJECT_AGREEMENT)
		rc = find_ratification(d, about, id, &found);
	else
		found = take_id(
			wire_get(about->sort == SUBJECT_CASE ? about->item
							     : about->entry,
				"question"),
			id);
	if (rc != 0 || found)
		return rc;
	return complain_no("When it opens is shown by union show.",
		"Voting on %s is not open.", about->name);
}

/* What has questions, by the letter of a name. */
static const struct subject_set *
asked_about(char letter)
{
	static const struct subject_set mandates = {1, {SUBJECT_MANDATE}},
					agreements = {1, {SUBJECT_AGREEMENT}},
					cases = {1, {SUBJECT_CASE}},
					others = {2, {SUBJECT_PROPOSAL,
							     SUBJECT_CASE}};

	switch (letter) {
	case 'M':
		return &mandates;
	case 'A':
		return &agreements;
	case 'C':
		return &cases;
	default:
		return &others;
	}
}

int
sheet_find(struct desk *d, const char *word, bool hold, struct subject *out)
{
	struct names_name name = names_parse(bytes_of_string(word));
	struct subject about = {0};
	uint8_t id[CRYPT_HASH];
	int rc;

	*out = (struct subject){.sort = SUBJECT_QUESTION};
	if (d->contact == NULL || name.letter == 'Q')
		return subject_find(d, SUBJECT_QUESTION, word, out);
	rc = subject_find_among(d, asked_about(name.letter), word, &about);
	if (rc == 0)
		rc = question_of(d, &about, hold, id);
	if (rc == 0)
		rc = subject_get(d, SUBJECT_QUESTION, id, out);
	if (rc == 0) {
		memcpy(out->name, about.name, sizeof(out->name));
		if (about.sort == SUBJECT_AGREEMENT)
			writer_put_string(&out->title, "Agree to: ");
		writer_put(&out->title, writer_view(&about.title));
	}
	subject_clear(&about);
	return rc;
}

/* Reading ******************************************************************/

/* Nobody may be shown one question and sign another. */
static int
check_id(const struct subject *s, struct wire_value document)
{
	struct bytes parts[] = {PURPOSE, {0}};
	struct writer canonical = {0};
	uint8_t id[CRYPT_HASH];
	int rc = canon_put(document.at, &canonical);

	parts[1] = writer_view(&canonical);
	crypt_hash_parts(parts, 2, id);
	writer_clear(&canonical);
	if (rc == 0 && memcmp(id, s->id, CRYPT_HASH) != 0)
		rc = complain_cannot("Do not vote there; tell an auditor.",
			"The daemon shows another question than the one it "
			"names.");
	return rc;
}

static void
read_options(struct wire_value list, struct sheet *q)
{
	size_t n = wire_count(list, 1, LIMIT_OPTIONS - 1);

	q->n = n + 1;
	for (size_t i = 0; i < n; i++) {
		struct wire_value pair = wire_at(list, i);

		wire_count(pair, 2, 2);
		wire_id(wire_at(pair, 0), q->options[i + 1].act);
		q->options[i + 1].k =
			(uint32_t)wire_int(wire_at(pair, 1), 0, LIMIT_OPTIONS);
	}
}

int
sheet_read(const struct subject *s, struct sheet *out)
{
	struct wire_value doc = wire_get(s->entry, "document");
	struct wire_value scale;

	*out = (struct sheet){0};
	if (check_id(s, doc) != 0)
		return -1;
	wire_id(wire_get(doc, "about"), out->about);
	out->kind = wire_string(wire_get(doc, "kind"), 64);
	out->method = wire_string(wire_get(doc, "method"), 64);
	out->seats = wire_int(wire_get(doc, "seats"), 1, LIMIT_OPTIONS);
	out->opens = wire_int(wire_get(doc, "opens"), 0, LIMIT_JSON_INT);
	read_options(wire_get(doc, "options"), out);
	scale = wire_get(doc, "scale");
	if (wire_there(scale) && wire_count(scale, 2, 2) == 2) {
		out->low = wire_int(wire_at(scale, 0), -1000, 1000);
		out->high = wire_int(wire_at(scale, 1), -1000, 1000);
	}
	return wire_good(s->reply) ? 0 : contact_misread();
}

size_t
sheet_marks(const struct sheet *q)
{
	return bytes_equal(q->method, BYTES("yes-no")) ? 1 : q->n;
}

/* A member who stands has no text: it is the member. */
static int
put_option(
	struct desk *d, const struct act *act, uint32_t k, struct writer *out)
{
	struct effect_option option;

	if (act->kind == ACT_OFFICE_STAND) {
		subject_put_member(d, act_by(act), out);
		return 0;
	}
	if (act_has(act, ACT_HAS_OPTIONS) &&
		effect_option_at(act_span(act, ACT_HAS_OPTIONS), k, &option) &&
		option.texts.len > 2)
		return reading_title(d, option.texts, out);
	return reading_title(d, reading_texts_of(act), out);
}

/* What a panel is asked, which follows from its case. */
static int
put_charge(struct desk *d, const struct sheet *q, struct writer *out)
{
	struct subject s;
	int rc = subject_get(d, SUBJECT_CASE, q->about, &s);

	if (rc == 0)
		writer_put_string(
			out, standing_charge(wire_string(
				     wire_get(s.item, "kind"), FORM_WORD)));
	subject_clear(&s);
	return rc;
}

int
sheet_title(struct desk *d, const struct sheet *q, size_t i, struct writer *out)
{
	struct ask_record r;
	bool found;
	int rc;

	if (i == 0) {
		writer_put_string(out, "none of these: all stays as it is");
		return 0;
	}
	if (bytes_equal(q->kind, BYTES("panel")))
		return put_charge(d, q, out);
	if (ask_act(d->contact, q->options[i].act, &found, &r) != 0)
		return -1;
	if (!found)
		return contact_misread();
	rc = put_option(d, &r.act, q->options[i].k, out);
	ask_clear(&r);
	return rc;
}
