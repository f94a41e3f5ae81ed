#ifndef TESTS_LIB_DEED_H
#define TESTS_LIB_DEED_H

#include <stddef.h>
#include <stdint.h>

#include "tests/lib/town.h"

/*
 * One act as a scenario tells it: who, what, on what, and "name=value" words.
 * What the words leave out has a sensible default for the kind.
 */
struct deed {
	const char *author, *kind;
	const char *subject; /* NULL: none told */
	char **words;        /* changed and put back while they are read */
	size_t n;
};

/* Make the act; the caller owns it. */
json_t *deed_act(struct town *t, uint64_t now_s, const struct deed *d);

/* Give names to what the act of that id has founded. */
void deed_done(
	struct town *t, const struct deed *d, const uint8_t id[static 32]);

#endif
