#ifndef CLI_EXCHANGE_H
#define CLI_EXCHANGE_H

#include "ballots/base/writer.h"
#include "cli/output.h"

/*
 * Documents that strangers exchange: JSON in files, in whatever form their
 * programs write it.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
#define EXCHANGE_BYTES_MAX (1 << 20) /* of a file; what it holds meets less */

/*
 * Append file path ("-": standard input) in canonical order and without
 * whitespace.  What is no JSON, or says a name twice, is appended as it is, for
 * the reader to refuse.
 */
int exchange_read(const char *path, struct writer *out);

/* The same with what was read already. */
void exchange_put(struct bytes file, struct writer *out);

/* The answer to a command is a canonical document; for programs, member name.
 */
void exchange_give(struct output *out, const char *name, struct bytes doc);

#endif
