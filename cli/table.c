#include "cli/table.h"

#include <assert.h>

#include "ballots/base/mem.h"
#include "cli/plain.h"

#define TABLE_WIDTH 80
#define TABLE_LAST  24 /* the last column may be squeezed to this */
#define TABLE_GAP   2  /* between columns */
#define TABLE_MOST  16 /* columns */

/* A table with its cells made safe and its columns measured. */
struct layout {
	const struct table_column *columns;
	size_t n_columns, n_rows;
	struct writer *cells;
	size_t widths[TABLE_MOST];
	size_t indent; /* where the last column begins */
};

static struct bytes
cell(const struct layout *t, size_t row, size_t column)
{
	return writer_view(&t->cells[row * t->n_columns + column]);
}

static void
measure(struct layout *t, const struct bytes *cells)
{
	t->cells = mem_new_array(t->n_rows * t->n_columns, sizeof(*t->cells));
	for (size_t i = 0; i < t->n_rows * t->n_columns; i++)
		plain_put_safe(&t->cells[i], cells[i]);
	for (size_t c = 0; c < t->n_columns; c++) {
		t->widths[c] =
			plain_width(bytes_of_string(t->columns[c].heading));
		for (size_t r = 0; r < t->n_rows; r++) {
			size_t width = plain_width(cell(t, r, c));

			if (width > t->widths[c])
				t->widths[c] = width;
		}
	}
	for (size_t c = 0; c + 1 < t->n_columns; c++)
		t->indent += t->widths[c] + TABLE_GAP;
}

/* Append one cell; the last of a row is not padded behind. */
static void
put_cell(struct writer *w, const struct layout *t, size_t column,
	struct bytes text)
{
	bool last = column + 1 == t->n_columns;
	size_t width = plain_width(text);
	size_t pad = t->widths[column] > width ? t->widths[column] - width : 0;

	if (t->columns[column].number)
		plain_put_fill(w, ' ', pad);
	if (last && t->indent + width > TABLE_WIDTH)
		plain_put_wrapped(w, text, t->indent, TABLE_WIDTH - t->indent);
	else
		writer_put(w, text);
	if (!last)
		plain_put_fill(w, ' ',
			(t->columns[column].number ? 0 : pad) + TABLE_GAP);
}

static void
put_rows(struct writer *w, const struct layout *t)
{
	for (size_t c = 0; c < t->n_columns; c++)
		put_cell(w, t, c, bytes_of_string(t->columns[c].heading));
	writer_put_u8(w, '\n');
	for (size_t r = 0; r < t->n_rows; r++) {
		for (size_t c = 0; c < t->n_columns; c++)
			put_cell(w, t, c, cell(t, r, c));
		writer_put_u8(w, '\n');
	}
}

static void
put_blocks(struct writer *w, const struct layout *t)
{
	for (size_t r = 0; r < t->n_rows; r++) {
		if (r > 0)
			writer_put_u8(w, '\n');
		for (size_t c = 0; c < t->n_columns; c++) {
			writer_put_string(w, t->columns[c].heading);
			writer_put_string(w, ": ");
			plain_put_wrapped(w, cell(t, r, c), 4, TABLE_WIDTH - 4);
			writer_put_u8(w, '\n');
		}
	}
}

void
table_put(struct writer *w, const struct table_column *columns,
	size_t n_columns, const struct bytes *cells, size_t n_rows)
{
	struct layout t = {
		.columns = columns, .n_columns = n_columns, .n_rows = n_rows};
	size_t last = n_columns - 1;

	assert(n_columns > 0 && n_columns <= TABLE_MOST);
	measure(&t, cells);
	if (t.indent + (t.widths[last] < TABLE_LAST ? t.widths[last]
						    : TABLE_LAST) >
		TABLE_WIDTH)
		put_blocks(w, &t);
	else
		put_rows(w, &t);
	for (size_t i = 0; i < n_rows * n_columns; i++)
		writer_clear(&t.cells[i]);
	mem_free(t.cells);
}

void
table_put_bar(struct writer *w, uint64_t part, uint64_t whole, size_t width)
{
	size_t marks = 0;

	/* Counts stay below 2^32 and widths below 2^16: no overflow. */
	if (whole > 0)
		marks = part >= whole ? width : (size_t)(part * width / whole);
	if (marks == 0 && part > 0 && whole > 0)
		marks = 1;
	plain_put_fill(w, '#', marks);
	plain_put_fill(w, ' ', width - marks);
}
