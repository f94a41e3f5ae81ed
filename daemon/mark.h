#ifndef DAEMON_MARK_H
#define DAEMON_MARK_H

#include <stdbool.h>

#include "ballots/record/tree.h"

/*
 * The last head of the ledger, noted in a file of its own.
 *
 * The database may be put back from a backup, and would then grow another
 * history under the same key.  The mark is not part of any backup, so a
 * database that stands below it has been rolled back.
 *
 *     offset  length  slot 0; slot 1 is the same from 4096 on
 *     0       8       "uhead/v1"
 *     8       8       size, big-endian
 *     16      32      root
 *     48      32      SHA-256 of the 48 bytes before
 *
 * The slots are written in turn, so a torn write leaves the one before.
 *
 * Functions that return int return 0, or -1 once they have told why.
 */
struct mark;

/*
 * Open the mark in the directory dir, an open descriptor.  create: make one
 * that says the ledger is empty, where there is none.  NULL once it has told
 * why: no such file, or no valid slot in it.  Free with mark_close().
 */
struct mark *mark_open(int dir, bool create);

/* NULL is allowed. */
void mark_close(struct mark *m);

/* The head noted last. */
struct tree_head mark_head(const struct mark *m);

/* Note a head larger than the last one, and flush it. */
int mark_set(struct mark *m, const struct tree_head *head);

#endif
