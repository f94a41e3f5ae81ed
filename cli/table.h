#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdbool.h>

#include "ballots/base/writer.h"

/*
 * Tables and bars in plain text, at most 80 columns wide.
 *
 * Cells are made safe.  Text from others belongs in the last column, so that a
 * right-to-left title cannot pull the figures of its row along; the last
 * column is broken into lines where it is too long.  A table that does not fit
 * becomes a list of "heading: value" lines, one block a row.
 */
struct table_column {
	const char *heading;
	bool number; /* set flush right */
};

/* Append a table; cells holds n_rows rows of n_columns (at most 16) each. */
void table_put(struct writer *w, const struct table_column *columns,
	size_t n_columns, const struct bytes *cells, size_t n_rows);

/*
 * Append a bar that is part / whole of width columns long: "#####     ".
 * Any part above 0 shows at least one mark, and only all of it fills the bar.
 */
void table_put_bar(
	struct writer *w, uint64_t part, uint64_t whole, size_t width);

#endif
