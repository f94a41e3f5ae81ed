#include "cli/recount.h"

#include <inttypes.h>

#include "ballots/assembly/world.h"
#include "ballots/count/document.h"
#include "ballots/count/explain.h"
#include "cli/ask.h"
#include "cli/complain.h"
#include <jansson.h>

/* For those who tell the count; the tally has applied them. */
static struct method_rules
rules_of(const struct question_form *form)
{
	struct method_rules rules = METHOD_RULES;

	rules.seats = form->seats;
	rules.default_option = 0;
	rules.low = form->scaled ? form->low : 0;
	rules.high = form->scaled ? form->high : 1;
	rules.budget = form->budget;
	return rules;
}

/* The assembly stands before the result: let it say what is due. */
static int
count(struct recount *r, const struct ask_record *record)
{
	const struct world *w = assembly_world(r->replica.assembly);
	struct tally_union u = world_union(w);
	struct writer due = {0};
	bool lot;

	if (!assembly_owes(r->replica.assembly, record->time_s, &due) ||
		w->due == NULL) {
		writer_clear(&due);
		return complain_no("Replay the ledger: union replay",
			"No result was due in record %" PRIu64 ".",
			record->index);
	}
	r->same = bytes_equal(writer_view(&due), record->act.bytes);
	r->question = w->due;
	r->rules = rules_of(&w->due->form);
	lot = r->question->form.kind == QUESTION_DECISION &&
	      w->contests[r->question->form.owner]->lot;
	tally_count(r->question, &u, UINT64_MAX, lot, &r->tally);
	writer_clear(&due);
	return 0;
}

int
recount_run(struct recount *r, struct contact *c, uint64_t index)
{
	const struct replica_wanted wanted = {.until = index};
	struct ask_record record = {0};
	int rc = ask_record(c, index, &record);

	if (rc == 0 && record.act.kind != ACT_RESULT)
		rc = complain_no("Results are shown by union result.",
			"Record %" PRIu64 " holds no result.", index);
	if (rc == 0)
		rc = replica_of_daemon(&r->replica, c, &wanted);
	if (rc == 0 && r->replica.audit.n_findings > 0)
		rc = complain_no("Show what it finds to the auditors: union "
				 "replay",
			"The ledger does not stand up to a replay: %s",
			r->replica.audit.findings[0].what);
	if (rc == 0)
		rc = count(r, &record);
	ask_clear(&record);
	return rc;
}

void
recount_clear(struct recount *r)
{
	if (r->question != NULL)
		tally_clear(&r->tally);
	replica_clear(&r->replica);
	*r = (struct recount){0};
}

struct report
recount_report(const struct recount *r, const struct bytes *names)
{
	return (struct report){
		.method = r->question->form.method,
		.rules = &r->rules,
		.result = &r->tally.result,
		.names = names,
		.options = r->tally.n_options,
		.ballots = r->tally.counted,
	};
}

void
recount_give(struct output *out, const struct report *report)
{
	struct writer text = {0};

	if (out->json) {
		document_report(&text, report);
		output_give_take(out, "count",
			json_loadb((const char *)text.data, text.len, 0, NULL));
	} else {
		explain_steps(&text, report);
		writer_put_u8(&text, '\n');
		explain_outcome(&text, report);
		writer_put_u8(&text, '\n');
		output_lines(out, writer_view(&text));
	}
	writer_clear(&text);
}
