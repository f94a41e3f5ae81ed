#include "ballots/record/tree.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/coding.h"

void
tree_leaf_hash(struct bytes entry, uint8_t out[static CRYPT_HASH])
{
	const struct bytes parts[] = {bytes_of("\0", 1), entry};

	crypt_hash_parts(parts, 2, out);
}

void
tree_node_hash(const uint8_t left[static CRYPT_HASH],
	const uint8_t right[static CRYPT_HASH], uint8_t out[static CRYPT_HASH])
{
	uint8_t joined[1 + 2 * CRYPT_HASH] = {1};

	memcpy(joined + 1, left, CRYPT_HASH);
	memcpy(joined + 1 + CRYPT_HASH, right, CRYPT_HASH);
	crypt_hash(bytes_of(joined, sizeof(joined)), out);
}

void
tree_join_peaks(const uint8_t peak[static 64][CRYPT_HASH], uint64_t size,
	uint8_t out[static CRYPT_HASH])
{
	bool begun = false;

	if (size == 0)
		crypt_hash(BYTES(""), out);
	for (unsigned bit = 0; bit < 64; bit++) {
		if ((size >> bit & 1) == 0)
			continue;
		if (begun)
			tree_node_hash(peak[bit], out, out);
		else
			memcpy(out, peak[bit], CRYPT_HASH);
		begun = true;
	}
}

/* Put the hash number index of a tile level in its place. */
static void
keep(struct tree *t, unsigned level, uint64_t index,
	const uint8_t hash[static CRYPT_HASH], tree_emit_fn *emit, void *ctx)
{
	unsigned place = index % TREE_TILE;

	memcpy(t->edge[level][place], hash, CRYPT_HASH);
	if (place == TREE_TILE - 1 && emit != NULL)
		emit(ctx, level, index / TREE_TILE, t->edge[level][0]);
}

void
tree_append_hash(struct tree *t, const uint8_t leaf[static CRYPT_HASH],
	tree_emit_fn *emit, void *ctx)
{
	uint64_t index = t->size;
	unsigned height = 0;
	uint8_t hash[CRYPT_HASH];

	assert(t->size < UINT64_MAX);
	memcpy(hash, leaf, CRYPT_HASH);
	keep(t, 0, index, hash, emit, ctx);
	while (index % 2 == 1) {
		tree_node_hash(t->peak[height], hash, hash);
		index /= 2;
		height++;
		if (height % TREE_TILE_BITS == 0)
			keep(t, height / TREE_TILE_BITS, index, hash, emit,
				ctx);
	}
	memcpy(t->peak[height], hash, CRYPT_HASH);
	t->size++;
}

void
tree_append(struct tree *t, struct bytes entry, tree_emit_fn *emit, void *ctx)
{
	uint8_t leaf[CRYPT_HASH];

	tree_leaf_hash(entry, leaf);
	tree_append_hash(t, leaf, emit, ctx);
}

struct tree_head
tree_head(const struct tree *t)
{
	struct tree_head head = {.size = t->size};

	tree_join_peaks(t->peak, t->size, head.root);
	return head;
}

bool
tree_same_head(const struct tree_head *a, const struct tree_head *b)
{
	return a->size == b->size && memcmp(a->root, b->root, CRYPT_HASH) == 0;
}

const uint8_t *
tree_edge(const struct tree *t, unsigned level, uint64_t number, unsigned width)
{
	uint64_t hashes;

	if (level >= TREE_LEVELS)
		return NULL;
	hashes = t->size >> level * TREE_TILE_BITS;
	if (number != hashes / TREE_TILE || width > hashes % TREE_TILE)
		return NULL;
	return t->edge[level][0];
}

/* Go up one level from node fn of a level whose last node is sn. */
static void
rise(uint64_t *fn, uint64_t *sn)
{
	*fn /= 2;
	*sn /= 2;
}

/* RFC 9162, section 2.1.3.2. */
bool
tree_check_inclusion(const struct tree_head *head, uint64_t index,
	const uint8_t leaf[static CRYPT_HASH], const struct tree_proof *proof)
{
	uint64_t fn = index, sn = head->size - 1;
	uint8_t r[CRYPT_HASH];

	if (index >= head->size)
		return false;
	memcpy(r, leaf, CRYPT_HASH);
	for (size_t i = 0; i < proof->n; i++) {
		if (sn == 0)
			return false;
		if (fn % 2 == 1 || fn == sn) {
			tree_node_hash(proof->hash[i], r, r);
			while (fn % 2 == 0 && fn != 0)
				rise(&fn, &sn);
		} else {
			tree_node_hash(r, proof->hash[i], r);
		}
		rise(&fn, &sn);
	}
	return sn == 0 && memcmp(r, head->root, CRYPT_HASH) == 0;
}

/* RFC 9162, section 2.1.4.2, for 0 < old size < new size. */
static bool
check_growth(const struct tree_head *old, const struct tree_head *now,
	const struct tree_proof *proof)
{
	uint64_t fn = old->size - 1, sn = now->size - 1;
	bool whole = (old->size & fn) == 0; /* the old root is a node of now */
	size_t i = whole ? 0 : 1;
	uint8_t fr[CRYPT_HASH], sr[CRYPT_HASH];

	if (proof->n == 0)
		return false;
	memcpy(fr, whole ? old->root : proof->hash[0], CRYPT_HASH);
	memcpy(sr, fr, CRYPT_HASH);
	while (fn % 2 == 1)
		rise(&fn, &sn);
	for (; i < proof->n; i++) {
		if (sn == 0)
			return false;
		if (fn % 2 == 1 || fn == sn) {
			tree_node_hash(proof->hash[i], fr, fr);
			tree_node_hash(proof->hash[i], sr, sr);
			while (fn % 2 == 0 && fn != 0)
				rise(&fn, &sn);
		} else {
			tree_node_hash(sr, proof->hash[i], sr);
		}
		rise(&fn, &sn);
	}
	return sn == 0 && memcmp(fr, old->root, CRYPT_HASH) == 0 &&
	       memcmp(sr, now->root, CRYPT_HASH) == 0;
}

bool
tree_check_consistency(const struct tree_head *old, const struct tree_head *now,
	const struct tree_proof *proof)
{
	uint8_t empty[CRYPT_HASH];

	crypt_hash(BYTES(""), empty);
	if (old->size > now->size ||
		(old->size == 0 && memcmp(old->root, empty, CRYPT_HASH) != 0))
		return false;
	if (old->size == now->size)
		return proof->n == 0 &&
		       memcmp(old->root, now->root, CRYPT_HASH) == 0;
	return old->size == 0 ? proof->n == 0 : check_growth(old, now, proof);
}

void
tree_print_proof(const struct tree_proof *proof, struct writer *w)
{
	for (size_t i = 0; i < proof->n; i++) {
		coding_put_base64(w, bytes_of(proof->hash[i], CRYPT_HASH));
		writer_put_u8(w, '\n');
	}
}

bool
tree_parse_proof(struct bytes *rest, struct tree_proof *out)
{
	struct tree_proof proof = {.n = 0};
	struct bytes left = *rest;

	while (left.len > 0) {
		struct bytes line = bytes_cut(&left, '\n');

		if (line.len == 0) {
			*rest = left;
			*out = proof;
			return true;
		}
		if (proof.n == TREE_TEXT_MAX ||
			!coding_read_base64(
				line, proof.hash[proof.n++], CRYPT_HASH))
			return false;
	}
	return false;
}
