#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ballots/base/mem.h"
#include "ballots/rules/minutes.h"
#include "tests/lib/poll.h"

/* Cast the same marks by members from the first to before the last. */
static void
cast_all(struct poll *p, uint32_t from, uint32_t to, const char *marks)
{
	for (; from < to; from++)
		assert_int_equal(poll_cast(p, from, marks, 1500), VERDICT_OK);
}

static struct tally
count(struct poll *p, bool lot)
{
	struct tally_union u = poll_union(p);
	struct tally t;

	tally_count(p->q, &u, UINT64_MAX, lot, &t);
	return t;
}

/* Yes, no and abstentions of ten members with a quorum of half: outcome. */
static enum tally_outcome
outcome_of(uint32_t yes, uint32_t no, struct ratio majority)
{
	struct question_form form = poll_form("yes-no", 1);
	enum tally_outcome outcome;
	struct poll p;
	struct tally t;

	form.any_quorum = false;
	form.quorum = (struct need){.by_share = true, .share = {1, 2}};
	form.majority = majority;
	poll_open(&p, &form, 10);
	cast_all(&p, 0, yes, "[1]");
	cast_all(&p, yes, yes + no, "[-1]");
	cast_all(&p, yes + no, 10, "[0]");
	t = count(&p, false);
	assert_int_equal(t.ballots, 10);
	assert_int_equal(t.options[1].in_favour, yes);
	assert_int_equal(t.options[1].against, no);
	outcome = t.outcome;
	tally_clear(&t);
	poll_close(&p);
	return outcome;
}

static void
first_the_quorum_then_the_majority(void **state)
{
	const struct ratio half = {1, 2}, most = {2, 3};

	(void)state;
	assert_int_equal(outcome_of(4, 0, half), TALLY_NO_QUORUM);
	assert_int_equal(outcome_of(5, 4, half), TALLY_PASSED);
	assert_int_equal(outcome_of(5, 5, half), TALLY_REJECTED);
	assert_int_equal(outcome_of(6, 3, most), TALLY_PASSED);
	assert_int_equal(outcome_of(6, 4, most), TALLY_REJECTED);
	assert_int_equal(outcome_of(0, 0, half), TALLY_NO_QUORUM);
}

static void
an_option_that_misses_its_majority_is_dropped(void **state)
{
	struct question_form form = poll_form("approval", 2);
	struct poll p;
	struct tally t;

	(void)state;
	poll_open(&p, &form, 9);
	cast_all(&p, 0, 4, "[0,1,0]");
	cast_all(&p, 4, 9, "[1,0,0]");
	poll_cast(&p, 3, "[0,0,1]", 1600);
	t = count(&p, false);
	/* Three for the first, five against; one for the second. */
	assert_int_equal(t.options[1].in_favour, 3);
	assert_int_equal(t.options[1].against, 5);
	assert_int_equal(t.outcome, TALLY_REJECTED);
	assert_int_equal(t.result.winners.n, 0);
	tally_clear(&t);
	poll_close(&p);
}

static void
a_tie_stays_a_tie_until_a_lot_is_drawn(void **state)
{
	struct question_form form = poll_form("plurality", 2);
	struct lots_part lot = {.revealed = true, .value = {7}};
	struct writer w = {0};
	struct poll p;
	struct tally t;

	(void)state;
	poll_open(&p, &form, 4);
	cast_all(&p, 0, 2, "[0,1,0]");
	cast_all(&p, 2, 4, "[0,0,1]");
	t = count(&p, false);
	assert_int_equal(t.outcome, TALLY_TIED);
	assert_int_equal(t.result.n_ties, 1);
	tally_clear(&t);

	p.q->lots.at = mem_copy(&lot, sizeof(lot));
	p.q->lots.n = 1;
	t = count(&p, true);
	assert_true(t.drawn);
	assert_int_equal(t.outcome, TALLY_PASSED);
	assert_int_equal(t.result.winners.n, 1);
	minutes_print(&t, p.q, &p.roster, &w);
	assert_non_null(strstr(
		writer_string(&w), "\"lot\":{\"missing\":[],\"seed\":\""));
	writer_clear(&w);
	tally_clear(&t);

	p.q->lots.at[0].revealed = false; /* nobody revealed anything */
	t = count(&p, true);
	assert_false(t.drawn);
	assert_int_equal(t.outcome, TALLY_TIED);
	tally_clear(&t);
	poll_close(&p);
}

static void
a_late_first_quorum_extends_the_vote(void **state)
{
	struct question_form form = poll_form("yes-no", 1);
	struct tally_union u;
	struct poll p;

	(void)state;
	form.any_quorum = false;
	form.late_s = 100;
	form.quorum = (struct need){.by_share = true, .share = {1, 2}};
	poll_open(&p, &form, 10);
	u = poll_union(&p);
	for (uint32_t m = 0; m < 4; m++)
		poll_cast(&p, m, "[1]", 1899);
	assert_false(tally_extends(p.q, &u));
	poll_cast(&p, 4, "[1]", 1900);
	assert_true(tally_extends(p.q, &u));
	p.q->extended = true;
	assert_false(tally_extends(p.q, &u));
	p.q->extended = false;
	poll_cast(&p, 5, "[1]", 1899); /* there was a quorum in time */
	assert_false(tally_extends(p.q, &u));
	poll_close(&p);
}

