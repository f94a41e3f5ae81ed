#include "cli/cmd_propose.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/complain.h"
#include "cli/effects.h"
#include "cli/proposing.h"
#include "cli/subject.h"

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

static int
open_proposal(struct desk *d)
{
	const char *class = "ordinary";
	struct filing f = {0};
	size_t n = 0;
	int rc = filing_begin(&f, d, ACT_PROPOSAL_OPEN, d->union_id);

	if (rc == 0)
		rc = filing_take_texts(&f);
	if (rc == 0)
		rc = proposing_set_where(&f);
	if (rc == 0)
		rc = effects_set(&f, filing_language(d), &n, &class);
	if (rc == 0)
		rc = set_counting(&f, n, class);
	if (rc == 0)
		rc = proposing_finish(&f,
			"union proposals (others support it with: "
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
		rc = filing_take_texts(&f);
	if (rc == 0)
		rc = effects_set(&f, filing_language(d), &n, &class);
	if (rc == 0)
		rc = proposing_finish(&f,
			"supporters of the version before must "
			"support again: union support");
	subject_clear(&about);
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
