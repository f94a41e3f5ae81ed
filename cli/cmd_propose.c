#include "cli/cmd_propose.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/reader.h"
#include "cli/complain.h"
#include "cli/effects.h"
#include "cli/filing.h"
#include "cli/subject.h"
#include "cli/terms.h"

#define PRESET_LANGUAGE "en"
#define DAY             86400

const struct option cmd_propose_where[] = {
	{"chapter", 0, false, "CHAPTER", "for the members of a chapter"},
	{"topic", 0, false, "TOPIC", "in a topic"},
	{"rival", 0, false, "PROPOSAL", "against this one, in one vote"},
	{0},
};

const struct option cmd_propose_options[] = {
	{"class", 'c', false, "NAME",
		"the kind of decision (preset: by its effects, else "
		"ordinary)"},
	{"method", 'm', false, "NAME",
		"how it is counted (preset: yes-no; schulze for more "
		"options)"},
	{"seats", 0, false, "N", "how many options can win (preset: 1)"},
	{"scale", 0, false, "LOW..HIGH", "of scores or grades"},
	{"budget", 0, false, "N", "what equal-shares may spend in all"},
	{0},
};

const struct option cmd_propose_terms[] = {
	{"terms", 0, false, "FILE",
		"a JSON object of these options by name, such as "
		"{\"needed\": 2}"},
	{"delegate", 'd', true, "MEMBER", "who is to negotiate"},
	{"with", 'w', true, "[LANG=]WORDS", "a counterparty"},
	{"needed", 0, false, "N", "delegates who must act (preset: 1)"},
	{"power", 0, true, "WORD",
		"consult, negotiate, sign-tentative, sign-under-ceiling "
		"(preset: the first two)"},
	{"ceiling", 0, true, "N=[LANG=]WORDS", "a limit on what is signed"},
	{"from", 0, false, "TIME", "valid from (preset: now)"},
	{"to", 0, false, "TIME", "valid until (preset: 180d)"},
	{"report-every", 0, false, "SPAN", "(preset: 30d)"},
	{"grace", 0, false, "SPAN", "a report may be late by (preset: 7d)"},
	{"confidential", 0, false, "SPAN",
		"sealed reports in all (preset: 30d)"},
	{"recall-share", 0, false, "N/D",
		"of members, to call a recall (preset: 1/10)"},
	{"ratify", 0, false, "CLASS",
		"what is brought home is decided as (preset: ratification)"},
	{"rejections", 0, false, "N",
		"agreements that may be turned down (preset: 3)"},
	{0},
};

static const char *
language(const struct desk *d)
{
	const char *wish = home_get(&d->home, "language");

	return wish == NULL ? PRESET_LANGUAGE : wish;
}

static int
set_texts(struct filing *f)
{
	if (words_add_options(
		    &f->words, &f->desk->call->options, language(f->desk)) != 0)
		return -1;
	if (f->words.n == 0)
		return complain_usage("Give --text [LANG=]FILE or --say "
				      "[LANG=]WORDS.",
			"This needs a text.");
	filing_set_texts(f, 0);
	return 0;
}

/* Where it belongs **********************************************************/

static int
set_section(struct filing *f, const char *option, enum subject_sort sort,
	enum act_member member)
{
	const char *word = options_value(&f->desk->call->options, option);
	struct subject s;
	int rc;

	if (word == NULL)
		return 0;
	rc = subject_find(f->desk, sort, word, &s);
	if (rc == 0)
		act_set_hash(&f->act, member, s.id);
	subject_clear(&s);
	return rc;
}

/* A rival is opened on its lead, and follows its chapter and topic. */
static int
set_rival(struct filing *f)
{
	const char *word = options_value(&f->desk->call->options, "rival");
	struct subject lead;
	uint8_t id[CRYPT_HASH];
	int rc;

	if (word == NULL)
		return 0;
	rc = subject_find(f->desk, SUBJECT_PROPOSAL, word, &lead);
	if (rc == 0)
		act_set_hash(&f->act, ACT_HAS_ON, lead.id);
	if (rc == 0 && wire_there(wire_get(lead.entry, "chapter"))) {
		wire_id(wire_get(lead.entry, "chapter"), id);
		act_set_hash(&f->act, ACT_HAS_CHAPTER, id);
	}
	if (rc == 0 && wire_there(wire_get(lead.entry, "topic"))) {
		wire_id(wire_get(lead.entry, "topic"), id);
		act_set_hash(&f->act, ACT_HAS_TOPIC, id);
	}
	subject_clear(&lead);
	return rc;
}

