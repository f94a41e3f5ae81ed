#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/known.h"

static void
id_of(uint32_t number, uint8_t id[static CRYPT_HASH])
{
	crypt_hash(bytes_of(&number, sizeof(number)), id);
}

static struct known *
filled(uint32_t n)
{
	struct known *k = known_new();
	uint8_t id[CRYPT_HASH];

	for (uint32_t i = 0; i < n; i++) {
		id_of(i, id);
		assert_true(known_add(k, id));
	}
	assert_int_equal(known_count(k), n);
	return k;
}

static void
an_act_is_found_at_its_place_and_added_once(void **state)
{
	struct known *k = filled(1000);
	uint8_t id[CRYPT_HASH];
	uint32_t place;

	(void)state;
	for (uint32_t i = 0; i < 1000; i++) {
		id_of(i, id);
		assert_true(known_find(k, id, &place));
		assert_int_equal(place, i);
		assert_false(known_add(k, id));
	}
	id_of(1000, id);
	assert_false(known_find(k, id, &place));
	known_free(k);
}

static void
a_finished_block_finds_the_same_and_the_next_begins_empty(void **state)
{
	struct known *k = filled(KNOWN_BLOCK);
	struct writer block = {0};
	uint8_t id[CRYPT_HASH];
	uint32_t place;

	(void)state;
	known_finish(k, &block);
	assert_int_equal(block.len, KNOWN_BLOCK * KNOWN_ENTRY);
	assert_int_equal(known_count(k), 0);
	for (uint32_t i = 0; i < KNOWN_BLOCK; i += 7) {
		id_of(i, id);
		assert_true(known_search(writer_view(&block), id, &place));
		assert_int_equal(place, i);
		assert_false(known_find(k, id, &place));
	}
	id_of(KNOWN_BLOCK, id);
	assert_false(known_search(writer_view(&block), id, &place));
	assert_true(known_add(k, id));
	assert_true(known_find(k, id, &place));
	assert_int_equal(place, 0);
	writer_clear(&block);
	known_free(k);
}

static void
ids_that_begin_alike_stay_apart(void **state)
{
	struct known *k = known_new();
	uint8_t id[CRYPT_HASH] = {0};
	uint32_t place;

	(void)state;
	for (int i = 0; i < 200; i++) {
		id[15] = (uint8_t)i;
		assert_true(known_add(k, id));
	}
	id[15] = 199;
	assert_true(known_find(k, id, &place));
	assert_int_equal(place, 199);
	id[15] = 200;
	assert_false(known_find(k, id, &place));
	known_free(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_act_is_found_at_its_place_and_added_once),
		cmocka_unit_test(
			a_finished_block_finds_the_same_and_the_next_begins_empty),
		cmocka_unit_test(ids_that_begin_alike_stay_apart),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
