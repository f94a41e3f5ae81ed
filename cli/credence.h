#ifndef CLI_CREDENCE_H
#define CLI_CREDENCE_H

#include "ballots/record/trust.h"
#include "cli/call.h"

/*
 * Whom a check believes: those of the file that --trust names (trust.h), else
 * the ledger whose key is kept in the member's folder, whose last checkpoint is
 * compared too.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct credence {
	struct home home;
	struct trust *trust;
	struct writer text; /* of the file, which trust borrows */
	struct writer kept; /* a checkpoint; may be empty */
};

/* Given back with credence_close(), also after -1. */
int credence_open(const struct call *call, struct credence *out);
void credence_close(struct credence *b);

/* Read a file of trust; *text is what *out borrows. */
int credence_read(const char *path, struct writer *text, struct trust *out);

#endif
