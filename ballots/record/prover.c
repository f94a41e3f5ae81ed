#include "ballots/record/prover.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/mem.h"

#define SHEETS 32 /* tiles that are remembered at a time */

/*
 * What is known within one tile.  Node 1 is its root, and node i has the
 * children 2i and 2i + 1; nodes from 256 on are the hashes of the tile.
 */
struct sheet {
	unsigned level;
	uint64_t number;
	bool known[TREE_TILE];
	uint8_t node[TREE_TILE][CRYPT_HASH];
};

struct prover {
	prover_read_fn *read;
	void *ctx;
	struct sheet sheets[SHEETS];
};

struct prover *
prover_new(prover_read_fn *read, void *ctx)
{
	struct prover *p = mem_new(sizeof(*p));

	p->read = read;
	p->ctx = ctx;
	return p;
}

void
prover_free(struct prover *p)
{
	mem_free(p);
}

/* The sheet of a tile, which takes the place of another. */
static struct sheet *
sheet_of(struct prover *p, unsigned level, uint64_t number)
{
	struct sheet *s = &p->sheets[(number + 5 * level) % SHEETS];

	if (s->level != level || s->number != number) {
		s->level = level;
		s->number = number;
		memset(s->known, 0, sizeof(s->known));
	}
	return s;
}

/* The hash of node i, worked out where it is not known yet. */
static const uint8_t *
work_out(struct sheet *s, const uint8_t *tile, unsigned i)
{
	const uint8_t *left, *right;

	if (i >= TREE_TILE)
		return tile + (i - TREE_TILE) * CRYPT_HASH;
	if (!s->known[i]) {
		left = work_out(s, tile, 2 * i);
		right = work_out(s, tile, 2 * i + 1);
		tree_node_hash(left, right, s->node[i]);
		s->known[i] = true;
	}
	return s->node[i];
}

/* The hash of the complete subtree number index of 2^height entries. */
static bool
read_subtree(struct prover *p, unsigned height, uint64_t index,
	uint8_t out[static CRYPT_HASH])
{
	unsigned level = height / TREE_TILE_BITS,
		 depth = height % TREE_TILE_BITS;
	uint64_t first = index << depth; /* of the tile's level */
	unsigned place = first % TREE_TILE;
	unsigned node = (TREE_TILE + place) >> depth;
	struct sheet *s = sheet_of(p, level, first / TREE_TILE);
	const uint8_t *tile = NULL;

	if (node >= TREE_TILE || !s->known[node]) {
		tile = p->read(p->ctx, level, first / TREE_TILE,
			place + (1u << depth));
		if (tile == NULL)
			return false;
	}
	memcpy(out, work_out(s, tile, node), CRYPT_HASH);
	return true;
}

/*
 * The hash over n entries from first on, where that is a node of some
 * tree: first is a multiple of the largest power of two up to n.
 */
static bool
read_node(struct prover *p, uint64_t first, uint64_t n,
	uint8_t out[static CRYPT_HASH])
{
	uint8_t peak[64][CRYPT_HASH];
	uint64_t end = first + n;

	for (unsigned bit = 0; bit < 64; bit++) {
		if ((n >> bit & 1) == 0)
			continue;
		end -= (uint64_t)1 << bit;
		if (!read_subtree(p, bit, end >> bit, peak[bit]))
			return false;
	}
	tree_join_peaks(peak, n, out);
	return true;
}

bool
prover_root_at(struct prover *p, uint64_t size, uint8_t root[static CRYPT_HASH])
{
	return read_node(p, 0, size, root);
}

/* Where a tree of n > 1 entries splits. */
static uint64_t
split(uint64_t n)
{
	uint64_t k = 1;

	while (k < n - k)
		k *= 2;
	return k;
}

/* Read one more hash of a proof that is made from the root down. */
static bool
push(struct tree_proof *proof, struct prover *p, uint64_t first, uint64_t n)
{
	assert(proof->n < TREE_PROOF_MAX);
	return read_node(p, first, n, proof->hash[proof->n++]);
}

/* The same proof, from the leaves up. */
static struct tree_proof
turned(const struct tree_proof *proof)
{
	struct tree_proof out = {.n = proof->n};

	for (size_t i = 0; i < proof->n; i++)
		memcpy(out.hash[i], proof->hash[proof->n - 1 - i], CRYPT_HASH);
	return out;
}

bool
prover_inclusion(
	struct prover *p, uint64_t index, uint64_t size, struct tree_proof *out)
{
	struct tree_proof down = {.n = 0};
	uint64_t first = 0, n = size; /* the node that index is in */

	assert(index < size);
	while (n > 1) {
		uint64_t k = split(n);
		bool left = index - first < k;

		if (!push(&down, p, left ? first + k : first, left ? n - k : k))
			return false;
		first += left ? 0 : k;
		n = left ? k : n - k;
	}
	*out = turned(&down);
	return true;
}

bool
prover_consistency(struct prover *p, uint64_t old_size, uint64_t size,
	struct tree_proof *out)
{
	struct tree_proof down = {.n = 0};
	uint64_t first = 0, n = size; /* the node that the old tree ends in */
	bool known = true;            /* it begins where the old tree does */

	assert(old_size <= size);
	while (old_size > 0 && old_size - first != n) {
		uint64_t k = split(n);
		bool left = old_size - first <= k;

		if (!push(&down, p, left ? first + k : first, left ? n - k : k))
			return false;
		known = known && left;
		first += left ? 0 : k;
		n = left ? k : n - k;
	}
	if (!known && !push(&down, p, first, n))
		return false;
	*out = turned(&down);
	return true;
}
