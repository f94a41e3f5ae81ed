#ifndef DAEMON_BATCH_H
#define DAEMON_BATCH_H

#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/writer.h"
#include "ballots/record/tree.h"

/*
 * Records that wait to be made durable together, and the tiles of the tree
 * that they finish.
 *
 * A zeroed batch is empty and ready; it owns copies of all that is put into
 * it and is given back with batch_clear().  It is filled beside the tree:
 *
 *     batch_put(batch, record, act_id);
 *     tree_append(tree, record, batch_put_tile, batch);
 *
 * and before it is stored its head is set: batch->after = tree_head(tree).
 */
struct batch_entry {
	size_t offset; /* of the record, in bytes */
	size_t len;
	uint8_t act_id[CRYPT_HASH];
};

struct batch_tile {
	size_t offset; /* of its TREE_TILE_BYTES, in tile_bytes */
	unsigned level;
	uint64_t number;
};

struct batch {
	struct batch_entry *entries;
	size_t n_entries;
	size_t cap_entries;
	struct writer bytes;

	struct batch_tile *tiles;
	size_t n_tiles;
	size_t cap_tiles;
	struct writer tile_bytes;

	struct tree_head after; /* the head once the batch is stored */
};

/* Free what the batch holds; it is empty and ready again. */
void batch_clear(struct batch *b);

/* Forget the content, keep the memory. */
void batch_rewind(struct batch *b);

/* Add the next record and the id of its act. */
void batch_put(struct batch *b, struct bytes record,
	const uint8_t act_id[static CRYPT_HASH]);

/* Add a finished tile; a tree_emit_fn whose ctx is the batch. */
void batch_put_tile(
	void *batch, unsigned level, uint64_t number, const uint8_t *tile);

/* Record or tile number i of the batch, lent until it changes. */
struct bytes batch_record(const struct batch *b, size_t i);
struct bytes batch_tile(const struct batch *b, size_t i);

/* Where in the batch the act with that id stands; UINT64_MAX: nowhere. */
uint64_t batch_find(
	const struct batch *b, const uint8_t act_id[static CRYPT_HASH]);

#endif