static void
delegated_weight_counts_where_the_class_allows_it(void **state)
{
	struct question_form form = poll_form("yes-no", 1);
	uint8_t id[32] = {9};
	struct poll p;
	struct tally t;

	(void)state;
	for (int allowed = 0; allowed < 2; allowed++) {
		form.delegation = allowed != 0;
		poll_open(&p, &form, 4);
		delegation_add(&p.delegation, id, 1, 0,
			(struct clocks_subject){CLOCKS_UNION, 0}, 10);
		delegation_accept(&p.delegation, 0, 5, 11);
		poll_cast(&p, 0, "[1]", 1500);
		poll_cast(&p, 2, "[-1]", 1500);
		t = count(&p, false);
		assert_int_equal(t.ballots, 2);
		assert_int_equal(t.counted, allowed ? 3 : 2);
		assert_int_equal(t.unused, allowed ? 1 : 0);
		assert_int_equal(
			t.outcome, allowed ? TALLY_PASSED : TALLY_REJECTED);
		tally_clear(&t);
		poll_close(&p);
	}
}

static void
amending_the_amendment_rules_asks_most_chapters(void **state)
{
	struct question_form form = poll_form("yes-no", 1);
	struct poll p;
	struct tally t;

	(void)state;
	poll_open(&p, &form, 8);
	p.q->options[0].entrenched = true;
	/* Chapter 0: members 0 to 5; chapter 1: member 6; chapter 2: 7. */
	for (uint32_t m = 0; m < 8; m++)
		roster_join_chapter(&p.roster, m, m < 6 ? 0 : m - 5, 10);
	cast_all(&p, 0, 6, "[1]");
	cast_all(&p, 6, 8, "[-1]");
	t = count(&p, false);
	assert_int_equal(t.outcome, TALLY_REJECTED);
	tally_clear(&t);
	poll_cast(&p, 7, "[1]", 1600);
	t = count(&p, false);
	assert_int_equal(t.outcome, TALLY_PASSED);
	tally_clear(&t);
	poll_close(&p);
}

/* Purses are raised until all is paid; for this project, for ever. */
static void
a_budget_that_cannot_be_completed_is_counted_without_completion(void **state)
{
	struct question_form form = poll_form("equal-shares", 2);
	struct poll p;
	struct tally t;

	(void)state;
	form.budget = 100;
	poll_open(&p, &form, 3);
	p.q->options[0].cost = 90;
	p.q->options[1].cost = LIMIT_JSON_INT;
	cast_all(&p, 0, 3, "[0,1,1]");
	t = count(&p, false);
	assert_int_equal(t.outcome, TALLY_PASSED);
	assert_int_equal(t.result.winners.n, 1);
	assert_int_equal(t.result.winners.at[0], 1);
	tally_clear(&t);
	poll_close(&p);
}

static void
an_empty_roll_decides_nothing(void **state)
{
	static const char *const methods[] = {"yes-no", "schulze", "approval",
		"equal-shares", "stv-meek", "irv"};

	(void)state;
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		struct question_form form = poll_form(methods[i], 1);
		struct poll p;
		struct tally t;

		form.budget = i == 3 ? 9 : 0;
		poll_open(&p, &form, 0);
		t = count(&p, false);
		assert_int_equal(t.outcome, TALLY_REJECTED);
		tally_clear(&t);
		poll_close(&p);
	}
}

static void
assert_rule(const struct question_form *form, const char *expected)
{
	struct writer w = {0};
	struct poll p;
	struct tally t;

	poll_open(&p, form, 5);
	t = count(&p, false);
	minutes_print(&t, p.q, &p.roster, &w);
	assert_non_null(strstr(writer_string(&w), expected));
	writer_clear(&w);
	tally_clear(&t);
	poll_close(&p);
}

static void
the_minutes_say_by_which_rule_it_was_counted(void **state)
{
	struct question_form form = poll_form("yes-no", 1);

	(void)state;
	assert_rule(&form,
		"\"class\":\"\",\"majority\":[1,2],\"quorum\":{}},\"ties\"");
	strcpy(form.class, "purchase");
	form.charter[0] = 1;
	form.any_quorum = false;
	form.majority = (struct ratio){4, 6};
	form.quorum = (struct need){.root = {15, 4}};
	assert_rule(&form, "\"rule\":{\"charter\":"
			   "\"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\""
			   ",\"class\":\"purchase\",\"majority\":[4,6],"
			   "\"quorum\":{\"root\":[15,4]}}");
	form.quorum = (struct need){.by_share = true, .share = {1, 3}};
	assert_rule(&form, "\"quorum\":{\"share\":[1,3]}}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_the_quorum_then_the_majority),
		cmocka_unit_test(an_option_that_misses_its_majority_is_dropped),
		cmocka_unit_test(a_tie_stays_a_tie_until_a_lot_is_drawn),
		cmocka_unit_test(a_late_first_quorum_extends_the_vote),
		cmocka_unit_test(
			delegated_weight_counts_where_the_class_allows_it),
		cmocka_unit_test(
			amending_the_amendment_rules_asks_most_chapters),
		cmocka_unit_test(
			a_budget_that_cannot_be_completed_is_counted_without_completion),
		cmocka_unit_test(an_empty_roll_decides_nothing),
		cmocka_unit_test(the_minutes_say_by_which_rule_it_was_counted),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
