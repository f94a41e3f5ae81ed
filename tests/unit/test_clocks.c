#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/rules/clocks.h"
#include "tests/lib/rng.h"

static struct rng chance;
static const struct clocks_subject the_union = {CLOCKS_UNION, 0};

static void
a_seq_must_be_higher_than_the_last_one(void **state)
{
	struct clocks c = {0};

	(void)state;
	assert_int_equal(clocks_check(&c, 1, 2, the_union, 0), VERDICT_OK);
	clocks_set(&c, 1, 2, the_union, 5);
	assert_int_equal(clocks_check(&c, 1, 2, the_union, 6), VERDICT_OK);
	assert_int_equal(
		clocks_check(&c, 1, 2, the_union, 5), VERDICT_EQUIVOCATION);
	assert_int_equal(clocks_check(&c, 1, 2, the_union, 4), VERDICT_STALE);
	/* Of another member, kind or thing nothing is known. */
	assert_int_equal(clocks_check(&c, 2, 2, the_union, 1), VERDICT_OK);
	assert_int_equal(clocks_check(&c, 1, 3, the_union, 1), VERDICT_OK);
	assert_int_equal(clocks_check(&c, 1, 2,
				 (struct clocks_subject){CLOCKS_TOPIC, 0}, 1),
		VERDICT_OK);
	clocks_clear(&c);
}

static void
what_is_about_nothing_is_not_remembered(void **state)
{
	const struct clocks_subject nothing = {CLOCKS_NOTHING, 0};
	struct clocks c = {0};

	(void)state;
	clocks_set(&c, 1, 2, nothing, 5);
	assert_int_equal(c.n_entries, 0);
	assert_int_equal(clocks_check(&c, 1, 2, nothing, 5), VERDICT_OK);
	clocks_clear(&c);
}

enum { MEMBERS = 8, KINDS = 3, THINGS = 12, ROUNDS = 2000 };

/* The same, as a plain table: seq plus one, 0 for none. */
static uint64_t table[MEMBERS][KINDS][THINGS * ROUNDS];

/* Things in the order of their numbers are begun, and over. */
static bool
over(const void *ctx, struct clocks_subject on)
{
	const uint32_t *first = ctx;

	return on.about == CLOCKS_GRANT && on.number < *first;
}

static void
act(struct clocks *c, uint32_t thing, uint64_t seq)
{
	const struct clocks_subject on = {CLOCKS_GRANT, thing};
	uint32_t m = (uint32_t)rng_below(&chance, MEMBERS);
	uint8_t k = (uint8_t)rng_below(&chance, KINDS);
	uint64_t last = table[m][k][thing];

	if (last > 0)
		assert_int_equal(clocks_check(c, m, k, on, last - 1),
			VERDICT_EQUIVOCATION);
	else
		assert_int_equal(clocks_check(c, m, k, on, 0), VERDICT_OK);
	clocks_set(c, m, k, on, seq);
	table[m][k][thing] = seq + 1;
}

static void
it_remembers_what_a_plain_table_would(void **state)
{
	uint32_t first = 0;
	struct clocks c = {.over = over, .ctx = &first};
	uint64_t seq = 0;

	(void)state;
	chance = rng_start();
	for (; first < THINGS * (ROUNDS - 1);
		first += rng_below(&chance, 3) == 0)
		act(&c, first + (uint32_t)rng_below(&chance, THINGS), ++seq);
	/* Room for what was under way at once, not for all that ever was. */
	assert_in_range(c.entries_cap, 1, 8 * MEMBERS * KINDS * THINGS);
	clocks_clear(&c);
}

static void
a_window_has_room_for_so_many_acts_of_a_kind(void **state)
{
	struct clocks c = {0};

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(clocks_room(&c, 1, 2, 9, 3), VERDICT_OK);
		clocks_count(&c, 1, 2, 9);
	}
	assert_int_equal(clocks_room(&c, 1, 2, 9, 3), VERDICT_TOO_OFTEN);
	assert_int_equal(clocks_room(&c, 1, 2, 9, 4), VERDICT_OK);
	assert_int_equal(clocks_room(&c, 1, 3, 9, 3), VERDICT_OK);
	assert_int_equal(clocks_room(&c, 2, 2, 9, 3), VERDICT_OK);
	assert_int_equal(clocks_room(&c, 1, 2, 10, 3), VERDICT_OK);
	clocks_count(&c, 1, 2, 10);
	assert_int_equal(clocks_room(&c, 1, 2, 10, 1), VERDICT_TOO_OFTEN);
	assert_int_equal(clocks_room(&c, 1, 2, 10, 2), VERDICT_OK);
	clocks_clear(&c);
}

static void
windows_of_many_members_are_kept_apart(void **state)
{
	struct clocks c = {0};

	(void)state;
	for (uint32_t m = 0; m < 1000; m++)
		for (uint32_t i = 0; i <= m % 5; i++)
			clocks_count(&c, m, (uint8_t)(m % 7), 3);
	for (uint32_t m = 0; m < 1000; m++) {
		assert_int_equal(
			clocks_room(&c, m, (uint8_t)(m % 7), 3, m % 5 + 1),
			VERDICT_TOO_OFTEN);
		assert_int_equal(
			clocks_room(&c, m, (uint8_t)(m % 7), 3, m % 5 + 2),
			VERDICT_OK);
	}
	clocks_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_seq_must_be_higher_than_the_last_one),
		cmocka_unit_test(what_is_about_nothing_is_not_remembered),
		cmocka_unit_test(it_remembers_what_a_plain_table_would),
		cmocka_unit_test(a_window_has_room_for_so_many_acts_of_a_kind),
		cmocka_unit_test(windows_of_many_members_are_kept_apart),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
