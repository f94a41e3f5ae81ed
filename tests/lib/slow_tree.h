#ifndef TESTS_LIB_SLOW_TREE_H
#define TESTS_LIB_SLOW_TREE_H

#include "ballots/record/tree.h"

/*
 * The definition of RFC 6962, section 2.1, word for word: the root over n
 * entries, each of which is its own number, from first on.
 */
static inline void
slow_root(uint32_t first, uint32_t n, uint8_t out[static CRYPT_HASH])
{
	uint8_t left[CRYPT_HASH], right[CRYPT_HASH];
	uint32_t k = 1;

	if (n == 0) {
		crypt_hash(BYTES(""), out);
		return;
	}
	if (n == 1) {
		tree_leaf_hash(bytes_of(&first, sizeof(first)), out);
		return;
	}
	while (2 * k < n)
		k *= 2;
	slow_root(first, k, left);
	slow_root(first + k, n - k, right);
	tree_node_hash(left, right, out);
}

#endif