static int
set_where(struct filing *f)
{
	if (set_rival(f) != 0 || set_section(f, "chapter", SUBJECT_CHAPTER,
					 ACT_HAS_CHAPTER) != 0)
		return -1;
	return set_section(f, "topic", SUBJECT_TOPIC, ACT_HAS_TOPIC);
}

/* Proposals *****************************************************************/

static int
set_scale(struct filing *f)
{
	const char *word = options_value(&f->desk->call->options, "scale");
	struct jcs_printer p = jcs_printer_of(&f->lists[1]);
	long low, high;
	char rest;

	if (word == NULL)
		return 0;
	if (sscanf(word, "%ld..%ld%c", &low, &high, &rest) != 2 ||
		labs(low) > 1000 || labs(high) > 1000)
		return complain_usage(
			"Write --scale 0..10.", "'%s' is no scale.", word);
	jcs_begin_array(&p);
	jcs_int(&p, low);
	jcs_int(&p, high);
	jcs_end_array(&p);
	act_set_span(&f->act, ACT_HAS_SCALE, writer_view(&f->lists[1]));
	return 0;
}

static int
set_budget(struct filing *f)
{
	const struct options *o = &f->desk->call->options;
	uint64_t budget;

	if (!options_has(o, "budget"))
		return 0;
	if (options_number(o, "budget", 1, LIMIT_JSON_INT, 1, &budget) != 0)
		return -1;
	act_set_int(&f->act, ACT_HAS_BUDGET, (int64_t)budget);
	return 0;
}

static int
set_counting(struct filing *f, size_t n, const char *class)
{
	const struct options *o = &f->desk->call->options;
	const char *named = options_value(o, "class");
	const char *method = options_value(o, "method");
	uint64_t seats;

	if (options_number(o, "seats", 1, 99, 1, &seats) != 0)
		return -1;
	if (method == NULL)
		method = n > 1 ? "schulze" : "yes-no";
	if (words_check(method) != 0 ||
		(named != NULL && words_check(named) != 0))
		return -1;
	act_set_span(&f->act, ACT_HAS_CLASS,
		bytes_of_string(named != NULL ? named : class));
	act_set_span(&f->act, ACT_HAS_METHOD, bytes_of_string(method));
	act_set_int(&f->act, ACT_HAS_SEATS, (int64_t)seats);
	return set_scale(f) != 0 ? -1 : set_budget(f);
}

/* What people see before they sign: the first line, and how it is decided. */
static void
put_what(const struct filing *f, struct writer *what)
{
	struct bytes text = writer_view(&f->words.all[0].text);

	writer_put_u8(what, '"');
	writer_put(what, bytes_cut(&text, '\n'));
	writer_put_u8(what, '"');
	if (!act_has(&f->act, ACT_HAS_CLASS))
		return;
	writer_put_string(what, ", class ");
	writer_put(what, act_span(&f->act, ACT_HAS_CLASS));
	writer_put_string(what, ", by ");
	writer_put(what, act_span(&f->act, ACT_HAS_METHOD));
}

static int
finish(struct filing *f, const char *next)
{
	struct writer what = {0};
	int rc;

	put_what(f, &what);
	rc = filing_finish(f, writer_string(&what));
	if (rc == 0 && f->recorded)
		output_next(f->desk->out, "%s", next);
	writer_clear(&what);
	return rc;
}

static int
open_proposal(struct desk *d)
{
	const char *class = "ordinary";
	struct filing f = {0};
	size_t n = 0;
	int rc = filing_begin(&f, d, ACT_PROPOSAL_OPEN, d->union_id);

	if (rc == 0)
		rc = set_texts(&f);
	if (rc == 0)
		rc = set_where(&f);
	if (rc == 0)
		rc = effects_set(&f, language(d), &n, &class);
	if (rc == 0)
		rc = set_counting(&f, n, class);
	if (rc == 0)
		rc = finish(&f, "union proposals (others support it with: "
				"union support)");
	filing_clear(&f);
	return rc;
}

static int
amend_proposal(struct desk *d)
{
	const char *word = options_operand(&d->call->options, "PROPOSAL");
	const char *class = "";
	struct subject about;
	struct filing f = {0};
	size_t n = 0;
	int rc = subject_find(d, SUBJECT_PROPOSAL, word, &about);

	if (rc == 0)
		rc = filing_begin(&f, d, ACT_PROPOSAL_AMEND, about.id);
	if (rc == 0)
		rc = set_texts(&f);
	if (rc == 0)
		rc = effects_set(&f, language(d), &n, &class);
	if (rc == 0)
		rc = finish(&f, "supporters of the version before must "
				"support again: union support");
	subject_clear(&about);
	filing_clear(&f);
	return rc;
}

