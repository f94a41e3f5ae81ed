#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/crypt.h"
#include "ballots/count/lot.h"

/*
 * SHA-256 of "seed" and a name, as sha256sum prints it, begins with:
 * Ann e7f4, Bob 458b, Cho 307f.
 */
static void
options_stand_in_the_order_of_their_hash(void **state)
{
	const struct bytes ids[] = {BYTES("Ann"), BYTES("Bob"), BYTES("Cho")};
	uint32_t places[3];

	(void)state;
	lot_draw(BYTES("seed"), ids, 3, places);
	assert_int_equal(places[0], 2);
	assert_int_equal(places[1], 1);
	assert_int_equal(places[2], 0);
}

static void
another_seed_is_another_order(void **state)
{
	struct bytes ids[26];
	uint32_t one[26], other[26];

	(void)state;
	for (size_t i = 0; i < 26; i++)
		ids[i] = bytes_of(&"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i], 1);
	lot_draw(BYTES("seed"), ids, 26, one);
	lot_draw(BYTES("seeds"), ids, 26, other);
	assert_memory_not_equal(one, other, sizeof(one));
}

static void
options_of_one_id_keep_their_order(void **state)
{
	const struct bytes ids[] = {BYTES("A"), BYTES("A"), BYTES("A")};
	uint32_t places[3];

	(void)state;
	lot_draw(BYTES("seed"), ids, 3, places);
	for (uint32_t i = 0; i < 3; i++)
		assert_int_equal(places[i], i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_stand_in_the_order_of_their_hash),
		cmocka_unit_test(another_seed_is_another_order),
		cmocka_unit_test(options_of_one_id_keep_their_order),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
