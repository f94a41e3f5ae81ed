#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/known.h"
#include "tests/lib/desk.h"

static void
known_acts_have_their_index_and_unknown_ones_none(void **state)
{
	struct desk *d = desk_open(*state, &roomy);
	uint8_t id[CRYPT_HASH];
	uint64_t index;

	desk_append(d, 300);
	id_of(299, id);
	assert_int_equal(store_find(ledger_store(d->led), id, &index), 0);
	assert_int_equal(index, 299);
	id_of(300, id);
	assert_int_equal(store_find(ledger_store(d->led), id, &index), 0);
	assert_true(index == STORE_NONE);
	desk_close(d);
}

/* Enough records to finish a block of the index, of few bytes each. */
static void
make_long_ledger(const char *dir)
{
	struct desk *d = desk_open(dir, &roomy);

	record_bytes = 20;
	while (d->tree.size < KNOWN_BLOCK + 1000)
		assert_int_equal(desk_append(d, 2000), 0);
	desk_close(d);
}

static void
acts_of_finished_blocks_are_known_too(void **state)
{
	static const uint64_t some[] = {
		0, 1, 40000, KNOWN_BLOCK - 1, KNOWN_BLOCK, KNOWN_BLOCK + 999};
	struct desk *d;
	uint8_t id[CRYPT_HASH];
	uint64_t index;

	make_long_ledger(*state);
	d = desk_open(*state, &roomy);
	assert_non_null(d);
	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		id_of(some[i], id);
		assert_int_equal(
			store_find(ledger_store(d->led), id, &index), 0);
		assert_int_equal(index, some[i]);
	}
	id[0] ^= 1;
	assert_int_equal(store_find(ledger_store(d->led), id, &index), 0);
	assert_true(index == STORE_NONE);
	assert_int_equal(desk_append(d, 5), 0);
	desk_close(d);
	record_bytes = 400;
}

static void
damage_to_the_index_of_known_acts_is_found_at_start(void **state)
{
	char text[17] = {0};
	uint8_t id[CRYPT_HASH];

	make_long_ledger(*state);
	id_of(777, id);
	memcpy(text, id, 16);
	flip_at(*state, "db/data.mdb", text);
	assert_null(desk_open(*state, &roomy));
	assert_trouble("block 0 of the index of known acts is missing or "
		       "damaged");
	record_bytes = 400;
}

static void
finished_tiles_are_stored_with_their_batch(void **state)
{
	struct desk *d = desk_open(*state, &roomy);
	uint8_t tile[TREE_TILE_BYTES], leaf[CRYPT_HASH];
	char room[400];

	desk_append(d, 255);
	assert_int_equal(store_copy_tile(ledger_store(d->led), 0, 0, tile), -1);
	assert_trouble("tile 0 of level 0 is missing");
	desk_append(d, 400);
	assert_int_equal(store_copy_tile(ledger_store(d->led), 0, 1, tile), 0);
	tree_leaf_hash(record_of(257, room), leaf);
	assert_memory_equal(tile + CRYPT_HASH, leaf, CRYPT_HASH);
	desk_close(d);
}

static bool
stop_at_12(void *ctx, uint64_t index, struct bytes record)
{
	uint64_t *last = ctx;

	(void)record;
	*last = index;
	return index < 12;
}

static void
a_page_ends_at_its_bytes_or_where_the_reader_stops(void **state)
{
	struct desk *d = desk_open(*state, &roomy);
	const struct store *st = ledger_store(d->led);
	uint64_t last = 99;

	desk_append(d, 50);
	assert_int_equal(store_read(st, 3, 1, stop_at_12, &last), 0);
	assert_int_equal(last, 3);
	assert_int_equal(store_read(st, 3, 1200, stop_at_12, &last), 0);
	assert_int_equal(last, 5);
	assert_int_equal(store_read(st, 3, SIZE_MAX, stop_at_12, &last), 0);
	assert_int_equal(last, 12);
	last = 99;
	assert_int_equal(store_read(st, 50, SIZE_MAX, stop_at_12, &last), 0);
	assert_int_equal(last, 99);
	desk_close(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_a_place(known_acts_have_their_index_and_unknown_ones_none),
		in_a_place(acts_of_finished_blocks_are_known_too),
		in_a_place(damage_to_the_index_of_known_acts_is_found_at_start),
		in_a_place(finished_tiles_are_stored_with_their_batch),
		in_a_place(a_page_ends_at_its_bytes_or_where_the_reader_stops),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
