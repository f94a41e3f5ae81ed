#ifndef CLI_PAIRS_H
#define CLI_PAIRS_H

#include <stdbool.h>

#include "ballots/base/writer.h"

/*
 * Small files of lines "KEY VALUE", such as petnames and settings.
 *
 * Keys are 1 to 64 letters a-z, digits, '-' and '.'; values are 1 to 512 bytes
 * of safe text (plain.h).  Keys are unique; order is kept.  Lines that are
 * empty or begin with '#' are comments, and are lost when the file is written
 * again.
 */
#define PAIRS_FILE_BYTES  (1 << 18)
#define PAIRS_KEY_BYTES   64
#define PAIRS_VALUE_BYTES 512

struct pairs_pair {
	char *key;
	char *value;
};

/* A zeroed struct pairs is empty and ready; given back with pairs_clear(). */
struct pairs {
	struct pairs_pair *all;
	size_t n, cap;
};

void pairs_clear(struct pairs *p);

/*
 * Add the pairs of a file to an empty p.  Returns 0, or the number of the
 * first line that is not in this form; p then holds the lines before it.
 */
size_t pairs_decode(struct bytes file, struct pairs *p);

/* Append the file. */
void pairs_encode(const struct pairs *p, struct writer *w);

/* The value of key, or NULL; lent until p changes. */
const char *pairs_get(const struct pairs *p, struct bytes key);

/* The key of the first pair with this value, or NULL. */
const char *pairs_key_of(const struct pairs *p, struct bytes value);

/* Set or replace; false, and nothing done, when key or value has not the form.
 */
bool pairs_set(struct pairs *p, struct bytes key, struct bytes value);

/* Take key away; false when it is not there. */
bool pairs_remove(struct pairs *p, struct bytes key);

#endif
