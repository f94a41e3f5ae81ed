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

/* One page; *total is set. */
static int
add_page(struct desk *d, enum subject_sort sort, uint64_t from,
	listing_row *row, struct listing *l, uint64_t *total)
{
	struct wire_value items;
	struct wire *page;
	size_t n;
	int rc = 0;

	if (ask_list(d->contact, subject_list(sort), from, ASK_ITEMS, &page) !=
		0)
		return -1;
	items = wire_get(wire_top(page), "items");
	n = wire_count(items, 0, ASK_ITEMS);
	*total = (uint64_t)wire_int(
		wire_get(wire_top(page), "total"), 0, LIMIT_JSON_INT);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		struct wire_value entry = wire_at(items, i);
		size_t before = l->n;

		rc = row(d, entry, l);
		if (l->n > before)
			json_array_append_new(
				l->values, json_deep_copy(entry.at));
	}
	if (rc == 0)
		rc = contact_check(&page);
	wire_free(page);
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
	uint64_t total = 1;
	int rc = 0;

	for (uint64_t from = 0; rc == 0 && from < total; from += ASK_ITEMS)
		rc = add_page(d, sort, from, row, &l, &total);
	if (rc == 0)
		show(d, &l, columns, n_columns, name);
	output_give_take(d->out, name, l.values);
	for (size_t i = 0; i < l.n; i++)
		writer_clear(&l.cells[i]);
	mem_free(l.cells);
	return rc;
}
