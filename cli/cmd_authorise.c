#include "cli/cmd_authorise.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/reader.h"
#include "cli/complain.h"
#include "cli/proposing.h"
#include "cli/subject.h"
#include "cli/terms.h"

#define DAY 86400

const struct option cmd_authorise_terms[] = {
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
	{"agreement", 0, false, "AGREEMENT",
		"watch over this one, whose mandate is over"},
	{0},
};

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

	if (words_add_spec(&f->words, spec, false, filing_language(f->desk)) !=
		0)
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

/* An agreement that stands, and whose mandate is over, finds who watches it. */
static int
set_agreement(struct filing *f)
{
	const char *word = options_value(&f->desk->call->options, "agreement");
	struct subject s;
	int rc;

	if (word == NULL)
		return 0;
	rc = subject_find(f->desk, SUBJECT_AGREEMENT, word, &s);
	if (rc == 0)
		act_set_hash(&f->act, ACT_HAS_AGREEMENT, s.id);
	subject_clear(&s);
	return rc;
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
		rc = filing_take_texts(&f);
	if (rc == 0)
		rc = proposing_set_where(&f);
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
		rc = set_agreement(&f);
	if (rc == 0)
		rc = proposing_finish(&f,
			"union proposals (it is voted on like any "
			"other)");
	filing_clear(&f);
	return rc;
}

int
cmd_authorise_propose(const struct call *call)
{
	struct terms terms;
	int rc = terms_read(
		call, options_value(&call->options, "terms"), &terms);

	if (rc == 0)
		rc = desk_do(&terms.call, desk_open_to_sign, propose_mandate);
	terms_clear(&terms);
	return rc;
}
