#include "cli/cmd_mandate.h"

#include <jansson.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/listing.h"
#include "cli/reading.h"
#include "cli/when.h"

const struct option cmd_mandate_all[] = {
	{"all", 'a', false, NULL, "those that are over too"},
	{0},
};

/* What each state means, and what comes next in it. */
static const struct {
	const char *state, *meaning, *next;
	bool over;
} states[] = {
	{"PROPOSED", "it is voted on", "union show", false},
	{"AUTHORISED", "voted for; delegates accept, stewards publish",
		"union mandate accept", false},
	{"ACTIVE", "delegates may begin", "union mandate meeting", false},
	{"NEGOTIATING", "delegates are at work", "union mandate report", false},
	{"SUSPENDED", "delegates may not act until the cause is gone",
		"union mandate report", false},
	{"RECALLED", "the members ended it", NULL, true},
	{"EXPIRED", "its time is over", NULL, true},
	{"CONCLUDED", "it is done", NULL, true},
	{"LAPSED", "it never began", NULL, true},
};
enum { N_STATES = sizeof(states) / sizeof(states[0]) };

/* Why a mandate is suspended, and what cures it. */
static const struct {
	const char *cause, *meaning;
} causes[] = {
	{"delegates", "too few delegates act; a replacement is voted on"},
	{"hold", "members asked for its end; the vote decides"},
	{"report", "a report is overdue; a report cures it"},
	{"seal", "a sealed report was not opened in time; opening it does"},
};
enum { N_CAUSES = sizeof(causes) / sizeof(causes[0]) };

static size_t
state_of(struct wire_value item)
{
	struct bytes word = wire_string(wire_get(item, "state"), 32);
	size_t i = 0;

	while (i < N_STATES &&
		!bytes_equal(word, bytes_of_string(states[i].state)))
		i++;
	if (i < N_STATES)
		return i;
	wire_refuse(item);
	return 0;
}

static uint64_t
number(struct wire_value object, const char *name)
{
	return (uint64_t)wire_int(wire_get(object, name), 0, LIMIT_JSON_INT);
}

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
	size_t state = state_of(item);
	uint64_t due = number(item, "report_due");
	char name[16];

	if (states[state].over && !options_has(&d->call->options, "all"))
		return 0;
	subject_name(SUBJECT_MANDATE, entry, name);
	listing_put(l, "%s", name);
	listing_put(l, "%s", states[state].state);
	if (due > 0)
		when_put_distance(listing_cell(l), due, d->now_s);
	else
		listing_put(l, "-");
	listing_put(
		l, "%llu", (unsigned long long)number(item, "endorsements"));
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
line(struct desk *d, const char *label, const char *text)
{
	output_line(d->out, "%-11s %s", label, text);
}

static void
line_of_time(struct desk *d, const char *label, uint64_t at_s)
{
	struct writer w = {0};

	if (at_s == 0)
		return;
	when_put(&w, at_s);
	writer_put_string(&w, ", ");
	when_put_distance(&w, at_s, d->now_s);
	line(d, label, writer_string(&w));
	writer_clear(&w);
}

static void
line_of_span(struct desk *d, const char *label, const char *before,
	const struct act *terms, enum act_member member, const char *after)
{
	struct writer w = {0};

	writer_put_string(&w, before);
	when_put_span(&w, (uint64_t)act_int(terms, member));
	writer_put_string(&w, after);
	line(d, label, writer_string(&w));
	writer_clear(&w);
}

/* Members of a list of ids, where there are any. */
static void
line_of_members(struct desk *d, const char *label, struct wire_value list)
{
	size_t n = wire_count(list, 0, LIMIT_MEMBERS);
	struct writer w = {0};

	for (size_t i = 0; i < n; i++) {
		uint8_t id[CRYPT_HASH];

		wire_id(wire_at(list, i), id);
		writer_put_string(&w, i == 0 ? "" : ", ");
		subject_put_member(d, id, &w);
	}
	if (n > 0)
		line(d, label, writer_string(&w));
	writer_clear(&w);
}

/* Where it stands **********************************************************/

