#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/record/prover.h"
#include "tests/lib/slow_tree.h"

/* A tree with all its finished tiles kept, as a ledger keeps them. */
struct shelf {
	struct tree tree;
	uint8_t (*tile[3])[TREE_TILE_BYTES];
	size_t cap[3];
	size_t n[3];
};

static void
keep_tile(void *ctx, unsigned level, uint64_t number, const uint8_t *tile)
{
	struct shelf *shelf = ctx;

	assert_in_range(level, 0, 2);
	assert_int_equal(number, shelf->n[level]);
	shelf->tile[level] = mem_grow(shelf->tile[level], &shelf->cap[level],
		shelf->n[level] + 1, TREE_TILE_BYTES);
	memcpy(shelf->tile[level][shelf->n[level]++], tile, TREE_TILE_BYTES);
}

static const uint8_t *
read_tile(void *ctx, unsigned level, uint64_t number, unsigned width)
{
	const struct shelf *shelf = ctx;

	if (level < 3 && number < shelf->n[level])
		return shelf->tile[level][number];
	return tree_edge(&shelf->tree, level, number, width);
}

/* A tree of n entries, each its own number in four bytes. */
static struct shelf *
grow(uint32_t n)
{
	struct shelf *shelf = mem_new(sizeof(*shelf));

	for (uint32_t i = 0; i < n; i++)
		tree_append(&shelf->tree, bytes_of(&i, sizeof(i)), keep_tile,
			shelf);
	return shelf;
}

static void
clear(struct shelf *shelf)
{
	for (int level = 0; level < 3; level++)
		mem_free(shelf->tile[level]);
	mem_free(shelf);
}

/* Sizes around the ends of tiles and of levels; the last fills level 2. */
static const uint32_t sizes[] = {1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 700,
	65535, 65536, 65537, 66000};
#define N_SIZES (sizeof(sizes) / sizeof(sizes[0]))

static void
every_smaller_root_can_be_read_from_the_tiles(void **state)
{
	struct shelf *shelf = grow(66000);
	struct prover *p = prover_new(read_tile, shelf);
	uint8_t root[CRYPT_HASH], want[CRYPT_HASH];

	(void)state;
	for (size_t i = 0; i < N_SIZES; i++) {
		assert_true(prover_root_at(p, sizes[i], root));
		slow_root(0, sizes[i], want);
		assert_memory_equal(root, want, CRYPT_HASH);
	}
	assert_memory_equal(root, tree_head(&shelf->tree).root, CRYPT_HASH);
	assert_true(prover_root_at(p, 0, root));
	assert_false(prover_root_at(p, 66001, root));
	prover_free(p);
	clear(shelf);
}

static struct tree_head
head_at(struct prover *p, uint64_t size)
{
	struct tree_head head = {.size = size};

	assert_true(prover_root_at(p, size, head.root));
	return head;
}

static void
check_entry(struct prover *p, uint32_t index, uint32_t size)
{
	struct tree_head head = head_at(p, size);
	struct tree_proof proof;
	uint8_t leaf[CRYPT_HASH];

	tree_leaf_hash(bytes_of(&index, sizeof(index)), leaf);
	assert_true(prover_inclusion(p, index, size, &proof));
	assert_true(tree_check_inclusion(&head, index, leaf, &proof));
	assert_false(tree_check_inclusion(&head, index + 1, leaf, &proof));
	leaf[0] ^= 1;
	assert_false(tree_check_inclusion(&head, index, leaf, &proof));
}

static void
every_entry_is_proven_in_every_size_and_nowhere_else(void **state)
{
	struct shelf *shelf = grow(66000);
	struct prover *p = prover_new(read_tile, shelf);

	(void)state;
	for (uint32_t size = 1; size <= 40; size++)
		for (uint32_t index = 0; index < size; index++)
			check_entry(p, index, size);
	for (size_t i = 0; i < N_SIZES; i++) {
		check_entry(p, 0, sizes[i]);
		check_entry(p, sizes[i] / 2, sizes[i]);
		check_entry(p, sizes[i] - 1, sizes[i]);
	}
	prover_free(p);
	clear(shelf);
}

static void
check_growth(struct prover *p, uint32_t old_size, uint32_t size)
{
	struct tree_head old = head_at(p, old_size);
	struct tree_head now = head_at(p, size);
	struct tree_proof proof;

	assert_true(prover_consistency(p, old_size, size, &proof));
	assert_true(tree_check_consistency(&old, &now, &proof));
	old.root[0] ^= 1;
	assert_false(tree_check_consistency(&old, &now, &proof));
	old.root[0] ^= 1;
	now.root[0] ^= 1;
	assert_false(
		tree_check_consistency(&old, &now, &proof) && old_size > 0);
}

static void
every_size_is_proven_to_continue_every_smaller_one(void **state)
{
	struct shelf *shelf = grow(66000);
	struct prover *p = prover_new(read_tile, shelf);

	(void)state;
	for (uint32_t size = 0; size <= 40; size++)
		for (uint32_t old = 0; old <= size; old++)
			check_growth(p, old, size);
	for (size_t i = 0; i < N_SIZES; i++)
		for (size_t k = 0; k <= i; k++)
			check_growth(p, sizes[k], sizes[i]);
	prover_free(p);
	clear(shelf);
}

static void
what_is_remembered_stays_true_while_the_tree_grows(void **state)
{
	struct shelf *shelf = grow(200);
	struct prover *p = prover_new(read_tile, shelf);

	(void)state;
	for (uint32_t n = 200; n < 1200; n++) {
		check_entry(p, n / 2, n);
		check_growth(p, n - 100, n);
		tree_append(&shelf->tree, bytes_of(&n, sizeof(n)), keep_tile,
			shelf);
	}
	prover_free(p);
	clear(shelf);
}

static const uint8_t *
no_tile(void *ctx, unsigned level, uint64_t number, unsigned width)
{
	(void)ctx, (void)level, (void)number, (void)width;
	return NULL;
}

static void
a_missing_tile_fails_the_proof_and_leaves_it_alone(void **state)
{
	struct prover *p = prover_new(no_tile, NULL);
	struct tree_proof proof = {.n = 7};

	(void)state;
	assert_false(prover_inclusion(p, 1, 3, &proof));
	assert_false(prover_consistency(p, 1, 3, &proof));
	assert_int_equal(proof.n, 7);
	prover_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_smaller_root_can_be_read_from_the_tiles),
		cmocka_unit_test(
			every_entry_is_proven_in_every_size_and_nowhere_else),
		cmocka_unit_test(
			every_size_is_proven_to_continue_every_smaller_one),
		cmocka_unit_test(
			a_missing_tile_fails_the_proof_and_leaves_it_alone),
		cmocka_unit_test(
			what_is_remembered_stays_true_while_the_tree_grows),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
