#include "ballots/count/document.h"

#include "ballots/base/reader.h"

#define NUMBER_MAX 999999999999999

static void
put_escaped(struct writer *w, uint8_t c)
{
	static const char hex[] = "0123456789abcdef";

	if (c == '"' || c == '\\') {
		writer_put_u8(w, '\\');
		writer_put_u8(w, c);
	} else if (c < 0x20 || c == 0x7f) {
		writer_put_string(w, "\\u00");
		writer_put_u8(w, (uint8_t)hex[c >> 4]);
		writer_put_u8(w, (uint8_t)hex[c & 15]);
	} else {
		writer_put_u8(w, c);
	}
}

void
document_string(struct writer *w, struct bytes text)
{
	writer_put_u8(w, '"');
	for (size_t i = 0; i < text.len; i++)
		put_escaped(w, text.data[i]);
	writer_put_u8(w, '"');
}

/* A comma unless this is the first one after an opening bracket. */
static void
next(struct writer *w)
{
	uint8_t last = w->data[w->len - 1];

	if (last != '[' && last != '{')
		writer_put_u8(w, ',');
}

static void
key(struct writer *w, const char *name)
{
	next(w);
	document_string(w, bytes_of_string(name));
	writer_put_u8(w, ':');
}

static void
member_string(struct writer *w, const char *name, const char *value)
{
	key(w, name);
	document_string(w, bytes_of_string(value));
}

static void
member_number(struct writer *w, const char *name, uint64_t value)
{
	key(w, name);
	writer_put_decimal(w, value);
}

static void
put_names(struct writer *w, const struct report *report,
	const struct result_list *list)
{
	writer_put_u8(w, '[');
	for (size_t i = 0; i < list->n; i++) {
		next(w);
		document_string(w, report->names[list->at[i]]);
	}
	writer_put_u8(w, ']');
}

static void
put_options(struct writer *w, const struct report *report)
{
	key(w, "options");
	writer_put_u8(w, '[');
	for (uint32_t i = 0; i < report->options; i++) {
		next(w);
		document_string(w, report->names[i]);
	}
	writer_put_u8(w, ']');
}

static void
put_lot(struct writer *w, const struct report *report,
	const struct result_tie *tie)
{
	static const char *const contests[] = {
		[RESULT_SEAT] = "seat",
		[RESULT_EXCLUSION] = "exclusion",
		[RESULT_SURPLUS] = "surplus",
	};

	next(w);
	writer_put_u8(w, '{');
	member_number(w, "seats", tie->seats);
	member_string(w, "decides", contests[tie->contest]);
	key(w, "leads");
	writer_put_u8(w, '{');
	for (size_t i = 0; i < tie->options.n; i++) {
		next(w);
		document_string(w, report->names[tie->options.at[i]]);
		writer_put_u8(w, ':');
		put_names(w, report, &tie->leads[i]);
	}
	writer_put_string(w, "}}");
}

static void
put_ties(struct writer *w, const struct report *report)
{
	const struct result *r = report->result;

	key(w, "ties");
	writer_put_u8(w, '[');
	for (size_t i = 0; i < r->n_ties; i++) {
		next(w);
		put_names(w, report, &r->ties[i].options);
	}
	writer_put_u8(w, ']');
	key(w, "lots");
	writer_put_u8(w, '[');
	for (size_t i = 0; i < r->n_ties; i++)
		put_lot(w, report, &r->ties[i]);
	writer_put_u8(w, ']');
}

static void
put_ranking(struct writer *w, const struct report *report)
{
	const struct result *r = report->result;

	key(w, "ranking");
	writer_put_u8(w, '[');
	for (size_t i = 0; i < r->n_ranking; i++) {
		next(w);
		put_names(w, report, &r->ranking[i]);
	}
	writer_put_u8(w, ']');
}

/* A number where every reader keeps it exact, else a string. */
static void
put_value(struct writer *w, struct bytes text)
{
	struct bytes digits = text;
	uint64_t value;

	if (text.len > 0 && text.data[0] == '-')
		digits = bytes_slice(text, 1, text.len - 1);
	if (reader_decimal(digits, NUMBER_MAX, &value))
		writer_put(w, text);
	else
		document_string(w, text);
}

