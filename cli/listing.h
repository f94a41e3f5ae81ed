#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include "cli/subject.h"
#include "cli/table.h"

/*
 * A list of the daemon's as a table, or as JSON: all pages of it.
 */
struct listing {
	struct writer *cells;
	size_t n, cap;
	struct json_t *values;
};

/* Append a cell. */
struct writer *listing_cell(struct listing *l);
void listing_put(struct listing *l, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Append the cells of one entry, as many as there are columns, or none to
 * leave it out.  Returns 0, or -1 once it has complained.
 */
typedef int listing_row(
	struct desk *d, struct wire_value entry, struct listing *l);

/*
 * Show a list of the daemon's; name is the member of the JSON answer.  Returns
 * 0, or -1 once it has complained.
 */
int listing_show(struct desk *d, enum subject_sort sort,
	const struct table_column *columns, size_t n_columns, listing_row *row,
	const char *name);

#endif
