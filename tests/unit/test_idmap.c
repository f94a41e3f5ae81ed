#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/rules/idmap.h"
#include "tests/lib/rng.h"

enum { IDS = 300 };

static void
make_id(uint32_t n, uint8_t id[static 32])
{
	/* Most bytes agree, as where somebody makes them collide. */
	memset(id, 7, 32);
	memcpy(id + n % 29, &n, sizeof(n));
}

static void
an_empty_map_holds_nothing(void **state)
{
	struct idmap m = {0};
	uint8_t id[32] = {0};

	(void)state;
	assert_int_equal(idmap_get(&m, id), IDMAP_NONE);
	idmap_remove(&m, id);
	idmap_clear(&m);
}

static void
it_holds_what_a_plain_list_would(void **state)
{
	uint32_t list[IDS];
	struct rng r = rng_start();
	struct idmap m = {0};
	size_t n = 0;

	(void)state;
	memset(list, 0xff, sizeof(list));
	for (uint32_t step = 0; step < 20000; step++) {
		uint32_t i = (uint32_t)rng_below(&r, IDS);
		uint8_t id[32];

		make_id(i, id);
		assert_int_equal(idmap_get(&m, id), list[i]);
		if (rng_below(&r, 2) == 0) {
			n += list[i] == IDMAP_NONE;
			list[i] = step;
			idmap_put(&m, id, step);
		} else {
			n -= list[i] != IDMAP_NONE;
			list[i] = IDMAP_NONE;
			idmap_remove(&m, id);
		}
		assert_int_equal(m.n, n);
	}
	for (uint32_t i = 0; i < IDS; i++) {
		uint8_t id[32];

		make_id(i, id);
		assert_int_equal(idmap_get(&m, id), list[i]);
	}
	idmap_clear(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_map_holds_nothing),
		cmocka_unit_test(it_holds_what_a_plain_list_would),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
