#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/base/crypt.h"
#include "ballots/rules/lots.h"

/* The hash that commits to 32 bytes n. */
static void
hash_of(uint8_t n, uint8_t value[static 32], uint8_t hash[static 32])
{
	struct bytes parts[2] = {BYTES("union-lot/v1\n"), bytes_of(value, 32)};

	memset(value, n, 32);
	crypt_hash_parts(parts, 2, hash);
}

static void
commit(struct lots *l, uint32_t member)
{
	uint8_t value[32], hash[32];

	hash_of((uint8_t)member, value, hash);
	assert_int_equal(lots_may_commit(l, member), VERDICT_OK);
	lots_commit(l, member, hash);
}

static void
each_auditor_commits_once(void **state)
{
	struct lots l = {0};

	(void)state;
	commit(&l, 4);
	assert_int_equal(lots_may_commit(&l, 4), VERDICT_DUPLICATE);
	assert_int_equal(lots_may_commit(&l, 5), VERDICT_OK);
	lots_clear(&l);
	assert_int_equal(lots_may_commit(&l, 4), VERDICT_OK);
}

static void
what_is_revealed_must_be_what_was_committed_to(void **state)
{
	uint8_t value[32], other[32], hash[32];
	struct lots l = {0};

	(void)state;
	commit(&l, 4);
	hash_of(4, value, hash);
	hash_of(5, other, hash);
	assert_int_equal(lots_may_reveal(&l, 4, other), VERDICT_BAD_COMMITMENT);
	assert_int_equal(lots_may_reveal(&l, 5, other), VERDICT_NOT_ALLOWED);
	assert_int_equal(lots_may_reveal(&l, 4, value), VERDICT_OK);
	lots_reveal(&l, 4, value);
	assert_int_equal(lots_may_reveal(&l, 4, value), VERDICT_DUPLICATE);
	lots_clear(&l);
}

static void
values_stand_in_the_order_of_admission(void **state)
{
	uint8_t value[32], hash[32];
	struct writer w = {0};
	struct lots l = {0};

	(void)state;
	commit(&l, 9);
	commit(&l, 2);
	commit(&l, 5);
	assert_false(lots_put(&l, &w));
	assert_int_equal(w.len, 0);
	for (uint8_t member = 9; member > 2; member -= 4) {
		hash_of(member, value, hash);
		lots_reveal(&l, member, value);
	}
	assert_true(lots_put(&l, &w));
	assert_int_equal(w.len, 64);
	assert_int_equal(w.data[0], 5);
	assert_int_equal(w.data[32], 9);
	writer_clear(&w);
	lots_clear(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_auditor_commits_once),
		cmocka_unit_test(
			what_is_revealed_must_be_what_was_committed_to),
		cmocka_unit_test(values_stand_in_the_order_of_admission),
	};

	crypt_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
