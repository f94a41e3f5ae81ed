#ifndef DAEMON_CONFIG_H
#define DAEMON_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/writer.h"

/*
 * What the operator may choose, from one table of options.
 *
 * A file has one option a line, its name, blanks, and its value up to the end
 * of the line; empty lines and lines that begin with # are skipped:
 *
 *     # where the ledger is kept
 *     directory  /srv/union
 *     reserve    256M
 *
 * Each option may be set once a file.
 */
#define CONFIG_PATH_BYTES 1024  /* with its final zero */
#define CONFIG_FILE_BYTES 65536 /* of a whole file */

struct config {
	char directory[CONFIG_PATH_BYTES];
	char socket[CONFIG_PATH_BYTES];
	uint64_t threads; /* 0: as many as there are processors */
	uint64_t map_bytes;
	uint64_t reserve_bytes;
	uint64_t scrub_s;   /* of one pass; 0: none */
	uint64_t log_level; /* an enum log_level */
};

/* Where and why text was refused; counted from 1. */
struct config_fault {
	size_t line;
	size_t column; /* in bytes */
	const char *what;
};

/* What holds when nothing is set. */
void config_default(struct config *c);

/* Set one option; NULL, or what is wrong with it, and then c is as it was. */
const char *config_set(struct config *c, struct bytes name, struct bytes value);

/* Read the text of a file into c; false, with *fault, and c as it was. */
bool config_parse(
	struct config *c, struct bytes text, struct config_fault *fault);

/* Read the file path into c; 0, or -1 once it has told why. */
int config_load(struct config *c, const char *path);

/* Every option with its default and a sentence, as a file that can be read. */
void config_print(struct writer *w);

#endif
