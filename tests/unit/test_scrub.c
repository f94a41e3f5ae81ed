#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/scrub.h"
#include "tests/lib/desk.h"

#define SECOND_NS UINT64_C(1000000000)

enum { RECORDS = 70000, PASS_S = 1000 };

/* A long ledger, and the steps of its scrub. */
struct watch {
	struct desk *d;
	struct scrub *s;
	uint64_t now_ns;
};

static void
begin(struct watch *w, const char *dir)
{
	record_bytes = 40;
	w->d = desk_open(dir, &roomy);
	while (w->d->tree.size < RECORDS)
		assert_int_equal(desk_append(w->d, 5000), 0);
	w->now_ns = 5 * SECOND_NS;
	w->s = scrub_new(ledger_store(w->d->led), PASS_S, w->now_ns);
}

static void
end(struct watch *w)
{
	scrub_free(w->s);
	desk_close(w->d);
	record_bytes = 400;
}

/* All steps of so many seconds: 0, or -1 where one fails. */
static int
go_on(struct watch *w, uint64_t for_s)
{
	uint64_t until_ns = w->now_ns + for_s * SECOND_NS;
	struct tree_head head = ledger_head(w->d->led);
	int rc = 0;

	while (rc == 0 && w->now_ns < until_ns) {
		rc = scrub_step(w->s, &head, w->now_ns);
		w->now_ns += scrub_wait_ms(w->s, w->now_ns) * UINT64_C(1000000);
	}
	return rc;
}

static void
a_ledger_that_is_whole_passes_while_it_grows(void **state)
{
	struct watch w;

	begin(&w, *state);
	for (int i = 0; i < 6; i++) {
		assert_int_equal(go_on(&w, PASS_S / 2), 0);
		assert_int_equal(desk_append(w.d, 300), 0);
	}
	end(&w);
}

/* The bit is flipped in the file while the ledger is open. */
static void
a_flipped_bit_is_found_within_a_pass(void **state)
{
	struct watch w;

	begin(&w, *state);
	assert_int_equal(go_on(&w, PASS_S + 9), 0);
	flip_at(*state, "db/data.mdb", "record 45678");
	assert_int_equal(go_on(&w, PASS_S / 2), 0);
	assert_int_equal(go_on(&w, PASS_S / 2), -1);
	assert_trouble("tile 178 of level 0 is damaged, or a record that it "
		       "covers");
	end(&w);
}

static void
so_is_one_in_the_records_behind_the_last_tile(void **state)
{
	struct watch w;

	begin(&w, *state);
	flip_at(*state, "db/data.mdb", "record 69999");
	assert_int_equal(go_on(&w, PASS_S + 9), -1);
	assert_trouble("the first 70000 records hash to another root");
	end(&w);
}

static void
and_one_in_a_tile_over_tiles(void **state)
{
	struct watch w;
	uint8_t tile[TREE_TILE_BYTES];
	char text[17] = {0};

	begin(&w, *state);
	assert_int_equal(
		store_copy_tile(ledger_store(w.d->led), 1, 0, tile), 0);
	memcpy(text, tile + 99 * CRYPT_HASH, 16);
	flip_at(*state, "db/data.mdb", text);
	assert_int_equal(go_on(&w, PASS_S + 9), -1);
	assert_trouble("tile 0 of level 1 is damaged");
	end(&w);
}

/* What is read in one step is a tile, and a pass is that many steps. */
static void
a_pass_takes_its_time(void **state)
{
	struct watch w;
	struct tree_head head;
	uint32_t steps = RECORDS / TREE_TILE + 1, wait_ms;

	begin(&w, *state);
	head = ledger_head(w.d->led);
	assert_int_equal(scrub_wait_ms(w.s, w.now_ns), 0);
	assert_int_equal(scrub_step(w.s, &head, w.now_ns), 0);
	wait_ms = scrub_wait_ms(w.s, w.now_ns);
	assert_in_range(
		wait_ms, PASS_S * 1000 / steps, PASS_S * 1000 / steps + 2);
	scrub_free(w.s);
	w.s = scrub_new(ledger_store(w.d->led), 0, w.now_ns);
	assert_true(scrub_wait_ms(w.s, w.now_ns) >= 3600000);
	flip_at(*state, "db/data.mdb", "record 5");
	assert_int_equal(scrub_step(w.s, &head, w.now_ns), 0);
	end(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_a_place(a_ledger_that_is_whole_passes_while_it_grows),
		in_a_place(a_flipped_bit_is_found_within_a_pass),
		in_a_place(so_is_one_in_the_records_behind_the_last_tile),
		in_a_place(and_one_in_a_tile_over_tiles),
		in_a_place(a_pass_takes_its_time),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