/* Mandates ******************************************************************/

/* Where each list of the terms is built. */
enum {
	LIST_DELEGATES,
	LIST_POWERS,
	LIST_COUNTERPARTIES,
	LIST_CEILINGS,
	LIST_RECALL
};
static_assert(LIST_RECALL < FILING_LISTS, "room for each list");

static int
set_delegates(struct filing *f)
{
	struct jcs_printer p = jcs_printer_of(&f->lists[LIST_DELEGATES]);
	const char *word;
	size_t at = 0;
	int rc = 0;

	jcs_begin_array(&p);
	while (rc == 0 && (word = options_each(&f->desk->call->options,
				   "delegate", &at)) != NULL) {
		struct subject s;

		rc = subject_find(f->desk, SUBJECT_MEMBER, word, &s);
		if (rc == 0)
			jcs_id(&p, s.id);
		subject_clear(&s);
	}
	jcs_end_array(&p);
	act_set_span(&f->act, ACT_HAS_DELEGATES,
		writer_view(&f->lists[LIST_DELEGATES]));
	return rc;
}

/* Powers stand sorted, each once. */
static int
set_powers(struct filing *f)
{
	static const char *const known[] = {"consult", "negotiate",
		"sign-tentative", "sign-under-ceiling", NULL};
	const struct options *o = &f->desk->call->options;
	struct jcs_printer p = jcs_printer_of(&f->lists[LIST_POWERS]);
	bool preset = !options_has(o, "power");

	jcs_begin_array(&p);
	for (size_t i = 0; known[i] != NULL; i++) {
		bool has = preset && i < 2;
		const char *word;
		size_t at = 0;

		while ((word = options_each(o, "power", &at)) != NULL)
			has |= strcmp(word, known[i]) == 0;
		if (has)
			jcs_string(&p, bytes_of_string(known[i]));
	}
	jcs_end_array(&p);
	act_set_span(
		&f->act, ACT_HAS_POWERS, writer_view(&f->lists[LIST_POWERS]));
	return 0;
}

/* {"texts": [one]} for what was written. */
static int
put_described(struct filing *f, struct jcs_printer *p, const char *spec)
{
	size_t from = f->words.n;

	if (words_add_spec(&f->words, spec, false, language(f->desk)) != 0)
		return -1;
	jcs_key(p, "texts");
	words_print(&f->words, from, p);
	return 0;
}

static int
set_counterparties(struct filing *f)
{
	struct jcs_printer p = jcs_printer_of(&f->lists[LIST_COUNTERPARTIES]);
	const char *spec;
	size_t at = 0;

	jcs_begin_array(&p);
	while ((spec = options_each(&f->desk->call->options, "with", &at)) !=
		NULL) {
		jcs_begin_object(&p);
		if (put_described(f, &p, spec) != 0)
			return -1;
		jcs_end_object(&p);
	}
	jcs_end_array(&p);
	act_set_span(&f->act, ACT_HAS_COUNTERPARTIES,
		writer_view(&f->lists[LIST_COUNTERPARTIES]));
	return at > 0 ? 0 : -1;
}

static int
set_ceilings(struct filing *f)
{
	struct jcs_printer p = jcs_printer_of(&f->lists[LIST_CEILINGS]);
	const char *spec;
	size_t at = 0;

	jcs_begin_array(&p);
	while ((spec = options_each(&f->desk->call->options, "ceiling", &at)) !=
		NULL) {
		struct bytes rest = bytes_of_string(spec);
		uint64_t limit;

		if (!reader_decimal(
			    bytes_cut(&rest, '='), LIMIT_JSON_INT, &limit))
			return complain_usage("Write --ceiling 40=\"hours a "
					      "week\".",
				"'%s' is no ceiling.", spec);
		jcs_begin_object(&p);
		jcs_key(&p, "limit");
		jcs_int(&p, (int64_t)limit);
		if (put_described(f, &p, (const char *)rest.data) != 0)
			return -1;
		jcs_end_object(&p);
	}
	jcs_end_array(&p);
	act_set_span(&f->act, ACT_HAS_CEILINGS,
		writer_view(&f->lists[LIST_CEILINGS]));
	return 0;
}

