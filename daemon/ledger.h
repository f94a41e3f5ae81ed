#ifndef DAEMON_LEDGER_H
#define DAEMON_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/record/tree.h"
#include "daemon/batch.h"
#include "daemon/store.h"

/*
 * The ledger: numbered records on disk, in the order they were accepted, that
 * never fork.
 *
 * It trusts nothing it finds.  The database has no checksums, so after opening
 * the caller walks all records, hashes them, has the acts recalled, and shows
 * the tree to ledger_confirm().  Only then can it append, and what an append
 * stored is hashed once more from the database before the head moves.
 *
 * The directory holds
 *
 *     db/    the database (store.h)
 *     head   the last head, apart from the database (mark.h)
 *     lock   held by the one process that writes
 *
 * Functions that return int return 0, or -1 once they have told why.
 */
struct ledger;

struct ledger_options {
	uint64_t map_bytes;     /* address space to take: the largest size */
	uint64_t reserve_bytes; /* what ledger_has_room() keeps free */
	bool read_only;         /* for audits, beside a daemon at work or not */
};

/*
 * Open the ledger in directory dir, which must exist, creating it there where
 * it is not; read_only creates nothing.  NULL once it has told why: another
 * process writes here, the database was put back from a backup, the head file
 * is damaged or gone.  The caller gives it back to ledger_close().
 */
struct ledger *ledger_open(
	const char *dir, const struct ledger_options *options);

/* NULL is allowed. */
void ledger_close(struct ledger *led);

/* The database, lent for reading until ledger_close(). */
const struct store *ledger_store(const struct ledger *led);

/* The head: number of records and root, as stored when last appended to. */
struct tree_head ledger_head(const struct ledger *led);

/*
 * The head noted in the head file: that head, or an earlier one when the last
 * process ended after the batch was stored and before it was noted.
 */
struct tree_head ledger_marked(const struct ledger *led);

/*
 * Take the id of the act of the next record, from record 0 on, and compare it
 * with the stored index of known acts.
 */
int ledger_recall(struct ledger *led, const uint8_t id[static CRYPT_HASH]);

/*
 * Compare the tree of all stored records, recomputed, with the head, and
 * marked, which the same tree had at the size of ledger_marked(), with that.
 * Every act must have been recalled.  Afterwards the ledger can be appended
 * to.  Copies the tree.
 */
int ledger_confirm(struct ledger *led, const struct tree *recomputed,
	const struct tree_head *marked);

/*
 * Make a batch of one record or more durable, as a whole or not at all.
 * Borrows batch.
 *
 * before is the head the caller built on; when the ledger stands elsewhere
 * nothing is written.  After -1 memory may be ahead of disk: the caller must
 * end the process and replay.
 */
int ledger_append(struct ledger *led, const struct batch *batch,
	const struct tree_head *before);

/*
 * True while both the map and the disk have the reserve left.  Otherwise new
 * acts are answered busy before they are judged.
 */
bool ledger_has_room(const struct ledger *led);

#endif
