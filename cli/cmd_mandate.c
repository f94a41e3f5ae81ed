#include "cli/cmd_mandate.h"

#include <jansson.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "cli/complain.h"
#include "cli/lines.h"
#include "cli/listing.h"
#include "cli/reading.h"
#include "cli/standing.h"
#include "cli/when.h"

const struct option cmd_mandate_all[] = {
	{"all", 'a', false, NULL, "those that are over too"},
	{0},
};

#define LABEL 11 /* columns */

/* Lists ********************************************************************/

/* "ada, 1a2b3c4d5e6f7788 (not yet)", by names alone where there are any. */
static void
put_delegates(struct desk *d, struct wire_value item, struct writer *out)
{
	struct wire_value list = wire_get(item, "delegates");
	size_t n = wire_count(list, 0, LIMIT_DELEGATES);

	for (size_t i = 0; i < n; i++) {
		uint8_t id[CRYPT_HASH];
		const char *name;

		wire_id(wire_at(wire_at(list, i), 0), id);
		name = home_petname(&d->home, id);
		writer_put_string(out, i == 0 ? "" : ", ");
		if (name != NULL)
			writer_put_string(out, name);
		else
			subject_put_member(d, id, out);
		if (!wire_bool(wire_at(wire_at(list, i), 1)))
			writer_put_string(out, " (not yet)");
	}
}

static int
put_row(struct desk *d, struct wire_value entry, struct listing *l)
{
	struct wire_value item = wire_get(entry, "item");
	const struct standing *state = standing_of(SUBJECT_MANDATE, item);
	uint64_t due = lines_number(item, "report_due");
	char name[16];

	if (state->over && !options_has(&d->call->options, "all"))
		return 0;
	subject_name(SUBJECT_MANDATE, entry, name);
	listing_put(l, "%s", name);
	listing_put(l, "%s", state->state);
	if (due > 0)
		when_put_distance(listing_cell(l), due, d->now_s);
	else
		listing_put(l, "-");
	listing_put(l, "%llu",
		(unsigned long long)lines_number(item, "endorsements"));
	put_delegates(d, item, listing_cell(l));
	return subject_title(d, SUBJECT_MANDATE, entry, listing_cell(l));
}

static int
list(struct desk *d)
{
	static const struct table_column columns[] = {{"", false},
		{"state", false}, {"report due", false}, {"endorsed", true},
		{"delegates", false}, {"title", false}};

	return listing_show(
		d, SUBJECT_MANDATE, columns, 6, put_row, "mandates");
}

/* Lines ********************************************************************/

static void
line_of_span(struct desk *d, const char *label, const char *before,
	const struct act *terms, enum act_member member, const char *after)
{
	struct writer w = {0};

	writer_put_string(&w, before);
	when_put_span(&w, (uint64_t)act_int(terms, member));
	writer_put_string(&w, after);
	lines_text(d, LABEL, label, writer_view(&w));
	writer_clear(&w);
}

/* Where it stands **********************************************************/

static void
give_causes(struct desk *d, struct wire_value list)
{
	size_t n = wire_count(list, 0, LIMIT_OPTIONS);

	for (size_t i = 0; i < n; i++) {
		struct bytes word = wire_string(wire_at(list, i), 32);

		lines_put(d, LABEL, "Because:", "%.*s: %s", (int)word.len,
			(const char *)word.data, standing_cause(word));
	}
}

static void
give_seals(struct desk *d, struct wire_value list)
{
	size_t n = wire_count(list, 0, LIMIT_MEMBERS);

	for (size_t i = 0; i < n; i++) {
		struct wire_value seal = wire_at(list, i);
		bool opened = wire_bool(wire_at(seal, 2));

		lines_time(d, LABEL, opened ? "Unsealed:" : "Sealed to:",
			(uint64_t)wire_int(
				wire_at(seal, 1), 0, LIMIT_JSON_INT));
	}
}

/* "#1 ada, #2 ben (no credentials)" */
static void
give_publications(struct desk *d, struct wire_value list)
{
	size_t n = wire_count(list, 0, LIMIT_MEMBERS);
	struct writer line = {0};

	for (size_t i = 0; i < n; i++) {
		struct wire_value one = wire_at(list, i);
		uint8_t id[CRYPT_HASH];

		wire_id(wire_at(one, 0), id);
		writer_put_string(&line, i == 0 ? "" : ", ");
		subject_put_member(d, id, &line);
		if (wire_string(wire_at(one, 1), 100).len == 0)
			writer_put_string(&line, " (no credentials)");
	}
	if (n > 0)
		lines_text(d, LABEL, "Published:", writer_view(&line));
	writer_clear(&line);
}

