#include "ballots/count/steps.h"

#include <assert.h>

#include "ballots/base/mem.h"

static void
clear_table(struct steps_table *t)
{
	for (size_t i = 0; i < t->n_notes; i++)
		mem_free(t->notes[i].amount);
	mem_free(t->columns);
	mem_free(t->rows);
	mem_free(t->notes);
	mem_free(t->ends);
	writer_clear(&t->texts);
}

void
steps_clear(struct steps *s)
{
	for (size_t i = 0; i < s->n; i++)
		clear_table(&s->tables[i]);
	mem_free(s->tables);
	*s = (struct steps){0};
}

void
steps_take(struct steps *s, struct steps *more)
{
	s->tables = mem_grow(
		s->tables, &s->cap, s->n + more->n, sizeof(*s->tables));
	for (size_t i = 0; i < more->n; i++)
		s->tables[s->n++] = more->tables[i];
	mem_free(more->tables);
	*more = (struct steps){0};
}

struct steps_table *
steps_begin(struct steps *s, enum steps_kind kind, const char *title)
{
	struct steps_table *t;

	s->tables = mem_grow(s->tables, &s->cap, s->n + 1, sizeof(*s->tables));
	t = &s->tables[s->n++];
	*t = (struct steps_table){.kind = kind, .title = title};
	return t;
}

static void
add_column(
	struct steps_table *t, struct steps_label label, enum steps_cell cell)
{
	assert(t->n_rows == 0);
	t->columns = mem_grow(t->columns, &t->columns_cap, t->n_columns + 1,
		sizeof(*t->columns));
	t->columns[t->n_columns++] = (struct steps_column){label, cell};
}

void
steps_column(struct steps_table *t, const char *word, enum steps_cell cell)
{
	add_column(
		t, (struct steps_label){.is = STEPS_WORD, .word = word}, cell);
}

void
steps_option_column(
	struct steps_table *t, uint32_t option, enum steps_cell cell)
{
	add_column(t,
		(struct steps_label){.is = STEPS_OPTION, .option = option},
		cell);
}

void
steps_number_column(struct steps_table *t, int64_t value)
{
	add_column(t, (struct steps_label){.is = STEPS_NUMBER, .number = value},
		STEPS_NUMBER);
}

static void
add_row(struct steps_table *t, struct steps_label label)
{
	assert(t->n_cells == t->n_rows * t->n_columns);
	t->rows = mem_grow(
		t->rows, &t->rows_cap, t->n_rows + 1, sizeof(*t->rows));
	t->rows[t->n_rows++] = label;
}

void
steps_row(struct steps_table *t, const char *word)
{
	add_row(t, (struct steps_label){.is = STEPS_WORD, .word = word});
}

void
steps_option_row(struct steps_table *t, uint32_t option)
{
	add_row(t, (struct steps_label){.is = STEPS_OPTION, .option = option});
}

/* What was written to texts since the last cell is the next cell. */
static void
end_cell(struct steps_table *t)
{
	assert(t->n_cells < t->n_rows * t->n_columns);
	assert(t->texts.len <= UINT32_MAX);
	t->ends = mem_grow(
		t->ends, &t->ends_cap, t->n_cells + 1, sizeof(*t->ends));
	t->ends[t->n_cells++] = (uint32_t)t->texts.len;
}

void
steps_cell(struct steps_table *t, struct bytes text)
{
	writer_put(&t->texts, text);
	end_cell(t);
}

void
steps_number(struct steps_table *t, uint64_t value)
{
	writer_put_decimal(&t->texts, value);
	end_cell(t);
}

void
steps_signed(struct steps_table *t, int64_t value)
{
	writer_put_signed(&t->texts, value);
	end_cell(t);
}

void
steps_word(struct steps_table *t, const char *word)
{
	writer_put_string(&t->texts, word);
	end_cell(t);
}

void
steps_note(struct steps_table *t, uint32_t option, const char *text)
{
	t->notes = mem_grow(
		t->notes, &t->notes_cap, t->n_notes + 1, sizeof(*t->notes));
	t->notes[t->n_notes++] =
		(struct steps_note){.option = option, .text = text};
}

void
steps_note_amount(struct steps_table *t, uint32_t option, const char *text,
	struct bytes amount)
{
	steps_note(t, option, text);
	t->notes[t->n_notes - 1].amount = mem_copy(amount.data, amount.len);
}

struct bytes
steps_at(const struct steps_table *t, size_t row, size_t column)
{
	size_t cell = row * t->n_columns + column;
	size_t from;

	assert(column < t->n_columns && cell < t->n_cells);
	from = cell == 0 ? 0 : t->ends[cell - 1];
	return bytes_slice(writer_view(&t->texts), from, t->ends[cell] - from);
}
