#include "cli/listing.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>

#include "ballots/base/mem.h"

#define CELL_BYTES 400

struct writer *
listing_cell(struct listing *l)
{
	l->cells = mem_grow(l->cells, &l->cap, l->n + 1, sizeof(*l->cells));
	return &l->cells[l->n++];
}

void
listing_put(struct listing *l, const char *format, ...)
{
	char text[CELL_BYTES];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	writer_put_string(listing_cell(l), text);
}

/* What one entry of the list is added to, and how. */
struct adding {
	struct desk *desk;
	listing_row *row;
	struct listing *list;
};

static int
add_entry(void *ctx, struct wire_value entry)
{
	struct adding *a = ctx;
	size_t before = a->list->n;
	int rc = a->row(a->desk, entry, a->list);

	if (a->list->n > before)
		json_array_append_new(
			a->list->values, json_deep_copy(entry.at));
	return rc;
}

static void
show(struct desk *d, const struct listing *l,
	const struct table_column *columns, size_t n_columns, const char *name)
{
	struct bytes *cells = mem_new_array(l->n, sizeof(*cells));
	struct writer table = {0};

	for (size_t i = 0; i < l->n; i++)
		cells[i] = writer_view(&l->cells[i]);
	if (l->n > 0) {
		table_put(&table, columns, n_columns, cells, l->n / n_columns);
		output_lines(d->out, writer_view(&table));
	} else {
		output_line(d->out, "No %s.", name);
	}
	writer_clear(&table);
	mem_free(cells);
}

int
listing_show(struct desk *d, enum subject_sort sort,
	const struct table_column *columns, size_t n_columns, listing_row *row,
	const char *name)
{
	struct listing l = {.values = json_array()};
	struct adding adding = {d, row, &l};
	int rc = ask_each(d->contact, subject_list(sort), add_entry, &adding);

	if (rc == 0)
		show(d, &l, columns, n_columns, name);
	output_give_take(d->out, name, l.values);
	for (size_t i = 0; i < l.n; i++)
		writer_clear(&l.cells[i]);
	mem_free(l.cells);
	return rc;
}
