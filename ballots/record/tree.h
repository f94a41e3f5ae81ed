#ifndef BALLOTS_RECORD_TREE_H
#define BALLOTS_RECORD_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/writer.h"

/*
 * The hash tree over all records: RFC 6962 with SHA-256.
 *
 *     leaf   SHA-256(00 || entry)
 *     node   SHA-256(01 || left || right)
 *     root of no entries   SHA-256("")
 *
 * A tree of n > 1 entries splits at the largest power of two below n.
 *
 * Hashes are kept in tiles of 256 (tlog-tiles): the hash at place p of tile
 * number n at level l covers the 256^l entries from (256 n + p) 256^l on.  A
 * tile is finished when it has all 256; only the last of a level may be
 * unfinished.  While a tree grows, it hands out each tile as it is finished
 * and keeps the unfinished ones, which are its right edge.  prover.h makes
 * every root and every proof, of this and of all smaller sizes, from tiles.
 */
#define TREE_TILE_BITS  8 /* levels of nodes to a level of tiles */
#define TREE_LEVELS     8 /* of tiles */
#define TREE_TILE       (1 << TREE_TILE_BITS) /* hashes of a finished tile */
#define TREE_TILE_BYTES (TREE_TILE * CRYPT_HASH)
#define TREE_PROOF_MAX  65 /* hashes of the longest proof there can be */
#define TREE_TEXT_MAX   63 /* hashes of the longest proof that is read */

/* What a checkpoint states: so many entries, and their root. */
struct tree_head {
	uint64_t size; /* entries */
	uint8_t root[CRYPT_HASH];
};

/* An inclusion or consistency proof, lowest hash first. */
struct tree_proof {
	size_t n;
	uint8_t hash[TREE_PROOF_MAX][CRYPT_HASH];
};

/*
 * A growing tree, of fixed size (66 KiB).  A zeroed one is empty and ready;
 * there is nothing to give back.
 */
struct tree {
	uint64_t size;
	uint8_t peak[64][CRYPT_HASH]; /* peak[b]: valid where size has bit b */
	uint8_t edge[TREE_LEVELS][TREE_TILE][CRYPT_HASH];
};

/* Takes a finished tile of TREE_TILE_BYTES, lent for the call. */
typedef void tree_emit_fn(
	void *ctx, unsigned level, uint64_t number, const uint8_t *tile);

void tree_leaf_hash(struct bytes entry, uint8_t out[static CRYPT_HASH]);

/* out may be left or right. */
void tree_node_hash(const uint8_t left[static CRYPT_HASH],
	const uint8_t right[static CRYPT_HASH], uint8_t out[static CRYPT_HASH]);

/*
 * The root over the complete subtrees that a tree of size falls into: where
 * size has bit b, peak[b] is the hash over 2^b entries, the smallest of which
 * stands rightmost.
 */
void tree_join_peaks(const uint8_t peak[static 64][CRYPT_HASH], uint64_t size,
	uint8_t root[static CRYPT_HASH]);

/*
 * Add an entry, or the leaf hash of one.  emit, which may be NULL, is called
 * with ctx for each tile that this finishes, lowest level first.
 */
void tree_append(
	struct tree *t, struct bytes entry, tree_emit_fn *emit, void *ctx);
void tree_append_hash(struct tree *t, const uint8_t leaf[static CRYPT_HASH],
	tree_emit_fn *emit, void *ctx);

struct tree_head tree_head(const struct tree *t);

/* True when both state the same size and root. */
bool tree_same_head(const struct tree_head *a, const struct tree_head *b);

/*
 * The first width hashes of the unfinished tile number at level, lent until
 * the next append; NULL when the edge does not have them.
 */
const uint8_t *tree_edge(
	const struct tree *t, unsigned level, uint64_t number, unsigned width);

/* True when proof shows that leaf is the hash of entry index under head. */
bool tree_check_inclusion(const struct tree_head *head, uint64_t index,
	const uint8_t leaf[static CRYPT_HASH], const struct tree_proof *proof);

/*
 * True when proof shows that now continues old.  The empty tree is the
 * beginning of every tree, with an empty proof.
 */
bool tree_check_consistency(const struct tree_head *old,
	const struct tree_head *now, const struct tree_proof *proof);

/* Hashes as text: one a line, in base64. */
void tree_print_proof(const struct tree_proof *proof, struct writer *w);

/*
 * Take lines of hashes off the front of *rest, and the empty line that ends
 * them.  False, with *out untouched, when a line is anything else, when there
 * are more than TREE_TEXT_MAX, or when there is no empty line.
 */
bool tree_parse_proof(struct bytes *rest, struct tree_proof *out);

#endif
