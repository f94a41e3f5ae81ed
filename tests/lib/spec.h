#ifndef TESTS_LIB_SPEC_H
#define TESTS_LIB_SPEC_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/*
 * Reads the tables of the specifications, so that tests can hold the code
 * against them.
 */
enum { SPEC_CELLS = 16 };

struct spec {
	FILE *file;
	char line[8192];
	char *cells[SPEC_CELLS]; /* of the row read last, trimmed */
	size_t n;
};

/* Cut the line into its cells; false when it is no row. */
static inline bool
spec_cut(struct spec *s)
{
	char *at = s->line;

	s->n = 0;
	if (at[0] != '|')
		return false;
	for (char *bar; (bar = strchr(at + 1, '|')) != NULL; at = bar) {
		assert_true(s->n < SPEC_CELLS);
		*bar = '\0';
		at++;
		at += strspn(at, " ");
		for (char *end = bar; end > at && end[-1] == ' '; end--)
			end[-1] = '\0';
		s->cells[s->n++] = at;
	}
	return true;
}

/* Open the first table of path whose header begins with that cell. */
static inline void
spec_open(struct spec *s, const char *path, const char *header)
{
	s->file = fopen(path, "r");
	assert_non_null(s->file);
	while (fgets(s->line, sizeof(s->line), s->file) != NULL)
		if (spec_cut(s) && strcmp(s->cells[0], header) == 0) {
			assert_non_null(
				fgets(s->line, sizeof(s->line), s->file));
			return; /* behind the dashes */
		}
	fail_msg("%s has no table that begins with %s", path, header);
}

/* Read the next row; false behind the last one, and all is closed. */
static inline bool
spec_row(struct spec *s)
{
	if (fgets(s->line, sizeof(s->line), s->file) != NULL && spec_cut(s))
		return true;
	fclose(s->file);
	return false;
}

/*
 * The next `word` of *cell that stands in no brackets, into out; followed by a
 * question mark: *optional.  Moves *cell on; false when there is none.
 */
static inline bool
spec_word(char **cell, char out[static 64], bool *optional)
{
	int depth = 0;

	for (char *at = *cell; *at != '\0'; at++) {
		char *end;

		depth += *at == '{' || *at == '(';
		depth -= *at == '}' || *at == ')';
		if (*at != '`')
			continue;
		end = strchr(at + 1, '`');
		assert_non_null(end);
		if (depth == 0 && at[1] != '"') {
			snprintf(out, 64, "%.*s", (int)(end - at - 1), at + 1);
			*optional = end[1] == '?';
			*cell = end + 1;
			return true;
		}
		at = end;
	}
	return false;
}

#endif
