#include "cli/cmd_case.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "cli/complain.h"
#include "cli/lines.h"
#include "cli/listing.h"
#include "cli/standing.h"
#include "cli/when.h"

#define LABEL 11 /* columns */

const struct option cmd_case_all[] = {
	{"all", 'a', false, NULL, "those that are over too"},
	{0},
};

static int
put_row(struct desk *d, struct wire_value entry, struct listing *l)
{
	struct wire_value item = wire_get(entry, "item");
	const struct standing *phase = standing_of(SUBJECT_CASE, item);
	uint64_t due = lines_number(item, "due");
	char name[16];

	if (phase->over && !options_has(&d->call->options, "all"))
		return 0;
	subject_name(SUBJECT_CASE, entry, name);
	listing_put(l, "%s", name);
	listing_put(l, "%s", phase->state);
	if (due > 0)
		when_put_distance(listing_cell(l), due, d->now_s);
	else
		listing_put(l, "-");
	return subject_title(d, SUBJECT_CASE, entry, listing_cell(l));
}

static int
list(struct desk *d)
{
	static const struct table_column columns[] = {{"", false},
		{"phase", false}, {"next step", false}, {"about", false}};

	return listing_show(d, SUBJECT_CASE, columns, 4, put_row, "cases");
}

int
cmd_case_list(const struct call *call)
{
	return desk_do(call, desk_open, list);
}

/* "3 of the auditors put a value in, 2 showed theirs" */
static void
give_lot(struct desk *d, struct wire_value item, const char *phase)
{
	if (strcmp(phase, "DRAWING") != 0 && strcmp(phase, "REVEALING") != 0)
		return;
	lines_put(d, LABEL, "Lot:", "%zu values put in, %zu shown",
		wire_count(wire_get(item, "commits"), 0, LIMIT_MEMBERS),
		wire_count(wire_get(item, "reveals"), 0, LIMIT_MEMBERS));
}

static void
give_decision(struct desk *d, struct wire_value item, const char *phase)
{
	if (strcmp(phase, "UPHELD") != 0 && strcmp(phase, "DISMISSED") != 0 &&
		strcmp(phase, "CLOSED") != 0)
		return;
	lines_put(d, LABEL, "Decided:", "%s, by panel %llu",
		wire_bool(wire_get(item, "upheld")) ? "yes" : "no",
		(unsigned long long)lines_number(item, "round"));
}

static void
give_case(struct desk *d, const struct subject *s)
{
	const struct standing *phase = standing_of(SUBJECT_CASE, s->item);
	struct bytes kind = wire_string(wire_get(s->item, "kind"), 64);
	struct writer line = {0};

	subject_put(s, &line);
	lines_text(d, LABEL, "Case:", writer_view(&line));
	writer_rewind(&line);
	writer_put_string(&line, standing_charge(kind));
	lines_text(d, LABEL, "Asked:", writer_view(&line));
	lines_put(d, LABEL, "Phase:", "%s (%s)", phase->state, phase->meaning);
	lines_time(d, LABEL, "Opened:", lines_number(s->item, "opened"));
	lines_time(d, LABEL, "Next step:", lines_number(s->item, "due"));
	lines_members(d, LABEL, "Parties:", wire_get(s->item, "parties"));
	give_lot(d, s->item, phase->state);
	lines_members(d, LABEL, "Panel:", wire_get(s->item, "panel"));
	give_decision(d, s->item, phase->state);
	output_give_value(d->out, "case", s->entry.at);
	if (phase->next != NULL)
		output_next(d->out, "%s %s%s", phase->next, s->name,
			strcmp(phase->state, "HEARING") == 0
				? " yes or no (the panel)"
				: "");
	writer_clear(&line);
}

static int
show(struct desk *d)
{
	struct subject s;
	int rc = subject_find(d, SUBJECT_CASE,
		options_operand(&d->call->options, "CASE"), &s);

	if (rc == 0) {
		give_case(d, &s);
		if (!wire_good(s.reply))
			rc = contact_misread();
	}
	subject_clear(&s);
	return rc;
}

int
cmd_case_show(const struct call *call)
{
	return desk_do(call, desk_open, show);
}