/* What was brought home, also where the mandate is over and it stands. */
static int
give_agreement(struct desk *d, const struct subject *s, bool over)
{
	struct wire_value v = wire_get(s->item, "agreement");
	const struct standing *state;
	struct subject agreement;
	uint8_t id[CRYPT_HASH];
	uint64_t rejections = lines_number(s->item, "rejections");
	int rc;

	if (rejections > 0)
		lines_put(d, LABEL, "Rejected:", "%llu so far",
			(unsigned long long)rejections);
	if (wire_string(v, CODING_HEX_32).len != CODING_HEX_32)
		return 0;
	wire_id(v, id);
	rc = subject_get(d, SUBJECT_AGREEMENT, id, &agreement);
	if (rc == 0) {
		state = standing_of(SUBJECT_AGREEMENT, agreement.item);
		lines_put(d, LABEL, "Agreement:", "%s, %s%s", agreement.name,
			state->state,
			over && !state->over
				? ", and nobody watches over it any more"
				: "");
	}
	subject_clear(&agreement);
	return rc;
}

static int
give_standing(struct desk *d, const struct subject *s)
{
	const struct standing *state = standing_of(SUBJECT_MANDATE, s->item);
	struct writer w = {0};

	subject_put(s, &w);
	lines_text(d, LABEL, "Mandate:", writer_view(&w));
	lines_put(d, LABEL, "State:", "%s (%s)", state->state, state->meaning);
	lines_time(d, LABEL, "Since:", lines_number(s->item, "since"));
	give_causes(d, wire_get(s->item, "causes"));
	lines_put(d, LABEL, "Proposal:", "P%llu",
		(unsigned long long)lines_number(s->entry, "proposal") + 1);
	lines_time(
		d, LABEL, "Report due:", lines_number(s->item, "report_due"));
	lines_time(d, LABEL, "Next step:", lines_number(s->entry, "due"));
	writer_rewind(&w);
	put_delegates(d, s->item, &w);
	if (w.len > 0)
		lines_text(d, LABEL, "Delegates:", writer_view(&w));
	lines_put(d, LABEL, "Endorsed:", "by %llu",
		(unsigned long long)lines_number(s->item, "endorsements"));
	give_publications(d, wire_get(s->item, "publications"));
	lines_members(d, LABEL, "To end it:", wire_get(s->item, "holds"));
	lines_members(d, LABEL, "Concluded:", wire_get(s->item, "concluded"));
	if (wire_bool(wire_get(s->item, "final")))
		lines_put(d, LABEL, "Final:", "the last report was given");
	lines_members(
		d, LABEL, "Challenged:", wire_get(s->item, "challengers"));
	give_seals(d, wire_get(s->item, "seals"));
	writer_clear(&w);
	return give_agreement(d, s, state->over);
}

/* Terms ********************************************************************/

/* "consult, negotiate" from a list of words as it stands in an act. */
static void
line_of_words(struct desk *d, const char *label, struct bytes list)
{
	struct fields f = fields_of_list(list, 0, 4);
	struct writer w = {0};

	while (fields_more(&f)) {
		writer_put_string(&w, w.len == 0 ? "" : ", ");
		writer_put(&w, fields_word(&f, NULL));
	}
	lines_text(d, LABEL, label, writer_view(&w));
	writer_clear(&w);
}

/* One counterparty or ceiling: its text, behind its number. */
static int
give_described(struct desk *d, const char *label, size_t i, struct bytes object)
{
	struct bytes limit = fields_find(object, "limit");
	struct writer w = {0};
	int rc;

	writer_put_decimal(&w, i);
	writer_put_string(&w, limit.len > 0 ? ": at most " : ": ");
	writer_put(&w, limit);
	writer_put_string(&w, limit.len > 0 ? " " : "");
	rc = reading_title(d, fields_find(object, "texts"), &w);
	lines_text(d, LABEL, label, writer_view(&w));
	writer_clear(&w);
	return rc;
}

