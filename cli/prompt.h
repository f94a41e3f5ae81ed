#ifndef CLI_PROMPT_H
#define CLI_PROMPT_H

#include <stdbool.h>

#include "ballots/base/bytes.h"

/*
 * Asks a person for secrets, and for a yes.
 *
 * Secrets come from the terminal without being shown, or from a descriptor
 * (--passphrase-fd N), a line each.  They live in guarded memory (secret.h) and
 * are given back with prompt_free().
 */
#define PROMPT_SECRET_MOST   1023 /* bytes */
#define PROMPT_FROM_TERMINAL (-1)

/*
 * Ask "<what>: ".  fd is the descriptor, or PROMPT_FROM_TERMINAL.  Returns 0,
 * or -1 once it has complained.
 */
int prompt_secret(const char *what, int fd, struct bytes *out);

/*
 * The same for a passphrase that is new: twice on a terminal, and at least
 * PROMPT_PASSPHRASE_LEAST bytes long.
 */
#define PROMPT_PASSPHRASE_LEAST 8
int prompt_new_passphrase(int fd, struct bytes *out);

/* Wipe and give back; an empty view is allowed. */
void prompt_free(struct bytes secret);

/*
 * Read n lines that hold something from standard input, as they were typed,
 * newlines and all; fewer where the input ends.  For prompt_free().
 */
int prompt_lines(size_t n, struct bytes *out);

/* Ask "<what> [y/N] " on the terminal; false where there is none. */
bool prompt_yes(const char *what);

/*
 * Wait for Enter, once what was printed has been looked at; not at all where
 * it did not go to a terminal.
 */
void prompt_wait(const char *what);

#endif
