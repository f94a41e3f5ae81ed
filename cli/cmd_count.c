#include "cli/cmd_count.h"

#include <assert.h>
#include <jansson.h>

#include "ballots/count/document.h"
#include "ballots/count/explain.h"
#include "ballots/count/methods.h"
#include "ballots/count/picture.h"
#include "ballots/machine/files.h"
#include "cli/ballot_file.h"
#include "cli/complain.h"
#include "cli/rules.h"

const struct option cmd_count_options[] = {
	{"format", 'f', false, "FORMAT",
		"blt, soc, soi, toc, toi, cat, pb, tally or csv; told by "
		"content"},
	{"steps", 0, false, NULL, "show every step of the count"},
	{"svg", 0, false, "FILE", "draw the count into FILE"},
	{0},
};

/* The answer for programs: the report's members are the answer's. */
static void
give_document(struct output *out, const struct report *report)
{
	struct writer text = {0};
	struct bytes view;
	const char *name;
	json_t *object, *value;
	void *next;

	document_report(&text, report);
	view = writer_view(&text);
	object = json_loadb((const char *)view.data, view.len, 0, NULL);
	assert(object != NULL);
	json_object_foreach_safe(object, next, name, value)
		output_give_take(out, name, json_incref(value));
	json_decref(object);
	writer_clear(&text);
}

static void
give_lines(struct output *out, const struct report *report, bool steps)
{
	struct writer text = {0};

	if (steps) {
		explain_steps(&text, report);
		writer_put_u8(&text, '\n');
	}
	explain_outcome(&text, report);
	output_lines(out, writer_view(&text));
	writer_clear(&text);
}

static int
draw(const char *path, const struct report *report)
{
	struct writer picture = {0};
	int dir = files_open_dir(".");
	int rc = -1;

	if (dir >= 0) {
		picture_draw(&picture, report);
		rc = files_replace(
			dir, path, FILES_PUBLIC, writer_view(&picture));
	}
	writer_clear(&picture);
	files_close(dir);
	return rc;
}

/* Nothing is printed before the picture is there. */
static int
give(const struct call *call, const struct report *report)
{
	const char *path = options_value(&call->options, "svg");

	if (path != NULL && draw(path, report) != 0)
		return -1;
	if (call->out->json)
		give_document(call->out, report);
	else
		give_lines(call->out, report,
			options_has(&call->options, "steps"));
	if (report->result->outcome == RESULT_REJECTED)
		return complain_no("", "Rejected.");
	return 0;
}

static int
count(const struct call *call, const struct election *e, struct rules *r)
{
	struct result result = {0};
	const struct report report = {
		.method = r->method,
		.rules = &r->rules,
		.result = &result,
		.names = e->options,
		.options = e->n_options,
		.ballots = e->profile.total,
	};
	enum verdict v;
	int rc;

	v = methods_count(r->method, &r->rules, &e->profile, &result);
	if (r->spends)
		r->rules.seats = (uint32_t)result.winners.n;
	if (v == VERDICT_OK)
		rc = give(call, &report);
	else
		rc = complain_usage(verdict_hint(v), "%s", verdict_sentence(v));
	result_clear(&result);
	return rc;
}

int
cmd_count_file(const struct call *call)
{
	const struct options *o = &call->options;
	struct election e;
	struct rules r;
	int rc;

	if (rules_begin(o, NULL, &r) != 0)
		return -1;
	if (ballot_file_read(options_operand(o, "FILE"),
		    options_value(o, "format"), r.wanted, &e) != 0)
		return -1;
	rc = rules_end(o, &e, &r);
	if (rc == 0)
		rc = count(call, &e, &r);
	rules_clear(&r);
	election_clear(&e);
	return rc;
}
