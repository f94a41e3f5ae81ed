#include "ballots/count/picture.h"

#include "ballots/count/flow.h"
#include "ballots/count/svg.h"

enum {
	MARGIN = 20,
	NAMES = 120, /* least width for names, left of everything */
	LINE = 24,   /* height of a row */
	BAR = 480,   /* width of the longest bar */
	CELL = 56,   /* width of a cell of a matrix */
	SIZE = 13,   /* height of text */
	HEAD = 60,   /* above the first row */
};

/* Options drawn in a matrix; more would be unreadable on any paper. */
#define MATRIX_MAX 100

static const struct steps_table *
first_of(const struct steps *steps, enum steps_kind kind)
{
	for (size_t i = 0; i < steps->n; i++)
		if (steps->tables[i].kind == kind)
			return &steps->tables[i];
	return NULL;
}

/* Where names end: behind the widest one and its number. */
static int32_t
names_end(const struct report *report, const struct steps_table *t)
{
	int32_t widest = NAMES;

	for (size_t row = 0; row < t->n_rows; row++) {
		int32_t room =
			svg_room(report_label(report, &t->rows[row]), SIZE);

		if (room > widest)
			widest = room;
	}
	return widest + 3 * MARGIN;
}

static int32_t
row_y(size_t row)
{
	return HEAD + (int32_t)row * LINE;
}

/* The base line of text in a row. */
static int32_t
text_y(size_t row)
{
	return row_y(row) + LINE - 8;
}

static void
begin(struct writer *w, const struct steps_table *t, size_t rows, int32_t width)
{
	svg_open(w, width, row_y(rows) + MARGIN);
	svg_text(w, MARGIN, MARGIN + SIZE, SIZE + 2, SVG_START,
		bytes_of_string(t->title));
}

static void
put_row_name(struct writer *w, const struct report *report,
	const struct steps_table *t, size_t row)
{
	svg_text(w, names_end(report, t) - 8, text_y(row), SIZE, SVG_END,
		report_label(report, &t->rows[row]));
}

static void
draw_bars(struct writer *w, const struct report *report,
	const struct steps_table *t)
{
	wide highest = report_highest(t, 0);
	int32_t left = names_end(report, t);

	begin(w, t, t->n_rows, left + BAR + 160);
	for (size_t row = 0; row < t->n_rows; row++) {
		struct bytes value = steps_at(t, row, 0);
		int32_t length = (int32_t)report_share(
			report_thousandths(value), highest, BAR);

		put_row_name(w, report, t, row);
		svg_rect(w, left, row_y(row) + 3, length, LINE - 6, SVG_HATCH);
		svg_text(w, left + length + 8, text_y(row), SIZE, SVG_START,
			value);
	}
	svg_close(w);
}

/* The fill of part i of n: from black for the best to white. */
static enum svg_fill
shade(size_t i, size_t n)
{
	size_t steps = n > 1 ? n - 1 : 1;

	return (enum svg_fill)((SVG_FILLS - 1) - i * (SVG_FILLS - 1) / steps);
}

static void
draw_stacked_row(
	struct writer *w, const struct steps_table *t, size_t row, int32_t left)
{
	wide whole = 0, sum = 0;
	int32_t drawn = 0;

	for (size_t i = 0; i < t->n_columns; i++)
		whole += report_thousandths(steps_at(t, row, i));
	for (size_t i = 0; i < t->n_columns; i++) {
		int32_t end;

		sum += report_thousandths(steps_at(t, row, i));
		end = (int32_t)report_share(sum, whole, BAR);
		svg_rect(w, left + drawn, row_y(row) + 3, end - drawn, LINE - 6,
			shade(i, t->n_columns));
		drawn = end;
	}
}

/* Which fill is which grade, on a line of its own below the rows. */
static void
draw_key(struct writer *w, const struct report *report,
	const struct steps_table *t, int32_t left)
{
	struct writer text = {0};

	for (size_t i = 0; i < t->n_columns; i++) {
		int32_t x = left + (int32_t)i * BAR / (int32_t)t->n_columns;

		writer_rewind(&text);
		report_put_label(&text, report, &t->columns[i].label);
		svg_rect(w, x, row_y(t->n_rows) + 8, 14, 14,
			shade(i, t->n_columns));
		svg_text(w, x + 18, row_y(t->n_rows) + 20, SIZE, SVG_START,
			writer_view(&text));
	}
	writer_clear(&text);
}

static void
draw_stack(struct writer *w, const struct report *report,
	const struct steps_table *t)
{
	int32_t left = names_end(report, t);
	int32_t middle = left + BAR / 2;

	begin(w, t, t->n_rows + 1, left + BAR + 2 * MARGIN);
	for (size_t row = 0; row < t->n_rows; row++) {
		put_row_name(w, report, t, row);
		draw_stacked_row(w, t, row, left);
	}
	svg_text(w, middle, HEAD - 8, SIZE - 2, SVG_MIDDLE, BYTES("median"));
	svg_line(w, middle, HEAD - 4, middle, row_y(t->n_rows));
	draw_key(w, report, t, left);
	svg_close(w);
}

/* Black where the row wins against the column. */
static void
draw_pair(struct writer *w, const struct steps_table *t, size_t row,
	size_t column, int32_t left)
{
	wide won = report_thousandths(steps_at(t, row, column));
	wide lost = report_thousandths(steps_at(t, column, row));
	int32_t x = left + (int32_t)column * CELL;
	enum svg_fill fill = won > lost ? SVG_BLACK : SVG_WHITE;

	if (row == column)
		fill = SVG_PALE;
	svg_rect(w, x, row_y(row), CELL, LINE, fill);
	(fill == SVG_BLACK ? svg_text_inverse : svg_text)(w, x + CELL / 2,
		text_y(row), SIZE, SVG_MIDDLE, steps_at(t, row, column));
}

static void
draw_matrix(struct writer *w, const struct report *report,
	const struct steps_table *t)
{
	size_t n = t->n_rows < MATRIX_MAX ? t->n_rows : MATRIX_MAX;
	int32_t left = names_end(report, t);
	struct writer number = {0};

	begin(w, t, n, left + (int32_t)n * CELL + 2 * MARGIN);
	for (size_t row = 0; row < n; row++) {
		writer_rewind(&number);
		writer_put_decimal(&number, row + 1);
		svg_text(w, left + (int32_t)row * CELL + CELL / 2, HEAD - 8,
			SIZE, SVG_MIDDLE, writer_view(&number));
		writer_put_string(&number, " ");
		writer_put(&number, report_label(report, &t->rows[row]));
		svg_text(w, left - 8, text_y(row), SIZE, SVG_END,
			writer_view(&number));
		for (size_t column = 0; column < n; column++)
			draw_pair(w, t, row, column, left);
	}
	writer_clear(&number);
	svg_close(w);
}

void
picture_draw(struct writer *w, const struct report *report)
{
	const struct steps *steps = &report->result->steps;
	const struct steps_table *t;

	if (first_of(steps, STEPS_ROUND) != NULL) {
		flow_draw(w, report);
	} else if ((t = first_of(steps, STEPS_MATRIX)) != NULL) {
		draw_matrix(w, report, t);
	} else if ((t = first_of(steps, STEPS_STACK)) != NULL) {
		draw_stack(w, report, t);
	} else if ((t = first_of(steps, STEPS_BARS)) != NULL) {
		draw_bars(w, report, t);
	} else {
		svg_open(w, 1, 1);
		svg_close(w);
	}
}
