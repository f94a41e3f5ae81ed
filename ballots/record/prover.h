#ifndef BALLOTS_RECORD_PROVER_H
#define BALLOTS_RECORD_PROVER_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/record/tree.h"

/*
 * Makes roots and proofs of every size of one growing tree from its tiles.
 *
 * It reads O(log size) tiles for each.  What it works out within a tile it
 * remembers, for some tiles at a time, since a complete subtree never changes
 * and those who ask mostly ask for neighbours.
 */
struct prover;

/*
 * Lends the first width hashes of a tile until its next call; NULL when they
 * cannot be had, which fails what asked for them.  tree_edge() answers for
 * the tiles that are not finished.
 */
typedef const uint8_t *prover_read_fn(
	void *ctx, unsigned level, uint64_t number, unsigned width);

/* A prover that reads with ctx; the caller gives it back to prover_free(). */
struct prover *prover_new(prover_read_fn *read, void *ctx);
void prover_free(struct prover *p);

/* The root that the first size entries have. */
bool prover_root_at(
	struct prover *p, uint64_t size, uint8_t root[static CRYPT_HASH]);

/* Prove that entry index is in the tree of size; index < size. */
bool prover_inclusion(struct prover *p, uint64_t index, uint64_t size,
	struct tree_proof *out);

/* Prove that size continues the tree of old_size; old_size <= size. */
bool prover_consistency(struct prover *p, uint64_t old_size, uint64_t size,
	struct tree_proof *out);

#endif