static void
put_cell(struct writer *w, const struct report *report,
	const struct steps_table *t, size_t row, size_t column)
{
	const struct steps_column *c = &t->columns[column];
	struct writer name = {0};

	next(w);
	report_put_label(&name, report, &c->label);
	document_string(w, writer_view(&name));
	writer_put_u8(w, ':');
	if (c->cell == STEPS_NUMBER)
		put_value(w, steps_at(t, row, column));
	else
		document_string(w, report_cell(report, t, row, column));
	writer_clear(&name);
}

/* The cells of a row whose columns are words, or those whose are not. */
static void
put_cells(struct writer *w, const struct report *report,
	const struct steps_table *t, size_t row, bool words)
{
	for (size_t i = 0; i < t->n_columns; i++) {
		if ((t->columns[i].label.is == STEPS_WORD) != words)
			continue;
		if (!words && steps_at(t, row, i).len == 0)
			continue;
		put_cell(w, report, t, row, i);
	}
}

static bool
has_cells(const struct steps_table *t)
{
	for (size_t i = 0; i < t->n_columns; i++)
		if (t->columns[i].label.is != STEPS_WORD)
			return true;
	return false;
}

static void
put_row(struct writer *w, const struct report *report,
	const struct steps_table *t, size_t row)
{
	const struct steps_label *label = &t->rows[row];
	struct bytes name = report_label(report, label);

	next(w);
	writer_put_u8(w, '{');
	if (name.len > 0) {
		key(w, label->is == STEPS_OPTION ? "option" : "row");
		document_string(w, name);
	}
	put_cells(w, report, t, row, true);
	if (has_cells(t)) {
		key(w, "cells");
		writer_put_u8(w, '{');
		put_cells(w, report, t, row, false);
		writer_put_u8(w, '}');
	}
	writer_put_u8(w, '}');
}

static void
put_notes(struct writer *w, const struct report *report,
	const struct steps_table *t)
{
	struct writer text = {0};

	key(w, "notes");
	writer_put_u8(w, '[');
	for (size_t i = 0; i < t->n_notes; i++) {
		writer_rewind(&text);
		report_put_note(&text, report, &t->notes[i]);
		next(w);
		document_string(w, writer_view(&text));
	}
	writer_put_u8(w, ']');
	writer_clear(&text);
}

static void
put_table(struct writer *w, const struct report *report,
	const struct steps_table *t)
{
	static const char *const kinds[] = {
		[STEPS_BARS] = "bars",
		[STEPS_MATRIX] = "matrix",
		[STEPS_STACK] = "stack",
		[STEPS_ROUND] = "round",
		[STEPS_LIST] = "list",
	};

	next(w);
	writer_put_u8(w, '{');
	member_string(w, "kind", kinds[t->kind]);
	member_string(w, "title", t->title);
	if (t->number > 0)
		member_number(w, "number", t->number);
	key(w, "rows");
	writer_put_u8(w, '[');
	for (size_t row = 0; row < t->n_rows; row++)
		put_row(w, report, t, row);
	writer_put_u8(w, ']');
	if (t->n_notes > 0)
		put_notes(w, report, t);
	writer_put_u8(w, '}');
}

static void
put_steps(struct writer *w, const struct report *report)
{
	const struct steps *steps = &report->result->steps;

	key(w, "steps");
	writer_put_u8(w, '[');
	for (size_t i = 0; i < steps->n; i++)
		put_table(w, report, &steps->tables[i]);
	writer_put_u8(w, ']');
}

void
document_report(struct writer *w, const struct report *report)
{
	const struct result *r = report->result;

	writer_put_u8(w, '{');
	member_string(w, "method", report->method->name);
	member_number(w, "seats", report->rules->seats);
	member_number(w, "ballots", report->ballots);
	member_number(w, "valid", r->valid);
	member_number(w, "blank", r->blank);
	member_number(w, "set_aside", r->set_aside);
	put_options(w, report);
	key(w, "winners");
	put_names(w, report, &r->winners);
	put_ties(w, report);
	if (r->outcome != RESULT_NONE)
		member_string(w, "outcome",
			r->outcome == RESULT_PASSED ? "passed" : "rejected");
	if (r->n_ranking > 0)
		put_ranking(w, report);
	put_steps(w, report);
	writer_put_u8(w, '}');
}
