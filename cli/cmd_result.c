#include "cli/cmd_result.h"

#include <jansson.h>
#include <string.h>

#include "ballots/record/effect.h"
#include "cli/complain.h"
#include "cli/reading.h"
#include "cli/recount.h"
#include "cli/subject.h"
#include "cli/table.h"
#include "cli/when.h"

/* What the options of a question are called, in its order. */
struct titles {
	struct writer at[LIMIT_OPTIONS];
	size_t n;
};

static struct writer *
next_title(struct titles *t)
{
	return &t->at[t->n < LIMIT_OPTIONS - 1 ? t->n++ : t->n];
}

static void
clear_titles(struct titles *t)
{
	for (size_t i = 0; i < LIMIT_OPTIONS; i++)
		writer_clear(&t->at[i]);
}

/* The options of one proposal, from the act that holds its text. */
static int
add_options(struct desk *d, const struct act *act, struct titles *t)
{
	struct effect_option option;
	uint32_t k = 0;
	int rc = 0;

	if (!act_has(act, ACT_HAS_OPTIONS))
		return reading_title(d, reading_texts_of(act), next_title(t));
	while (rc == 0 &&
		effect_option_at(act_span(act, ACT_HAS_OPTIONS), k++, &option))
		rc = reading_title(d,
			option.texts.len > 2 ? option.texts
					     : reading_texts_of(act),
			next_title(t));
	return rc;
}

static void
add_candidates(struct desk *d, struct wire_value list, struct titles *t)
{
	size_t n = wire_count(list, 0, LIMIT_OPTIONS);
	uint8_t id[CRYPT_HASH];

	for (size_t i = 0; i < n; i++) {
		wire_id(wire_at(wire_at(list, i), 1), id);
		subject_put_member(d, id, next_title(t));
	}
}

static int
add_proposal(struct desk *d, struct wire_value entry, struct titles *t)
{
	struct ask_record r;
	uint8_t id[CRYPT_HASH];
	bool found;
	int rc;

	if (wire_there(wire_get(entry, "candidates"))) {
		add_candidates(d, wire_get(entry, "candidates"), t);
		return 0;
	}
	wire_id(wire_get(entry, "text"), id);
	if (ask_act(d->contact, id, &found, &r) != 0)
		return -1;
	if (!found)
		return contact_misread();
	rc = add_options(d, &r.act, t);
	ask_clear(&r);
	return rc;
}

/* True when a proposal of the list was on this question to the end. */
static bool
was_voted_on(struct wire_value entry, struct bytes question)
{
	struct wire_value id = wire_get(entry, "question");
	struct bytes phase =
		wire_string(wire_get(wire_get(entry, "item"), "phase"), 32);

	return wire_there(id) && bytes_equal(wire_string(id, 64), question) &&
	       !bytes_equal(phase, BYTES("LAPSED")) &&
	       !bytes_equal(phase, BYTES("WITHDRAWN"));
}

/* Whose titles are gathered, and where. */
struct gathering {
	struct desk *desk;
	struct bytes question;
	struct titles *titles;
};

static int
gather(void *ctx, struct wire_value entry)
{
	struct gathering *g = ctx;

	if (!was_voted_on(entry, g->question))
		return 0;
	return add_proposal(g->desk, entry, g->titles);
}

/* Rivals stand in the list behind their lead, in the question's order. */
static int
read_titles(struct desk *d, const struct subject *s, struct titles *t)
{
	struct gathering g = {
		d, wire_string(wire_get(s->entry, "question"), 64), t};

	return ask_each(d->contact, "proposals", gather, &g);
}

#define BAR 24

static void
give_line(struct desk *d, size_t i, json_t *option, json_int_t most,
	struct bytes title)
{
	json_int_t in_favour =
		json_integer_value(json_object_get(option, "for"));
	json_int_t against =
		json_integer_value(json_object_get(option, "against"));
	struct writer bar = {0};

	table_put_bar(&bar, (uint64_t)in_favour, (uint64_t)most, BAR);
	output_line(d->out, "  %2zu  %s  %lld for, %lld against%s%s", i + 1,
		writer_string(&bar), (long long)in_favour, (long long)against,
		json_is_true(json_object_get(option, "quorum")) ? ""
								: ", no quorum",
		json_is_true(json_object_get(option, "majority"))
			? ""
			: ", no majority");
	if (title.len > 0)
		output_line(d->out, "      %.*s", (int)title.len,
			(const char *)title.data);
	writer_clear(&bar);
}

/* "1 and 3" of a list of numbers. */
static void
put_numbers(json_t *list, const char *between, struct writer *out)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		writer_put_string(out, i == 0 ? "" : between);
		writer_put_decimal(out, (uint64_t)json_integer_value(one));
	}
}

/* "3/10", or nothing for a rule without one. */
static void
put_share(json_t *pair, const char *words, struct writer *out)
{
	if (json_array_size(pair) != 2)
		return;
	writer_put_string(out, words);
	writer_put_decimal(
		out, (uint64_t)json_integer_value(json_array_get(pair, 0)));
	writer_put_u8(out, '/');
	writer_put_decimal(
		out, (uint64_t)json_integer_value(json_array_get(pair, 1)));
}

