#ifndef TESTS_LIB_ROWS_H
#define TESTS_LIB_ROWS_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "ballots/base/writer.h"

/*
 * Rows of a Markdown table, to be compared with a table in the code.  Include
 * after cmocka.h.
 */

/*
 * Append the rows of the table in file that begins with head, as lines of
 * cells from number first on with "; " between.
 */
static inline void
rows_read(const char *file, const char *head, int first, struct writer *out)
{
	FILE *f = fopen(file, "r");
	char line[1024];
	bool inside = false;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		char *at = line + 2, *end;

		if (strncmp(line, head, strlen(head)) == 0) {
			inside = true;
			continue;
		}
		inside = inside && line[0] == '|';
		if (!inside || strncmp(line, "|---", 4) == 0)
			continue;
		for (int i = 0; (end = strstr(at, " |")) != NULL; i++) {
			*end = '\0';
			writer_put_string(out, i > first ? "; " : "");
			writer_put_string(out, i >= first ? at : "");
			at = end + 3;
		}
		writer_put_string(out, "\n");
	}
	fclose(f);
}

#endif
