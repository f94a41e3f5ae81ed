#ifndef TESTS_LIB_COUNT_H
#define TESTS_LIB_COUNT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/base/reader.h"
#include "ballots/base/writer.h"
#include "ballots/count/methods.h"
#include "ballots/count/scale.h"

/* What tests of counting share.  Include after cmocka.h. */

/* An election: ballots, and the names of the options. */
struct election {
	struct writer text;
	struct bytes *names;
	struct profile ballots;
};

static inline void
election_clear(struct election *e)
{
	writer_clear(&e->text);
	mem_free(e->names);
	profile_clear(&e->ballots);
}

/* All of a file, false when it is not there. */
static inline bool
read_file(const char *path, struct writer *out)
{
	FILE *f = fopen(path, "rb");
	char part[4096];
	size_t got;

	if (f == NULL)
		return false;
	while ((got = fread(part, 1, sizeof(part), f)) > 0)
		writer_put(out, bytes_of(part, got));
	fclose(f);
	return true;
}

/* One cell of our CSV form as a mark of method m. */
static inline uint16_t
cell_mark(const struct method *m, const struct method_rules *rules,
	struct bytes cell)
{
	uint64_t value;

	if (cell.len == 0)
		return PROFILE_BLANK;
	if (bytes_equal(cell, BYTES("-")))
		return PROFILE_NO_OPINION;
	assert_true(reader_decimal(cell, PROFILE_MARK_MAX, &value));
	if (m->marks == METHOD_SCORES || m->marks == METHOD_GRADES)
		return scale_mark(rules, (int64_t)value);
	return (uint16_t)value;
}

static inline uint32_t
read_header(struct bytes line, struct bytes *names)
{
	uint32_t n = 0;

	assert_true(bytes_equal(bytes_cut(&line, ','), BYTES("count")));
	while (line.len > 0)
		names[n++] = bytes_cut(&line, ',');
	return n;
}

/* Read tests/elections/NAME.csv as ballots of m. */
static inline void
read_election(struct election *e, const char *name, const struct method *m,
	const struct method_rules *rules)
{
	struct bytes rest;
	uint16_t marks[64];
	char path[128];
	uint32_t n;

	*e = (struct election){.names = mem_new_array(64, sizeof(*e->names))};
	snprintf(path, sizeof(path), "tests/elections/%s.csv", name);
	assert_true(read_file(path, &e->text));
	rest = writer_view(&e->text);
	n = read_header(bytes_cut(&rest, '\n'), e->names);
	profile_init(&e->ballots, n, PROFILE_MARK_MAX);
	while (rest.len > 0) {
		struct bytes line = bytes_cut(&rest, '\n');
		uint64_t weight;

		assert_true(reader_decimal(
			bytes_cut(&line, ','), UINT32_MAX, &weight));
		for (uint32_t i = 0; i < n; i++)
			marks[i] = cell_mark(m, rules, bytes_cut(&line, ','));
		assert_int_equal(
			profile_add(&e->ballots, marks, weight), VERDICT_OK);
	}
}

/* The option called name. */
static inline uint32_t
option_called(const struct election *e, const char *name)
{
	for (uint32_t i = 0; i < e->ballots.options; i++)
		if (bytes_equal(e->names[i], bytes_of_string(name)))
			return i;
	fail_msg("no option is called %s", name);
	return 0;
}

/* The cell of row "row" and column "column" of the table called title. */
static inline struct bytes
cell_of(const struct result *r, const char *title, size_t row, size_t column)
{
	for (size_t i = 0; i < r->steps.n; i++)
		if (strcmp(r->steps.tables[i].title, title) == 0)
			return steps_at(&r->steps.tables[i], row, column);
	fail_msg("no table is called %s", title);
	return BYTES("");
}

#endif