/* What was asked of each option. */
static void
give_rule(struct desk *d, json_t *rule)
{
	json_t *quorum = json_object_get(rule, "quorum");
	struct writer line = {0};

	writer_put_string(
		&line, json_string_value(json_object_get(rule, "class")));
	put_share(json_object_get(rule, "majority"), ", majority ", &line);
	put_share(json_object_get(quorum, "share"), ", quorum ", &line);
	put_share(json_object_get(quorum, "root"), ", quorum root of ", &line);
	output_line(d->out, "%-10s %s", "Rule:", writer_string(&line));
	writer_clear(&line);
}

static void
give_ranking(struct desk *d, json_t *ranking)
{
	struct writer line = {0};
	json_t *group;
	size_t i;

	if (json_array_size(ranking) == 0)
		return;
	json_array_foreach(ranking, i, group)
	{
		writer_put_string(&line, i == 0 ? "" : " > ");
		put_numbers(group, " = ", &line);
	}
	output_line(d->out, "%-10s %s (0 is the status quo)",
		"Order:", writer_string(&line));
	writer_clear(&line);
}

static void
give_result(struct desk *d, json_t *result, const struct titles *titles)
{
	json_t *options = json_object_get(result, "options"), *option;
	json_int_t counted =
		json_integer_value(json_object_get(result, "counted"));
	json_t *winners = json_object_get(result, "winners");
	struct writer line = {0};
	size_t i;

	output_line(d->out, "%-10s %s", "Outcome:",
		json_string_value(json_object_get(result, "outcome")));
	put_numbers(winners, ", ", &line);
	if (json_array_size(winners) > 0)
		output_line(d->out, "%-10s %s", "Won:", writer_string(&line));
	output_line(d->out,
		"%-10s %lld of %lld on the roll, with a weight of "
		"%lld; %lld delegated votes unused",
		"Ballots:",
		(long long)json_integer_value(
			json_object_get(result, "ballots")),
		(long long)json_integer_value(json_object_get(
			json_object_get(result, "roll"), "size")),
		(long long)counted,
		(long long)json_integer_value(
			json_object_get(result, "unused")));
	json_array_foreach(options, i, option) give_line(d, i, option, counted,
		i < titles->n ? writer_view(&titles->at[i]) : BYTES(""));
	give_rule(d, json_object_get(result, "rule"));
	give_ranking(d, json_object_get(result, "ranking"));
	writer_clear(&line);
}

static int
result_of(struct desk *d, uint64_t index, const struct titles *titles)
{
	struct writer line = {0};
	struct ask_record r;
	struct bytes text;
	json_t *json;

	if (ask_record(d->contact, index, &r) != 0)
		return -1;
	if (r.act.kind != ACT_RESULT) {
		ask_clear(&r);
		return contact_misread();
	}
	text = act_span(&r.act, ACT_HAS_OUTCOME);
	json = json_loadb((const char *)text.data, text.len, 0, NULL);
	when_put(&line, r.time_s);
	output_line(d->out, "%-10s number %llu, %s",
		"Record:", (unsigned long long)index, writer_string(&line));
	give_result(d, json, titles);
	output_give_number(d->out, "index", index);
	output_give_take(d->out, "result", json);
	writer_clear(&line);
	ask_clear(&r);
	return 0;
}

const struct option cmd_result_options[] = {
	{"steps", 0, false, NULL,
		"count again on this machine, and tell each step"},
	{0},
};

/* Count again from the records, step by step. */
static int
give_steps(struct desk *d, uint64_t index, const struct titles *titles)
{
	struct bytes names[LIMIT_OPTIONS] = {BYTES("The status quo")};
	struct recount again = {0};
	struct report report;
	int rc = recount_run(&again, d->contact, index);

	for (size_t i = 0; i < titles->n && i + 1 < LIMIT_OPTIONS; i++)
		names[i + 1] = writer_view(&titles->at[i]);
	if (rc == 0) {
		report = recount_report(&again, names);
		output_line(d->out, "%s", "");
		recount_give(d->out, &report);
	}
	if (rc == 0 && !again.same)
		rc = complain_no("Show it to an auditor.",
			"The recorded result is not what the ballots give.");
	recount_clear(&again);
	return rc;
}

static int
give(struct desk *d, const struct subject *s)
{
	uint64_t index = (uint64_t)wire_int(
		wire_get(s->entry, "result"), 0, LIMIT_JSON_INT);
	struct bytes phase = wire_string(wire_get(s->item, "phase"), 32);
	struct titles titles = {0};
	struct writer title = {0};
	int rc;

	subject_put(s, &title);
	output_line(d->out, "%-10s %s", "Proposal:", writer_string(&title));
	output_line(d->out, "%-10s %.*s", "Phase:", (int)phase.len,
		(const char *)phase.data);
	output_give_text(d->out, "phase", phase);
	writer_clear(&title);
	if (index == 0)
		return complain_no(
			"See union show.", "%s has no result yet.", s->name);
	rc = read_titles(d, s, &titles);
	if (rc == 0)
		rc = result_of(d, index, &titles);
	if (rc == 0 && options_has(&d->call->options, "steps"))
		rc = give_steps(d, index, &titles);
	clear_titles(&titles);
	if (rc == 0)
		output_next(d->out, "union replay (anybody counts it again)");
	return rc;
}

int
cmd_result_show(const struct call *call)
{
	struct subject s = {0};
	struct desk d;
	int rc = desk_open(call, &d);

	if (rc == 0)
		rc = subject_find(&d, SUBJECT_PROPOSAL,
			options_operand(&call->options, "PROPOSAL"), &s);
	if (rc == 0)
		rc = give(&d, &s);
	subject_clear(&s);
	desk_close(&d);
	return rc;
}
