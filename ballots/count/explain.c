#include "ballots/count/explain.h"

#include "ballots/base/mem.h"

#define BAR 40 /* characters of the longest bar */

/* The parts of a stacked bar, by column, again from the front after the last.
 */
static const char fills[] = "#=+:-.";

/* Columns of a terminal, one a character: near enough for aligning names. */
static size_t
characters(struct bytes text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += (text.data[i] & 0xc0) != 0x80;
	return n;
}

static void
put_times(struct writer *w, char c, size_t times)
{
	while (times-- > 0)
		writer_put_u8(w, (uint8_t)c);
}

static void
put_left(struct writer *w, struct bytes text, size_t width)
{
	size_t used = characters(text);

	writer_put(w, text);
	put_times(w, ' ', width > used ? width - used : 0);
}

static void
put_right(struct writer *w, struct bytes text, size_t width)
{
	size_t used = characters(text);

	put_times(w, ' ', width > used ? width - used : 0);
	writer_put(w, text);
}

static void
end_line(struct writer *w)
{
	while (w->len > 0 && w->data[w->len - 1] == ' ')
		w->len--;
	writer_put_u8(w, '\n');
}

/* What heads a column; the number of an option in a matrix. */
static void
put_head(struct writer *w, const struct report *report,
	const struct steps_table *t, size_t column)
{
	const struct steps_label *label = &t->columns[column].label;

	if (label->is == STEPS_OPTION)
		writer_put_decimal(w, (uint64_t)label->option + 1);
	else
		report_put_label(w, report, label);
}

/* What heads a row; with its number in a matrix. */
static void
put_row_head(struct writer *w, const struct report *report,
	const struct steps_table *t, size_t row)
{
	const struct steps_label *label = &t->rows[row];

	if (t->kind == STEPS_MATRIX && label->is == STEPS_OPTION) {
		writer_put_decimal(w, (uint64_t)label->option + 1);
		writer_put_u8(w, ' ');
	}
	report_put_label(w, report, label);
}

static size_t
wider(size_t width, struct bytes text)
{
	size_t n = characters(text);

	return n > width ? n : width;
}

/* The width of each column, and of the heads of rows at the end. */
static size_t *
measure(const struct report *report, const struct steps_table *t)
{
	size_t *widths = mem_new_array(t->n_columns + 1, sizeof(*widths));
	struct writer text = {0};

	for (size_t column = 0; column < t->n_columns; column++) {
		writer_rewind(&text);
		put_head(&text, report, t, column);
		widths[column] = wider(0, writer_view(&text));
		for (size_t row = 0; row < t->n_rows; row++)
			widths[column] = wider(widths[column],
				report_cell(report, t, row, column));
	}
	for (size_t row = 0; row < t->n_rows; row++) {
		writer_rewind(&text);
		put_row_head(&text, report, t, row);
		widths[t->n_columns] =
			wider(widths[t->n_columns], writer_view(&text));
	}
	writer_clear(&text);
	return widths;
}

static void
put_heads(struct writer *w, const struct report *report,
	const struct steps_table *t, const size_t *widths)
{
	struct writer text = {0};

	put_left(w, BYTES(""), widths[t->n_columns]);
	for (size_t column = 0; column < t->n_columns; column++) {
		bool number = t->columns[column].cell == STEPS_NUMBER;

		writer_rewind(&text);
		put_head(&text, report, t, column);
		writer_put_string(w, "  ");
		(number ? put_right : put_left)(
			w, writer_view(&text), widths[column]);
	}
	writer_clear(&text);
	end_line(w);
}

static void
put_bar(struct writer *w, const struct steps_table *t, size_t row)
{
	wide part = report_thousandths(steps_at(t, row, 0));

	writer_put_string(w, "  ");
	put_times(w, '#', report_share(part, report_highest(t, 0), BAR));
}

/*
 * One part a column, together the whole row.  Each part ends where the sum so
 * far ends, so that what is rounded down does not add up.
 */
static void
put_stack(struct writer *w, const struct steps_table *t, size_t row)
{
	wide whole = 0, sum = 0;
	uint32_t drawn = 0;

	for (size_t i = 0; i < t->n_columns; i++)
		whole += report_thousandths(steps_at(t, row, i));
	writer_put_string(w, "  ");
	for (size_t i = 0; i < t->n_columns; i++) {
		uint32_t end;

		sum += report_thousandths(steps_at(t, row, i));
		end = report_share(sum, whole, BAR);
		put_times(w, fills[i % (sizeof(fills) - 1)], end - drawn);
		drawn = end;
	}
}