static int
give_list(struct desk *d, const char *label, struct bytes list)
{
	struct fields f = fields_of_list(list, 0, LIMIT_COUNTERPARTIES);
	size_t i = 0;
	int rc = 0;

	while (rc == 0 && fields_more(&f))
		rc = give_described(d, label, ++i, fields_value(&f, NULL));
	return rc;
}

static void
give_recall(struct desk *d, struct bytes share)
{
	struct fields f = fields_of_list(share, 2, 2);
	int64_t num = fields_int(&f, NULL, 0, LIMIT_JSON_INT);
	int64_t den = fields_int(&f, NULL, 0, LIMIT_JSON_INT);

	lines_put(d, LABEL, "Recall:", "called by %lld/%lld of the members",
		(long long)num, (long long)den);
}

static int
give_terms(struct desk *d, const struct subject *s, const struct act *terms)
{
	struct bytes class = act_span(terms, ACT_HAS_RATIFY_CLASS);

	lines_time(d, LABEL,
		"Valid from:", (uint64_t)act_int(terms, ACT_HAS_VALID_FROM));
	lines_time(d, LABEL, "Valid to:", lines_number(s->item, "valid_until"));
	lines_put(d, LABEL, "Needed:", "%lld of the delegates acting",
		(long long)act_int(terms, ACT_HAS_NEEDED));
	line_of_words(d, "Powers:", act_span(terms, ACT_HAS_POWERS));
	line_of_span(
		d, "Reports:", "one every ", terms, ACT_HAS_REPORT_EVERY_S, "");
	line_of_span(d, "Grace:", "one may be late by ", terms,
		ACT_HAS_REPORT_GRACE_S, "");
	line_of_span(d, "Secrets:", "reports may be sealed for ", terms,
		ACT_HAS_CONFIDENTIAL_S, " in all");
	give_recall(d, act_span(terms, ACT_HAS_RECALL));
	output_line(d->out,
		"%-11s what is brought home, by class %.*s; turned down %lld "
		"times at most",
		"Ratified:", (int)class.len, (const char *)class.data,
		(long long)act_int(terms, ACT_HAS_MAX_REJECTIONS));
	if (give_list(d, "With:", act_span(terms, ACT_HAS_COUNTERPARTIES)) != 0)
		return -1;
	if (give_list(d, "Ceiling:", act_span(terms, ACT_HAS_CEILINGS)) != 0)
		return -1;
	output_give_take(d->out, "terms",
		json_loadb((const char *)terms->bytes.data, terms->bytes.len, 0,
			NULL));
	return reading_show(d, act_span(terms, ACT_HAS_TEXTS));
}

static int
find(struct desk *d, struct subject *out)
{
	return subject_find(d, SUBJECT_MANDATE,
		options_operand(&d->call->options, "MANDATE"), out);
}

/* The founding record of a mandate: its terms. */
static int
fetch_terms(struct desk *d, const struct subject *s, struct ask_record *out)
{
	if (ask_record(d->contact, lines_number(s->entry, "record"), out) != 0)
		return -1;
	if (out->act.kind == ACT_MANDATE_PROPOSE &&
		memcmp(out->act.id, s->id, CRYPT_HASH) == 0)
		return 0;
	ask_clear(out);
	return contact_misread();
}

static int
give_mandate(struct desk *d, const struct subject *s)
{
	const struct standing *state = standing_of(SUBJECT_MANDATE, s->item);
	struct ask_record r;
	int rc;

	if (fetch_terms(d, s, &r) != 0)
		return -1;
	rc = give_standing(d, s);
	output_give_value(d->out, "mandate", s->entry.at);
	if (rc == 0)
		rc = give_terms(d, s, &r.act);
	if (rc == 0 && state->next != NULL)
		output_next(d->out, "%s %s", state->next, s->name);
	ask_clear(&r);
	return rc;
}

static int
show(struct desk *d)
{
	struct subject s;
	int rc = find(d, &s);

	if (rc == 0)
		rc = give_mandate(d, &s);
	subject_clear(&s);
	return rc;
}

/* Commands *****************************************************************/

int
cmd_mandate_list(const struct call *call)
{
	return desk_do(call, desk_open, list);
}

int
cmd_mandate_show(const struct call *call)
{
	return desk_do(call, desk_open, show);
}