static int
set_times(struct filing *f)
{
	struct desk *d = f->desk;
	uint64_t from, to, every, grace, confidential;

	if (desk_time(d, "from", d->now_s, &from) != 0 ||
		desk_time(d, "to", d->now_s + 180 * DAY, &to) != 0 ||
		desk_span(d->call, "report-every", 30 * DAY, &every) != 0 ||
		desk_span(d->call, "grace", 7 * DAY, &grace) != 0 ||
		desk_span(d->call, "confidential", 30 * DAY, &confidential) !=
			0)
		return -1;
	act_set_int(&f->act, ACT_HAS_VALID_FROM, (int64_t)from);
	act_set_int(&f->act, ACT_HAS_VALID_UNTIL, (int64_t)to);
	act_set_int(&f->act, ACT_HAS_REPORT_EVERY_S, (int64_t)every);
	act_set_int(&f->act, ACT_HAS_REPORT_GRACE_S, (int64_t)grace);
	act_set_int(&f->act, ACT_HAS_CONFIDENTIAL_S, (int64_t)confidential);
	return 0;
}

/* "1/10" as a list of two. */
static int
set_recall(struct filing *f)
{
	const char *word =
		options_value(&f->desk->call->options, "recall-share");
	struct bytes rest = bytes_of_string(word == NULL ? "1/10" : word);
	struct bytes top = bytes_cut(&rest, '/');
	uint64_t num, den;

	if (!reader_decimal(top, LIMIT_RATIO_TERM, &num) ||
		!reader_decimal(rest, LIMIT_RATIO_TERM, &den))
		return complain_usage("Write --recall-share 1/10.",
			"'%s' is no share.", word);
	writer_put_u8(&f->lists[LIST_RECALL], '[');
	writer_put_decimal(&f->lists[LIST_RECALL], num);
	writer_put_u8(&f->lists[LIST_RECALL], ',');
	writer_put_decimal(&f->lists[LIST_RECALL], den);
	writer_put_u8(&f->lists[LIST_RECALL], ']');
	act_set_span(
		&f->act, ACT_HAS_RECALL, writer_view(&f->lists[LIST_RECALL]));
	return 0;
}

static int
set_numbers(struct filing *f)
{
	const struct options *o = &f->desk->call->options;
	const char *ratify = options_value(o, "ratify");
	uint64_t needed, rejections;

	if (options_number(o, "needed", 1, LIMIT_DELEGATES, 1, &needed) != 0 ||
		options_number(o, "rejections", 1, 10, 3, &rejections) != 0)
		return -1;
	if (ratify != NULL && words_check(ratify) != 0)
		return -1;
	act_set_int(&f->act, ACT_HAS_NEEDED, (int64_t)needed);
	act_set_int(&f->act, ACT_HAS_MAX_REJECTIONS, (int64_t)rejections);
	act_set_span(&f->act, ACT_HAS_RATIFY_CLASS,
		bytes_of_string(ratify != NULL ? ratify : "ratification"));
	return set_recall(f);
}

static int
check_terms(const struct options *o)
{
	if (!options_has(o, "delegate"))
		return complain_usage("Give --delegate MEMBER.",
			"A mandate needs somebody who negotiates.");
	if (!options_has(o, "with"))
		return complain_usage("Give --with [LANG=]WORDS.",
			"A mandate needs somebody to negotiate with.");
	return 0;
}

static int
propose_mandate(struct desk *d)
{
	struct filing f = {0};
	int rc = check_terms(&d->call->options);

	if (rc == 0)
		rc = filing_begin(&f, d, ACT_MANDATE_PROPOSE, d->union_id);
	if (rc == 0)
		rc = set_texts(&f);
	if (rc == 0)
		rc = set_where(&f);
	if (rc == 0)
		rc = set_delegates(&f);
	if (rc == 0)
		rc = set_powers(&f);
	if (rc == 0)
		rc = set_counterparties(&f);
	if (rc == 0)
		rc = set_ceilings(&f);
	if (rc == 0)
		rc = set_times(&f);
	if (rc == 0)
		rc = set_numbers(&f);
	if (rc == 0)
		rc = finish(&f, "union proposals (it is voted on like any "
				"other)");
	filing_clear(&f);
	return rc;
}

/* Commands ******************************************************************/

int
cmd_propose_open(const struct call *call)
{
	return desk_do(call, desk_open_to_sign, open_proposal);
}

int
cmd_propose_amend(const struct call *call)
{
	return desk_do(call, desk_open_to_sign, amend_proposal);
}

int
cmd_propose_mandate(const struct call *call)
{
	struct terms terms;
	int rc = terms_read(
		call, options_value(&call->options, "terms"), &terms);

	if (rc == 0)
		rc = desk_do(&terms.call, desk_open_to_sign, propose_mandate);
	terms_clear(&terms);
	return rc;
}