static void
put_row(struct writer *w, const struct report *report,
	const struct steps_table *t, size_t row, const size_t *widths)
{
	struct writer head = {0};

	put_row_head(&head, report, t, row);
	put_left(w, writer_view(&head), widths[t->n_columns]);
	writer_clear(&head);
	for (size_t column = 0; column < t->n_columns; column++) {
		bool number = t->columns[column].cell == STEPS_NUMBER;

		writer_put_string(w, "  ");
		(number ? put_right : put_left)(
			w, report_cell(report, t, row, column), widths[column]);
	}
	if (t->kind == STEPS_BARS)
		put_bar(w, t, row);
	if (t->kind == STEPS_STACK)
		put_stack(w, t, row);
	end_line(w);
}

static void
put_table(struct writer *w, const struct report *report,
	const struct steps_table *t)
{
	size_t *widths = measure(report, t);

	writer_put_u8(w, '\n');
	writer_put_string(w, t->title);
	if (t->number > 0) {
		writer_put_u8(w, ' ');
		writer_put_decimal(w, t->number);
	}
	writer_put_u8(w, '\n');
	if (t->n_rows > 0)
		put_heads(w, report, t, widths);
	for (size_t row = 0; row < t->n_rows; row++)
		put_row(w, report, t, row, widths);
	for (size_t i = 0; i < t->n_notes; i++) {
		writer_put_string(w, "  ");
		report_put_note(w, report, &t->notes[i]);
		writer_put_u8(w, '\n');
	}
	mem_free(widths);
}

void
explain_steps(struct writer *w, const struct report *report)
{
	const struct steps *steps = &report->result->steps;

	for (size_t i = 0; i < steps->n; i++)
		put_table(w, report, &steps->tables[i]);
}

static void
put_names(struct writer *w, const struct report *report,
	const struct result_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		writer_put_string(w, i == 0 ? "" : ", ");
		writer_put(w, report->names[list->at[i]]);
	}
	if (list->n == 0)
		writer_put_string(w, "nobody for certain");
}

static void
put_amount(struct writer *w, uint64_t amount, const char *unit)
{
	writer_put_decimal(w, amount);
	writer_put_string(w, unit);
	if (amount != 1)
		writer_put_u8(w, 's');
}

static const char *const contests[] = {
	[RESULT_SEAT] = ", for ",
	[RESULT_EXCLUSION] = ", one to be excluded",
	[RESULT_SURPLUS] = ", one surplus to go first",
};

static void
put_tie(struct writer *w, const struct report *report,
	const struct result_tie *tie)
{
	bool last = tie->contest == RESULT_EXCLUSION;

	writer_put_string(w, "Tie: ");
	put_names(w, report, &tie->options);
	writer_put_string(w, contests[tie->contest]);
	if (tie->contest == RESULT_SEAT)
		put_amount(w, tie->seats, " seat");
	writer_put_u8(w, '\n');
	for (size_t i = 0; i < tie->options.n; i++) {
		writer_put_string(w, "  if the lot puts ");
		writer_put(w, report->names[tie->options.at[i]]);
		writer_put_string(w, last ? " last: " : " first: ");
		put_names(w, report, &tie->leads[i]);
		writer_put_u8(w, '\n');
	}
}

static void
put_ballots(struct writer *w, const struct report *report)
{
	const struct result *r = report->result;

	writer_put_string(w, report->method->title);
	writer_put_string(w, ": ");
	put_amount(w, report->ballots, " ballot");
	if (r->blank > 0) {
		writer_put_string(w, ", of them blank ");
		writer_put_decimal(w, r->blank);
	}
	if (r->set_aside > 0) {
		writer_put_string(w, ", set aside ");
		writer_put_decimal(w, r->set_aside);
	}
	if (!report->method->decides) {
		writer_put_string(w, ", ");
		put_amount(w, report->rules->seats, " seat");
	}
	writer_put_u8(w, '\n');
}

void
explain_outcome(struct writer *w, const struct report *report)
{
	const struct result *r = report->result;

	put_ballots(w, report);
	if (r->outcome != RESULT_NONE) {
		writer_put_string(w, r->outcome == RESULT_PASSED
					     ? "Passed\n"
					     : "Rejected\n");
	} else {
		writer_put_string(w, "Elected: ");
		put_names(w, report, &r->winners);
		writer_put_u8(w, '\n');
	}
	for (size_t i = 0; i < r->n_ties; i++)
		put_tie(w, report, &r->ties[i]);
}
