#ifndef CLI_CANON_H
#define CLI_CANON_H

#include "ballots/base/writer.h"

struct json_t; /* jansson */

/*
 * JSON that people write, with spaces and in any order, made canonical.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */

/* Read a person's file of JSON; for json_decref(). */
int canon_read(const char *path, struct json_t **out);

/* Append a value in the form of jcs.h; what cannot have it is complained of. */
int canon_put(const struct json_t *value, struct writer *out);

#endif
