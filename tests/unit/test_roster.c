#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/rules/roster.h"

#define DAY 86400

static const struct roster_rules rules = {10 * DAY, 100 * DAY};

/* Member number n, admitted at now_s. */
static uint32_t
add(struct roster *r, uint8_t n, uint64_t now_s, bool founder)
{
	uint8_t id[32] = {n, 1}, key[32] = {n, 2}, next[32] = {n, 3};

	return roster_add(r, id, key, next, now_s, founder);
}

static void
members_are_found_by_id_and_by_the_key_in_force(void **state)
{
	uint8_t old[32] = {7, 2}, new[32] = {7, 4}, id[32] = {7, 1};
	struct roster r = {0};
	uint32_t m;

	(void)state;
	add(&r, 6, 0, true);
	m = add(&r, 7, 0, false);
	assert_int_equal(roster_find(&r, id), m);
	assert_int_equal(roster_find_key(&r, old), m);
	roster_rotate(&r, m, new, old);
	assert_int_equal(roster_find_key(&r, old), ROSTER_NONE);
	assert_int_equal(roster_find_key(&r, new), m);
	assert_memory_equal(roster_get(&r, m)->next, old, 32);
	roster_leave(&r, m);
	assert_int_equal(roster_find_key(&r, new), ROSTER_NONE);
	assert_int_equal(roster_find(&r, id), m);
	assert_int_equal(r.n_left, 1);
	roster_clear(&r);
}

static bool
may_vote(const struct roster *r, uint32_t m, uint64_t now_s)
{
	return roster_may_vote(roster_get(r, m), &rules, ROSTER_NONE, now_s);
}

static void
a_newcomer_votes_after_probation_a_founder_at_once(void **state)
{
	struct roster r = {0};
	uint32_t founder = add(&r, 1, 1000, true);
	uint32_t newcomer = add(&r, 2, 1000, false);

	(void)state;
	assert_true(may_vote(&r, founder, 1000));
	assert_false(may_vote(&r, newcomer, 999 + 10 * DAY));
	assert_true(may_vote(&r, newcomer, 1000 + 10 * DAY));
	assert_int_equal(roster_voters(&r, &rules, ROSTER_NONE, 1000), 1);
	roster_clear(&r);
}

static void
who_is_overdue_suspended_or_gone_does_not_vote(void **state)
{
	struct roster r = {0};
	uint32_t m = add(&r, 1, 1000, true);

	(void)state;
	assert_true(may_vote(&r, m, 1000 + 100 * DAY));
	assert_false(may_vote(&r, m, 1001 + 100 * DAY));
	roster_renew(&r, m, 2000);
	assert_true(may_vote(&r, m, 2000 + 100 * DAY));
	roster_suspend(&r, m, 5000);
	assert_false(may_vote(&r, m, 4999));
	assert_true(may_vote(&r, m, 5000));
	roster_leave(&r, m);
	assert_false(may_vote(&r, m, 5000));
	roster_clear(&r);
}

static void
a_chapter_takes_root_in_a_probation_period(void **state)
{
	struct roster r = {0};
	uint32_t founder = add(&r, 1, 0, true), other = add(&r, 2, 0, false);

	(void)state;
	for (uint32_t m = founder; m <= other; m++) {
		assert_false(roster_in_chapter(roster_get(&r, m), 3));
		roster_join_chapter(&r, m, 3, 20 * DAY);
		assert_true(roster_in_chapter(roster_get(&r, m), 3));
	}
	assert_int_equal(roster_voters(&r, &rules, 3, 20 * DAY), 1);
	assert_int_equal(roster_voters(&r, &rules, 3, 30 * DAY - 1), 1);
	assert_int_equal(roster_voters(&r, &rules, 3, 30 * DAY), 2);
	assert_int_equal(roster_voters(&r, &rules, 4, 30 * DAY), 0);
	roster_join_chapter(&r, other, 4, 30 * DAY);
	roster_leave_chapter(&r, other, 3);
	assert_false(roster_in_chapter(roster_get(&r, other), 3));
	assert_true(roster_in_chapter(roster_get(&r, other), 4));
	roster_clear(&r);
}

static void
the_roll_at_most_doubles_in_a_probation_period(void **state)
{
	struct roster r = {0};
	uint64_t now_s = 50 * DAY;

	(void)state;
	for (uint8_t i = 0; i < 3; i++)
		add(&r, i, 0, true);
	for (uint8_t i = 3; i < 6; i++) {
		assert_true(roster_may_grow(&r, &rules, now_s));
		add(&r, i, now_s, false);
	}
	assert_false(roster_may_grow(&r, &rules, now_s));
	assert_false(roster_may_grow(&r, &rules, now_s + 10 * DAY - 1));
	assert_true(roster_may_grow(&r, &rules, now_s + 10 * DAY));
	/* Who came lately and left counts as having come. */
	roster_leave(&r, 5);
	assert_false(roster_may_grow(&r, &rules, now_s));
	assert_true(roster_may_grow(
		&r, &(struct roster_rules){0, 100 * DAY}, now_s));
	roster_clear(&r);
}

static void
guardians_take_effect_when_they_are_due(void **state)
{
	const uint8_t some[32] = {1}, others[32] = {2};
	struct roster r = {0};
	struct roster_guards to_come;
	uint32_t m = add(&r, 1, 0, false);
	uint64_t from_s;

	(void)state;
	assert_false(roster_guards(roster_get(&r, m), 50).there);
	roster_guard(&r, m, some, 200, 100);
	assert_false(roster_guards(roster_get(&r, m), 199).there);
	assert_true(roster_guards_to_come(
		roster_get(&r, m), 199, &to_come, &from_s));
	assert_int_equal(from_s, 200);
	assert_memory_equal(to_come.hash, some, 32);
	assert_memory_equal(
		roster_guards(roster_get(&r, m), 200).hash, some, 32);
	assert_false(roster_guards_to_come(
		roster_get(&r, m), 200, &to_come, &from_s));
	/* A newer choice takes the place of one that waits. */
	roster_guard(&r, m, others, 400, 300);
	roster_guard(&r, m, NULL, 450, 350);
	assert_memory_equal(
		roster_guards(roster_get(&r, m), 449).hash, some, 32);
	assert_false(roster_guards(roster_get(&r, m), 450).there);
	roster_clear(&r);
}

static void
a_quarantine_ends_with_its_suspension(void **state)
{
	struct roster r = {0};
	uint32_t m = add(&r, 1, 0, false);

	(void)state;
	roster_quarantine(&r, m, 5000);
	assert_true(roster_quarantined(roster_get(&r, m), 4999));
	assert_true(roster_suspended(roster_get(&r, m), 4999));
	assert_false(roster_quarantined(roster_get(&r, m), 5000));
	roster_suspend(&r, m, 9000);
	assert_false(roster_quarantined(roster_get(&r, m), 4999));
	roster_clear(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			members_are_found_by_id_and_by_the_key_in_force),
		cmocka_unit_test(
			a_newcomer_votes_after_probation_a_founder_at_once),
		cmocka_unit_test(
			who_is_overdue_suspended_or_gone_does_not_vote),
		cmocka_unit_test(guardians_take_effect_when_they_are_due),
		cmocka_unit_test(a_quarantine_ends_with_its_suspension),
		cmocka_unit_test(a_chapter_takes_root_in_a_probation_period),
		cmocka_unit_test(
			the_roll_at_most_doubles_in_a_probation_period),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
