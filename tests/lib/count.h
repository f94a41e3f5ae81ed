#ifndef TESTS_LIB_COUNT_H
#define TESTS_LIB_COUNT_H

#include <stdio.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/base/writer.h"
#include "ballots/count/methods.h"
#include "ballots/file/formats.h"

/* What tests of counting share.  Include after cmocka.h. */

/* All of a file, appended to out; false when it is not there. */
static inline bool
count_read_file(const char *path, struct writer *out)
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

/* Read a ballot file for m. */
static inline void
count_read_text(struct bytes text, const struct method *m,
	const struct method_rules *rules, struct election *out)
{
	struct election_wanted wanted = {
		.marks = m->marks,
		.low = rules->low,
		.high = rules->high,
		.choice = m->choice,
	};
	struct file_fault fault;

	assert_true(
		formats_read(formats_guess(text), text, wanted, out, &fault));
}

/* Read the ballot file at path for m; false when it is not there. */
static inline bool
count_read(const char *path, const struct method *m,
	const struct method_rules *rules, struct election *out)
{
	struct writer text = {0};

	if (!count_read_file(path, &text))
		return false;
	count_read_text(writer_view(&text), m, rules, out);
	writer_clear(&text);
	return true;
}

/* A small count: its rules, what it was told, and what came out. */
struct count {
	const struct method *method;
	struct method_rules rules;
	struct election e;
	struct result r;
};

/* Count csv by the method called name; rules are set in c before. */
static inline void
count_text(struct count *c, const char *name, const char *csv)
{
	c->method = methods_find(bytes_of_string(name));
	count_read_text(bytes_of_string(csv), c->method, &c->rules, &c->e);
	c->r = (struct result){0};
	assert_int_equal(
		methods_count(c->method, &c->rules, &c->e.profile, &c->r),
		VERDICT_OK);
}

static inline void
count_clear(struct count *c)
{
	result_clear(&c->r);
	election_clear(&c->e);
}

/* The names of list, with separator in between. */
static inline void
count_put_names(struct writer *w, const struct bytes *names,
	const struct result_list *list, const char *separator)
{
	for (size_t i = 0; i < list->n; i++) {
		if (i > 0)
			writer_put_string(w, separator);
		writer_put(w, names[list->at[i]]);
	}
}

/* The names of list are text, as in "Ann, Bob". */
static inline void
count_assert_names(
	const struct count *c, const struct result_list *list, const char *text)
{
	struct writer w = {0};

	count_put_names(&w, c->e.options, list, ", ");
	assert_string_equal(writer_string(&w), text);
	writer_clear(&w);
}

/* The ranking is text, as in "Ann; Bob, Cho". */
static inline void
count_assert_ranking(const struct count *c, const char *text)
{
	struct writer w = {0};

	for (size_t i = 0; i < c->r.n_ranking; i++) {
		writer_put_string(&w, i == 0 ? "" : "; ");
		count_put_names(&w, c->e.options, &c->r.ranking[i], ", ");
	}
	assert_string_equal(writer_string(&w), text);
	writer_clear(&w);
}

/* A cell of table number i. */
static inline void
count_assert_cell(const struct count *c, size_t i, size_t row, size_t column,
	const char *text)
{
	struct bytes cell = steps_at(&c->r.steps.tables[i], row, column);

	assert_int_equal(cell.len, strlen(text));
	assert_memory_equal(cell.data, text, cell.len);
}

/* The first table of that kind. */
static inline const struct steps_table *
count_table(const struct result *r, enum steps_kind kind)
{
	for (size_t i = 0; i < r->steps.n; i++)
		if (r->steps.tables[i].kind == kind)
			return &r->steps.tables[i];
	fail_msg("there is no such table");
	return NULL;
}

#endif
