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

/* Read the ballot file at path for m; false when it is not there. */
static inline bool
count_read(const char *path, const struct method *m,
	const struct method_rules *rules, struct election *out)
{
	struct election_wanted wanted = {
		.marks = m->marks,
		.low = rules->low,
		.high = rules->high,
		.choice = m->choice,
	};
	struct file_fault fault;
	struct writer text = {0};

	if (!count_read_file(path, &text))
		return false;
	assert_true(formats_read(formats_guess(writer_view(&text)),
		writer_view(&text), wanted, out, &fault));
	writer_clear(&text);
	return true;
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
