#ifndef BALLOTS_COUNT_STEPS_H
#define BALLOTS_COUNT_STEPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/writer.h"

/*
 * The steps of a count, as tables of exact values: what a member needs to
 * follow it with a pencil.  A method writes them; explain prints them as
 * text or JSON, picture draws them.
 *
 * A table is filled from front to back: begin, columns, then rows, each with
 * one cell for each column; notes may come anywhere in between.  Options
 * stand as indexes, whose names are the caller's.  Words are static strings
 * in plain English and double as the names of members in JSON.
 */
enum steps_kind {
	STEPS_BARS,   /* a row an option; column 0 is the length of its bar */
	STEPS_MATRIX, /* rows and columns are options; [row][column] */
	STEPS_STACK,  /* a row an option; each column a part of its bar */
	STEPS_ROUND,  /* a row an option: "votes", "change", "state" */
	STEPS_LIST,   /* anything else */
};

/* What the cells of a column hold. */
enum steps_cell {
	STEPS_NUMBER, /* decimal text, "12", "-3" or "0.33333" */
	STEPS_OPTION, /* the index of an option */
	STEPS_WORD,   /* a static word, such as "elected"; "" for none */
};

/* The label of a row or column. */
struct steps_label {
	enum steps_cell is;
	const char *word;
	uint32_t option;
	int64_t number;
};

struct steps_column {
	struct steps_label label;
	enum steps_cell cell;
};

/* A sentence: the name of option, then text, then amount where there is one. */
struct steps_note {
	uint32_t option; /* STEPS_NOBODY: text stands alone */
	const char *text;
	char *amount; /* decimal text or NULL */
};

#define STEPS_NOBODY UINT32_MAX

struct steps_table {
	enum steps_kind kind;
	const char *title;
	uint32_t number; /* of a round, from 1; 0 where there is none */

	struct steps_column *columns;
	size_t n_columns;
	struct steps_label *rows;
	size_t n_rows;
	struct steps_note *notes;
	size_t n_notes;

	/* Private: the cells' texts, one after the other, and their ends. */
	struct writer texts;
	uint32_t *ends;
	size_t n_cells;
	size_t columns_cap, rows_cap, notes_cap, ends_cap;
};

/* A zeroed struct steps is empty and ready. */
struct steps {
	struct steps_table *tables;
	size_t n;
	size_t cap;
};

void steps_clear(struct steps *s);

/* Append the tables of more, which is empty afterwards. */
void steps_take(struct steps *s, struct steps *more);

/* A new table at the end; lent until the next steps_begin(). */
struct steps_table *steps_begin(
	struct steps *s, enum steps_kind kind, const char *title);

void steps_column(
	struct steps_table *t, const char *word, enum steps_cell cell);
void steps_option_column(
	struct steps_table *t, uint32_t option, enum steps_cell cell);
/* Headed by a number, such as a grade; its cells are numbers too. */
void steps_number_column(struct steps_table *t, int64_t value);

void steps_row(struct steps_table *t, const char *word);
void steps_option_row(struct steps_table *t, uint32_t option);

/* The next cell, from left to right. */
void steps_cell(struct steps_table *t, struct bytes text);
void steps_number(struct steps_table *t, uint64_t value);
void steps_signed(struct steps_table *t, int64_t value);
void steps_word(struct steps_table *t, const char *word);

void steps_note(struct steps_table *t, uint32_t option, const char *text);
void steps_note_amount(struct steps_table *t, uint32_t option, const char *text,
	struct bytes amount);

/* The text of a cell, lent until the table changes. */
struct bytes steps_at(const struct steps_table *t, size_t row, size_t column);

#endif
