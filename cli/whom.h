#ifndef CLI_WHOM_H
#define CLI_WHOM_H

#include "cli/desk.h"

/*
 * Whom a stranger may believe: keys in force, and the text of trust.h that
 * names them, made from what a daemon tells.  Who gets it on paper holds it in
 * their hand; who makes it here believes this daemon.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */

/* The key in force of a member. */
int whom_key(struct desk *d, const uint8_t id[static CRYPT_HASH],
	uint8_t key[static CRYPT_KEY]);

/*
 * Append the text: the lines of a policy, which are those given or, where there
 * are none, the ledger's key alone; who signs credentials; and for how long a
 * statement of the ledger is fresh.
 */
int whom_put(struct desk *d, struct bytes policy, struct writer *out);

#endif
