#ifndef BALLOTS_COUNT_REPORT_H
#define BALLOTS_COUNT_REPORT_H

#include "ballots/base/wide.h"
#include "ballots/count/method.h"

/*
 * A count with all that is needed to tell it: who counted by which rules, and
 * what the options are called.  Everything is borrowed.  explain.h tells it
 * as text, json.h as JSON, picture.h as a picture.
 */
struct report {
	const struct method *method;
	const struct method_rules *rules;
	const struct result *result;
	const struct bytes *names; /* UTF-8, one an option */
	uint32_t options;
	uint64_t ballots; /* weight of all ballots */
};

/* What a label says: a word, or the name of an option; "" for numbers. */
struct bytes report_label(
	const struct report *report, const struct steps_label *label);

/* What a cell says, options by name. */
struct bytes report_cell(const struct report *report,
	const struct steps_table *t, size_t row, size_t column);

/* Write what heads a column: a word, a name or a number. */
void report_put_label(struct writer *w, const struct report *report,
	const struct steps_label *label);

/* Write a note: a name, a text, an amount. */
void report_put_note(struct writer *w, const struct report *report,
	const struct steps_note *note);

/*
 * For drawing only: a number from 0 up in thousandths, 0 for what is negative,
 * empty, no number, or longer than 30 digits.
 */
wide report_thousandths(struct bytes text);

/* part / whole in parts, rounded down, from 0 to parts. */
uint32_t report_share(wide part, wide whole, uint32_t parts);

/* The highest of a column, in thousandths. */
wide report_highest(const struct steps_table *t, size_t column);

#endif
