#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/poll.h"

static void
ballots_are_taken_from_opening_until_before_the_close(void **state)
{
	struct question_form form = poll_form("yes-no", 1);
	struct poll p;

	(void)state;
	poll_open(&p, &form, 3);
	assert_int_equal(p.q->n_roll, 3);
	assert_int_equal(poll_cast(&p, 0, "[1]", POLL_OPENS_S), VERDICT_OK);
	assert_int_equal(
		poll_cast(&p, 1, "[1]", POLL_CLOSES_S - 1), VERDICT_OK);
	assert_int_equal(
		poll_cast(&p, 2, "[1]", POLL_CLOSES_S), VERDICT_CLOSED);
	p.q->counting = true;
	assert_int_equal(poll_cast(&p, 2, "[1]", POLL_OPENS_S), VERDICT_CLOSED);
	poll_close(&p);
}

static void
who_is_not_on_the_roll_has_no_ballot(void **state)
{
	struct question_form form = poll_form("yes-no", 1);
	struct poll p;

	(void)state;
	poll_open(&p, &form, 3);
	assert_int_equal(
		poll_cast(&p, 3, "[1]", POLL_OPENS_S), VERDICT_NOT_ON_ROLL);
	poll_close(&p);
}

static void
marks_must_be_as_many_as_there_are_options(void **state)
{
	static const char *const bad[] = {
		"[1,0]", "[1,0,0,0]", "[1,0,2]", "[1,0,99999]", "[]"};
	struct question_form form = poll_form("approval", 2);
	struct poll p;

	(void)state;
	poll_open(&p, &form, 3);
	assert_int_equal(poll_cast(&p, 0, "[1,0,1]", 1001), VERDICT_OK);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(
			poll_cast(&p, 0, bad[i], 1001), VERDICT_INVALID_BALLOT);
	poll_close(&p);
}

static void
voting_again_replaces_the_earlier_ballot(void **state)
{
	struct question_form form = poll_form("yes-no", 1);
	struct poll p;

	(void)state;
	poll_open(&p, &form, 2);
	poll_cast(&p, 1, "[1]", 1100);
	poll_cast(&p, 0, "[1]", 1200);
	poll_cast(&p, 1, "[-1]", 1300);
	assert_int_equal(question_ballot(p.q, 1, UINT64_MAX), 2);
	assert_int_equal(question_marks(p.q, 2)[0], -1);
	assert_int_equal(question_ballot(p.q, 1, 1300), 0);
	assert_int_equal(question_ballot(p.q, 1, 1100), UINT32_MAX);
	/* The seq must rise. */
	p.seq = 2;
	assert_int_equal(poll_cast(&p, 1, "[1]", 1400), VERDICT_EQUIVOCATION);
	p.seq = 1;
	assert_int_equal(poll_cast(&p, 1, "[1]", 1400), VERDICT_STALE);
	poll_close(&p);
}

static void
an_outage_moves_the_close_once_and_by_one_period_at_most(void **state)
{
	struct question_form form = poll_form("yes-no", 1);
	struct poll p;

	(void)state;
	form.period_s = 100000;
	poll_open(&p, &form, 1);
	assert_int_equal(p.q->close_s, 101000);
	question_outage(p.q, 2000, 5600); /* an hour is none */
	assert_int_equal(p.q->close_s, 101000);
	question_outage(p.q, 2000, 5601);
	assert_int_equal(p.q->close_s, 104601);
	question_outage(p.q, 6000, 60000);
	assert_int_equal(p.q->close_s, 104601);
	poll_close(&p);
	poll_open(&p, &form, 1);
	question_outage(p.q, 2000, 900000);
	assert_int_equal(p.q->close_s, 201000);
	poll_close(&p);
	poll_open(&p, &form, 1);
	question_outage(p.q, 101000, 900000); /* over before */
	assert_int_equal(p.q->close_s, 101000);
	poll_close(&p);
}

static void
its_id_is_the_hash_of_what_it_says(void **state)
{
	struct question_form form = poll_form("score", 1);
	struct bytes parts[2] = {BYTES("union-question/v1\n")};
	struct writer w = {0};
	uint8_t id[32];
	struct poll p;

	(void)state;
	form.scaled = true;
	form.low = -1;
	form.high = 4;
	poll_open(&p, &form, 1);
	question_print(p.q, &w);
	assert_non_null(strstr(writer_string(&w),
		"\"kind\":\"decision\",\"log\":\"poll/0\","
		"\"method\":\"score\",\"opens\":1000,\"options\":[["));
	assert_non_null(strstr(
		writer_string(&w), ",0]],\"scale\":[-1,4],\"seats\":1}"));
	parts[1] = writer_view(&w);
	crypt_hash_parts(parts, 2, id);
	assert_memory_equal(p.q->id, id, 32);
	writer_clear(&w);
	poll_close(&p);
}

/* In a poll, ballots are the records 1, 2, ... */
static void
ballots_are_taken_out_from_a_record_on(void **state)
{
	struct question_form form = poll_form("yes-no", 1);
	struct poll p;

	(void)state;
	poll_open(&p, &form, 3);
	poll_cast(&p, 1, "[1]", 1100);
	poll_cast(&p, 0, "[1]", 1200);
	poll_cast(&p, 1, "[-1]", 1300);
	poll_cast(&p, 2, "[-1]", 1400);
	poll_cast(&p, 1, "[0]", 1500);
	question_take_out(p.q, 1, 3);
	assert_int_equal(p.q->n_casts, 3);
	assert_int_equal(question_ballot(p.q, 1, UINT64_MAX), 0);
	assert_int_equal(question_marks(p.q, 0)[0], 1);
	assert_int_equal(question_ballot(p.q, 2, UINT64_MAX), 2);
	assert_int_equal(question_marks(p.q, 2)[0], -1);
	/* What was taken out is not remembered. */
	p.seq = 1;
	assert_int_equal(poll_cast(&p, 1, "[-1]", 1600), VERDICT_OK);
	question_take_out(p.q, 1, 0);
	assert_int_equal(question_ballot(p.q, 1, UINT64_MAX), UINT32_MAX);
	assert_int_equal(question_ballot(p.q, 0, UINT64_MAX), 0);
	assert_int_equal(question_ballot(p.q, 2, UINT64_MAX), 1);
	poll_close(&p);
}

static void
what_is_counted_is_not_taken_out(void **state)
{
	struct question_form form = poll_form("yes-no", 1);
	struct poll p;

	(void)state;
	poll_open(&p, &form, 2);
	poll_cast(&p, 1, "[1]", 1100);
	p.q->counting = true;
	question_take_out(p.q, 1, 0);
	assert_int_equal(question_ballot(p.q, 1, UINT64_MAX), 0);
	p.q->counting = false;
	question_take_out(p.q, 5, 0); /* not on the roll */
	assert_int_equal(question_ballot(p.q, 1, UINT64_MAX), 0);
	poll_close(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			ballots_are_taken_from_opening_until_before_the_close),
		cmocka_unit_test(who_is_not_on_the_roll_has_no_ballot),
		cmocka_unit_test(marks_must_be_as_many_as_there_are_options),
		cmocka_unit_test(ballots_are_taken_out_from_a_record_on),
		cmocka_unit_test(what_is_counted_is_not_taken_out),
		cmocka_unit_test(voting_again_replaces_the_earlier_ballot),
		cmocka_unit_test(
			an_outage_moves_the_close_once_and_by_one_period_at_most),
		cmocka_unit_test(its_id_is_the_hash_of_what_it_says),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