static void
give_causes(struct desk *d, struct wire_value list)
{
	size_t n = wire_count(list, 0, N_CAUSES);

	for (size_t i = 0; i < n; i++) {
		struct bytes word = wire_string(wire_at(list, i), 32);

		for (size_t k = 0; k < N_CAUSES; k++)
			if (bytes_equal(word, bytes_of_string(causes[k].cause)))
				output_line(d->out, "%-11s %s: %s",
					"Because:", causes[k].cause,
					causes[k].meaning);
	}
}

static void
give_seals(struct desk *d, struct wire_value list)
{
	size_t n = wire_count(list, 0, LIMIT_MEMBERS);

	for (size_t i = 0; i < n; i++) {
		struct wire_value seal = wire_at(list, i);
		bool opened = wire_bool(wire_at(seal, 2));

		line_of_time(d, opened ? "Unsealed:" : "Sealed to:",
			(uint64_t)wire_int(
				wire_at(seal, 1), 0, LIMIT_JSON_INT));
	}
}

static void
give_standing(struct desk *d, const struct subject *s)
{
	size_t state = state_of(s->item);
	struct writer w = {0};

	subject_put(s, &w);
	line(d, "Mandate:", writer_string(&w));
	output_line(d->out, "%-11s %s (%s)", "State:", states[state].state,
		states[state].meaning);
	line_of_time(d, "Since:", number(s->item, "since"));
	give_causes(d, wire_get(s->item, "causes"));
	output_line(d->out, "%-11s P%llu", "Proposal:",
		(unsigned long long)number(s->entry, "proposal") + 1);
	line_of_time(d, "Report due:", number(s->item, "report_due"));
	line_of_time(d, "Next step:", number(s->entry, "due"));
	writer_rewind(&w);
	put_delegates(d, s->item, &w);
	if (w.len > 0)
		line(d, "Delegates:", writer_string(&w));
	output_line(d->out, "%-11s by %llu", "Endorsed:",
		(unsigned long long)number(s->item, "endorsements"));
	line_of_members(d, "Published:", wire_get(s->item, "published"));
	line_of_members(d, "To end it:", wire_get(s->item, "holds"));
	line_of_members(d, "Concluded:", wire_get(s->item, "concluded"));
	if (wire_bool(wire_get(s->item, "final")))
		line(d, "Final:", "the last report was given");
	give_seals(d, wire_get(s->item, "seals"));
	writer_clear(&w);
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
	line(d, label, writer_string(&w));
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
	line(d, label, writer_string(&w));
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

	output_line(d->out, "%-11s called by %lld/%lld of the members",
		"Recall:", (long long)num, (long long)den);
}

static int
give_terms(struct desk *d, const struct subject *s, const struct act *terms)
{
	struct bytes class = act_span(terms, ACT_HAS_RATIFY_CLASS);

	line_of_time(
		d, "Valid from:", (uint64_t)act_int(terms, ACT_HAS_VALID_FROM));
	line_of_time(d, "Valid to:", number(s->item, "valid_until"));
	output_line(d->out, "%-11s %lld of the delegates acting",
		"Needed:", (long long)act_int(terms, ACT_HAS_NEEDED));
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
	if (ask_record(d->contact, number(s->entry, "record"), out) != 0)
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
	size_t state = state_of(s->item);
	struct ask_record r;
	int rc;

	if (fetch_terms(d, s, &r) != 0)
		return -1;
	give_standing(d, s);
	output_give_value(d->out, "mandate", s->entry.at);
	rc = give_terms(d, s, &r.act);
	if (rc == 0 && states[state].next != NULL)
		output_next(d->out, "%s %s", states[state].next, s->name);
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

static int
run(const struct call *call, int (*work)(struct desk *d))
{
	struct desk d;
	int rc = desk_open(call, &d);

	if (rc == 0)
		rc = work(&d);
	desk_close(&d);
	return rc;
}

int
cmd_mandate_list(const struct call *call)
{
	return run(call, list);
}

int
cmd_mandate_show(const struct call *call)
{
	return run(call, show);
}
