#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/record/status.h"
#include "tests/lib/credentials.h"

#define ORIGIN "migrants.example/00112233445566778899aabbccddeeff"

static struct person ledger, ana, bo;

static struct status
statement(void)
{
	struct status s = {.origin = BYTES(ORIGIN),
		.mandate = {1, 2},
		.state = BYTES("NEGOTIATING"),
		.at_s = 1780000000,
		.head = {1048576, {3}},
		.n_delegates = 1,
		.n_stewards = 2};

	memcpy(s.delegates[0], ana.key, CRYPT_KEY);
	memcpy(s.stewards[0], bo.key, CRYPT_KEY);
	memcpy(s.stewards[1], ana.key, CRYPT_KEY);
	return s;
}

static void
a_statement_is_the_same_text_again(void **state)
{
	struct status s = statement(), again;
	struct writer once = {0}, twice = {0};

	(void)state;
	status_print(&s, &once);
	assert_int_equal(status_parse(writer_view(&once), &again), VERDICT_OK);
	assert_int_equal(again.n_delegates, 1);
	assert_int_equal(again.n_stewards, 2);
	assert_memory_equal(again.stewards[1], ana.key, CRYPT_KEY);
	assert_int_equal(again.at_s, s.at_s);
	status_print(&again, &twice);
	assert_true(bytes_equal(writer_view(&once), writer_view(&twice)));
	writer_clear(&once);
	writer_clear(&twice);
}

static void
a_text_that_is_cut_off_or_changed_is_none(void **state)
{
	static const char *const swaps[][2] = {
		{"union-status/v1", "union-status/v2"},
		{"\n1780000000\n", "\n01780000000\n"},
		{"\n1780000000\n", "\n-1\n"},
		{"NEGOTIATING", "negotiating"},
		{"NEGOTIATING", ""},
		{"1048576", "x"},
		{"0102", "01zz"},
		{"steward did:key:z6M", "steward did:key:z6N"},
		{"delegate did", "delegate  did"},
		{"delegate did", "warden did"},
	};
	struct status s = statement(), out;
	struct writer text = {0};

	(void)state;
	status_print(&s, &text);
	for (size_t n = 0; n < text.len; n++) {
		struct bytes cut = bytes_slice(writer_view(&text), 0, n);
		enum verdict v = status_parse(cut, &out);

		/* Whole lines of keys may be missing: then it says less. */
		if (v == VERDICT_OK)
			assert_true(out.n_delegates + out.n_stewards < 3);
	}
	for (size_t i = 0; i < sizeof(swaps) / sizeof(swaps[0]); i++) {
		struct writer other = {0};

		credentials_swap(
			writer_view(&text), swaps[i][0], swaps[i][1], &other);
		assert_int_equal(status_parse(writer_view(&other), &out),
			VERDICT_MALFORMED);
		writer_clear(&other);
	}
	writer_clear(&text);
}

static enum verdict
open_signed_by(const struct person *who, const char *name)
{
	struct note_key key, trusted;
	struct policy *p = test_calloc(1, sizeof(*p));
	struct writer text = {0}, note = {0};
	struct status s = statement(), out;
	enum verdict v;

	note_make_key(BYTES(ORIGIN), NOTE_ED25519, ledger.key, &trusted);
	note_make_key(bytes_of_string(name), NOTE_ED25519, who->key, &key);
	policy_of_log(&trusted, p);
	status_print(&s, &text);
	note_begin(writer_view(&text), &note);
	note_sign(writer_view(&text), &key, who->secret, 0, &note);
	v = status_open(p, writer_view(&note), &out);
	writer_clear(&text);
	writer_clear(&note);
	test_free(p);
	return v;
}

static void
the_ledger_alone_states_how_a_mandate_stands(void **state)
{
	(void)state;
	assert_int_equal(open_signed_by(&ledger, ORIGIN), VERDICT_OK);
	assert_int_equal(open_signed_by(&ana, ORIGIN), VERDICT_UNKNOWN_SIGNER);
	assert_int_equal(
		open_signed_by(&ledger, "other/1"), VERDICT_UNKNOWN_SIGNER);
}

static void
each_state_has_one_meaning_for_strangers(void **state)
{
	(void)state;
	assert_int_equal(status_standing(BYTES("ACTIVE")), STATUS_LIVE);
	assert_int_equal(status_standing(BYTES("MONITORING")), STATUS_LIVE);
	assert_int_equal(status_standing(BYTES("SUSPENDED")), STATUS_SUSPENDED);
	assert_int_equal(status_standing(BYTES("VOIDED")), STATUS_OVER);
	assert_int_equal(status_standing(BYTES("AUTHORISED")), STATUS_NONE);
	assert_int_equal(status_standing(BYTES("PROPOSED")), STATUS_NONE);
	assert_int_equal(status_standing(BYTES("BLISSFUL")), STATUS_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_statement_is_the_same_text_again),
		cmocka_unit_test(a_text_that_is_cut_off_or_changed_is_none),
		cmocka_unit_test(the_ledger_alone_states_how_a_mandate_stands),
		cmocka_unit_test(each_state_has_one_meaning_for_strangers),
	};

	if (!crypt_init())
		return 1;
	ledger = person_named("ledger");
	ana = person_named("Ana");
	bo = person_named("Bo");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
