#ifndef DAEMON_STORE_H
#define DAEMON_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/writer.h"
#include "ballots/record/tree.h"
#include "daemon/batch.h"

/*
 * The database of a ledger: records by index, finished tiles of their tree,
 * the indexes of known acts, and the head, in tables (tables.h).  What they may
 * be trusted with is decided in ledger.h.
 *
 * Reading takes short transactions, one a call, and is safe in other processes
 * while one appends; records and tiles also in other threads.
 *
 * Functions that return int return 0, or -1 once they have told why.
 */
struct store;

#define STORE_NONE UINT64_MAX /* no record has this index */

/*
 * Open the database in the directory path, creating it where it is not;
 * read_only creates nothing.  map_bytes of address space is the size it can
 * grow to.  NULL once it has told why.
 */
struct store *store_open(const char *path, uint64_t map_bytes, bool read_only);

/* NULL is allowed. */
void store_close(struct store *st);

/* The head as stored with the last batch. */
int store_head(const struct store *st, struct tree_head *out);

/*
 * Commit a batch and its head, as a whole or not at all.  Borrows batch.  When
 * the stored head is not before, nothing is written.
 */
int store_append(struct store *st, const struct batch *batch,
	const struct tree_head *before);

/* Bytes that the map has left; false when that cannot be known. */
bool store_room(const struct store *st, uint64_t *bytes);

/*
 * Takes record number index, lent for the call; false to stop.  It must not
 * call the store.
 */
typedef bool store_take_fn(void *ctx, uint64_t index, struct bytes record);

/*
 * Hand the records from number from on to take, in order, until max_bytes are
 * reached, take stops, or the end; at least one where there is one.  One page:
 * while it lasts the database cannot use pages given free again.
 */
int store_read(const struct store *st, uint64_t from, size_t max_bytes,
	store_take_fn *take, void *ctx);

/* Append record number index to out; nothing where there is no such record. */
int store_copy(const struct store *st, uint64_t index, struct writer *out);

/*
 * Known acts.  The index of them is rebuilt while all records are walked at
 * start: store_recall() takes the id of the act of each, in order, and fails
 * where the stored index differs.  It has to be complete before an append.
 */
int store_recall(struct store *st, const uint8_t id[static CRYPT_HASH]);

/* How many acts are known: recalled, and appended since. */
uint64_t store_recalled(const struct store *st);

/*
 * The index of the act called id, or STORE_NONE.  Costs a search in each
 * 65,536 records, so ask it about acts that were refused, not about all.
 */
int store_find(const struct store *st, const uint8_t id[static CRYPT_HASH],
	uint64_t *index);

/* Copy a finished tile; one that is not there is a failure. */
int store_copy_tile(const struct store *st, unsigned level, uint64_t number,
	uint8_t out[static TREE_TILE_BYTES]);

#endif
