#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/record/outcome.h"
#include "ballots/rules/minutes.h"
#include "tests/lib/credentials.h"
#include "tests/lib/poll.h"

/* A vote of ten: so many for and against, with a quorum of half. */
static void
hold_vote(uint32_t yes, uint32_t no, struct writer *question,
	struct writer *result, uint8_t id[static CRYPT_HASH])
{
	struct question_form form = poll_form("yes-no", 1);
	struct tally_union u;
	struct poll p;
	struct tally t;

	form.any_quorum = false;
	form.quorum = (struct need){.by_share = true, .share = {1, 2}};
	strcpy(form.class, "purchase");
	poll_open(&p, &form, 10);
	for (uint32_t m = 0; m < yes + no; m++)
		poll_cast(&p, m, m < yes ? "[1]" : "[-1]", 1500);
	u = poll_union(&p);
	tally_count(p.q, &u, UINT64_MAX, false, &t);
	question_print(p.q, question);
	minutes_print(&t, p.q, &p.roster, result);
	memcpy(id, p.q->id, CRYPT_HASH);
	tally_clear(&t);
	poll_close(&p);
}

/* What the count says is what its minutes give when they are judged again. */
static void
minutes_judge_as_the_count_did(void **state)
{
	(void)state;
	for (uint32_t yes = 0; yes <= 10; yes++)
		for (uint32_t no = 0; yes + no <= 10; no++) {
			struct writer question = {0}, result = {0};
			uint8_t id[CRYPT_HASH];
			struct outcome_question q;
			struct outcome o;
			bool passed;

			hold_vote(yes, no, &question, &result, id);
			assert_int_equal(outcome_read_question(
						 writer_view(&question), &q),
				VERDICT_OK);
			assert_memory_equal(q.id, id, CRYPT_HASH);
			assert_int_equal(outcome_read(writer_view(&result), &o),
				VERDICT_OK);
			assert_true(bytes_equal(o.class, BYTES("purchase")));
			passed = bytes_equal(o.outcome, BYTES("passed"));
			assert_int_equal(outcome_judge(&o, 1),
				passed ? VERDICT_OK : VERDICT_TOO_FEW);
			o.options[1].quorum = !o.options[1].quorum;
			assert_int_equal(
				outcome_judge(&o, 1), VERDICT_RESULT_WRONG);
			writer_clear(&question);
			writer_clear(&result);
		}
}

static void
an_option_is_known_by_its_act(void **state)
{
	struct outcome_question q = {.n_options = 3,
		.options = {{0}, {1}, {2}, {3}},
		.place = {0, 0, 1, 0}};
	uint8_t act[CRYPT_HASH] = {3};

	(void)state;
	assert_int_equal(outcome_option_of(&q, act), 3);
	act[0] = 2; /* its second option */
	assert_int_equal(outcome_option_of(&q, act), 0);
	act[0] = 9;
	assert_int_equal(outcome_option_of(&q, act), 0);
}

static void
figures_that_cannot_be_are_refused(void **state)
{
	static const char *const swaps[][2] = {
		{"\"counted\":8", "\"counted\":11"},
		{"\"counted\":8", "\"counted\":6"},
		{"\"ballots\":8", "\"ballots\":11"},
		{"\"for\":7", "\"for\":-7"},
		{"\"winners\":[1]", "\"winners\":[2]"},
		{"\"share\":[1,2]", "\"share\":[1,0]"},
		{"\"share\":[1,2]", "\"chair\":[1,2]"},
		{"\"majority\":[1,2]", "\"majority\":[1]"},
	};
	struct writer question = {0}, result = {0};
	uint8_t id[CRYPT_HASH];
	struct outcome o;

	(void)state;
	hold_vote(7, 1, &question, &result, id);
	for (size_t i = 0; i < sizeof(swaps) / sizeof(swaps[0]); i++) {
		struct writer other = {0};

		credentials_swap(
			writer_view(&result), swaps[i][0], swaps[i][1], &other);
		assert_int_equal(outcome_read(writer_view(&other), &o),
			VERDICT_MALFORMED);
		writer_clear(&other);
	}
	writer_clear(&question);
	writer_clear(&result);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(minutes_judge_as_the_count_did),
		cmocka_unit_test(an_option_is_known_by_its_act),
		cmocka_unit_test(figures_that_cannot_be_are_refused),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
