#ifndef DAEMON_TABLES_H
#define DAEMON_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"

/*
 * The tables of a database, and transactions over them.  This file and no
 * other speaks to LMDB; what the tables mean is decided in store.h.
 *
 *     struct tables_txn txn;
 *
 *     if (tables_read(t, &txn) != 0)
 *         return -1;
 *     rc = tables_get(&txn, TABLES_META, BYTES("head"), &value);
 *     ...value is lent until the end of the transaction...
 *     tables_abort(&txn);
 *
 * Reading is safe in other processes and threads while one writes.
 *
 * Functions that return int return 0, or -1 once they have told why.
 */
enum tables_name {
	TABLES_RECORDS,
	TABLES_TILES,
	TABLES_KNOWN,
	TABLES_META,
	TABLES_N,
};

struct tables;

struct tables_txn {
	const struct tables *in;
	struct MDB_txn *txn;
};

/*
 * Open the tables in the directory path, creating what is not there; read_only
 * creates nothing.  map_bytes of address space is the size that they can grow
 * to.  NULL once it has told why; else for tables_close().
 */
struct tables *tables_open(
	const char *path, uint64_t map_bytes, bool read_only);

/* NULL is allowed.  No transaction may be under way. */
void tables_close(struct tables *t);

/* Bytes that the map has left; false when that cannot be known. */
bool tables_room(const struct tables *t, uint64_t *bytes);

/* Begin to read, or to write, which one thread does at a time. */
int tables_read(const struct tables *t, struct tables_txn *out);
int tables_write(struct tables *t, struct tables_txn *out);

/* Either ends it: as a whole on disk, or as if it had never been. */
int tables_commit(struct tables_txn *txn);
void tables_abort(struct tables_txn *txn);

#define TABLES_NONE 1 /* there is nothing under this key */

/* 0, TABLES_NONE, or -1. */
int tables_get(const struct tables_txn *txn, enum tables_name name,
	struct bytes key, struct bytes *out);

enum tables_how {
	TABLES_REPLACE, /* what is there */
	TABLES_NEW,     /* a key that is not there */
	TABLES_BEHIND,  /* the last key of all */
};
int tables_put(const struct tables_txn *txn, enum tables_name name,
	struct bytes key, struct bytes value, enum tables_how how);

/* The key of a number: 8 bytes, big-endian, so that keys are in order. */
#define TABLES_KEY_BYTES 8
struct bytes tables_key(uint64_t number, uint8_t room[static TABLES_KEY_BYTES]);

/* Takes what stands under number, lent for the call; false to stop. */
typedef bool tables_take_fn(void *ctx, uint64_t number, struct bytes value);

/*
 * Hand records from number from on and below end to take, in order, until
 * max_bytes are reached or take stops; at least one.  Every one must be there.
 */
int tables_walk(const struct tables_txn *txn, uint64_t from, uint64_t end,
	size_t max_bytes, tables_take_fn *take, void *ctx);

#endif
