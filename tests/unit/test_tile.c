#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/crypt.h"
#include "ballots/record/tile.h"
#include "tests/lib/vectors.h"

static void
a_path_goes_to_a_tile_and_back(void **state)
{
	static const struct {
		const char *path;
		struct tile tile;
	} rows[] = {
		{"tile/0/000", {0, 0, 256}},
		{"tile/0/x001/234.p/5", {0, 1234, 5}},
		{"tile/7/000.p/255", {7, 0, 255}},
		{"tile/entries/x001/x234/067", {TILE_ENTRIES, 1234067, 256}},
		{"tile/entries/999.p/1", {TILE_ENTRIES, 999, 1}},
		{"tile/0/x072/x057/x594/x037/x927/935",
			{0, UINT64_MAX / 256, 256}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct writer w = {0};
		struct tile t;

		tile_print_path(&rows[i].tile, &w);
		assert_string_equal(writer_string(&w), rows[i].path);
		assert_true(tile_parse_path(writer_view(&w), &t));
		assert_int_equal(t.level, rows[i].tile.level);
		assert_int_equal(t.number, rows[i].tile.number);
		assert_int_equal(t.width, rows[i].tile.width);
		writer_clear(&w);
	}
}

static void
any_other_text_is_no_path(void **state)
{
	static const char *const bad[] = {"", "tile", "tile/", "tile/0",
		"tile/0/", "tile/0/0", "tile/0/00", "tile/0/0000",
		"tile/0/x000/001", "tile/0/x001/x234", "tile/0/001/234",
		"tile/0/1234", "tile/0/x1234/567", "tile/00/000", "tile/8/000",
		"tile/255/000", "tile/-1/000", "tile/0/000.p", "tile/0/000.p/",
		"tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
		"tile/0/000.p/5/", "tile/0/000.", "tile/0/000/",
		"tile/0/000.q/5", "/tile/0/000", "tile//000", "Tile/0/000",
		"tile/0/../000", "tile/entries", "tile/entries/", "checkpoint",
		"tile/0/x072/x057/x594/x037/x927/936",
		"tile/0/x999/x999/x999/x999/x999/x999/x999/999"};
	struct tile t;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (tile_parse_path(bytes_of_string(bad[i]), &t))
			fail_msg("%s is taken for a path", bad[i]);
	assert_false(tile_parse_path(bytes_of("tile/0/000\0", 11), &t));
}

static uint64_t
count_all(uint64_t size)
{
	uint64_t n = 0;

	for (unsigned level = 0; level < TREE_LEVELS; level++)
		n += tile_count(size, level);
	return n;
}

/* Figures from the tlog-tiles specification. */
static void
sizes_have_the_tiles_that_the_specification_counts(void **state)
{
	(void)state;
	assert_int_equal(count_all(0), 0);
	assert_int_equal(count_all(255), 1);
	assert_int_equal(tile_at(255, 0, 0).width, 255);
	assert_int_equal(count_all(256), 2);
	assert_int_equal(tile_at(256, 0, 0).width, 256);
	assert_int_equal(tile_at(256, 1, 0).width, 1);
	assert_int_equal(count_all(70000), 277);
	assert_int_equal(tile_at(70000, 0, 273).width, 112);
	assert_int_equal(tile_at(70000, 1, 1).width, 17);
	assert_int_equal(tile_at(70000, 2, 0).width, 1);
	assert_int_equal(tile_count(70000, TILE_ENTRIES), 274);
	assert_int_equal(tile_at(70000, TILE_ENTRIES, 273).width, 112);
	assert_int_equal(tile_count(UINT64_MAX, 7), 1);
	assert_int_equal(tile_at(UINT64_MAX, 7, 0).width, 255);
}

static void
a_bundle_goes_to_entries_and_back(void **state)
{
	static uint8_t long_entry[TILE_ENTRY_MAX];
	struct writer w = {0};
	struct reader r;

	(void)state;
	tile_put_entry(&w, BYTES("one"));
	tile_put_entry(&w, BYTES(""));
	tile_put_entry(&w, bytes_of(long_entry, sizeof(long_entry)));
	r = reader_of(writer_view(&w));
	assert_true(bytes_equal(tile_next_entry(&r), BYTES("one")));
	assert_int_equal(tile_next_entry(&r).len, 0);
	assert_false(reader_done(&r));
	assert_int_equal(tile_next_entry(&r).len, TILE_ENTRY_MAX);
	assert_true(reader_done(&r));
	writer_clear(&w);
}

static void
an_entry_that_is_cut_short_is_noticed(void **state)
{
	struct reader r = reader_of(bytes_of("\0\3on", 4));

	(void)state;
	assert_int_equal(tile_next_entry(&r).len, 0);
	assert_false(reader_done(&r));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_goes_to_a_tile_and_back),
		cmocka_unit_test(any_other_text_is_no_path),
		cmocka_unit_test(
			sizes_have_the_tiles_that_the_specification_counts),
		cmocka_unit_test(a_bundle_goes_to_entries_and_back),
		cmocka_unit_test(an_entry_that_is_cut_short_is_noticed),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
