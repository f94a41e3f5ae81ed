#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/record/receipt.h"
#include "tests/lib/signer.h"
#include "tests/lib/vectors.h"

/* The receipt and the entry of tests/vectors/log-1500. */
struct sample {
	struct writer text, entry;
	struct policy policy;
	struct receipt receipt;
};

static int
set_up(void **state)
{
	static struct sample s;
	struct note_key key = vectors_key(VECTORS_LOG "vkey");

	s = (struct sample){.text = {0}};
	policy_of_log(&key, &s.policy);
	assert_true(vectors_read(VECTORS_LOG "sample.tlog-proof", &s.text));
	assert_true(vectors_read(VECTORS_LOG "sample.entry", &s.entry));
	assert_int_equal(
		receipt_parse(writer_view(&s.text), &s.receipt), VERDICT_OK);
	*state = &s;
	return 0;
}

static int
tear_down(void **state)
{
	struct sample *s = *state;

	writer_clear(&s->text);
	writer_clear(&s->entry);
	return 0;
}

static void
a_published_receipt_holds_for_its_entry(void **state)
{
	struct sample *s = *state;
	struct checkpoint c;

	assert_int_equal(s->receipt.index, 500);
	assert_int_equal(receipt_check(&s->receipt, writer_view(&s->entry),
				 &s->policy, &c),
		VERDICT_OK);
	assert_int_equal(c.head.size, 1500);
	assert_true(bytes_equal(c.origin, BYTES("ledger.example/sample")));
}

static void
it_holds_for_nothing_else(void **state)
{
	struct sample *s = *state;
	struct bytes entry = writer_view(&s->entry);
	struct receipt r = s->receipt;
	struct checkpoint c;

	assert_int_equal(receipt_check(&r, bytes_slice(entry, 1, entry.len),
				 &s->policy, &c),
		VERDICT_BAD_PROOF);
	r.index = 501;
	assert_int_equal(
		receipt_check(&r, entry, &s->policy, &c), VERDICT_BAD_PROOF);
	r = s->receipt;
	r.proof.n--;
	assert_int_equal(
		receipt_check(&r, entry, &s->policy, &c), VERDICT_BAD_PROOF);
	r = s->receipt;
	r.proof.hash[3][0] ^= 1;
	assert_int_equal(
		receipt_check(&r, entry, &s->policy, &c), VERDICT_BAD_PROOF);
}

static void
a_receipt_of_an_unknown_log_is_refused(void **state)
{
	struct sample *s = *state;
	struct signer other = signer_named("other.example", NOTE_ED25519);
	struct checkpoint c;
	struct policy p;

	policy_of_log(&other.key, &p);
	assert_int_equal(
		receipt_check(&s->receipt, writer_view(&s->entry), &p, &c),
		VERDICT_UNKNOWN_SIGNER);
}

static void
the_same_text_is_printed_again(void **state)
{
	struct sample *s = *state;
	struct writer w = {0};

	receipt_print(&s->receipt, &w);
	assert_true(bytes_equal(writer_view(&w), writer_view(&s->text)));
	writer_clear(&w);
}

static void
an_extra_line_is_kept(void **state)
{
	struct sample *s = *state;
	struct receipt r = s->receipt;
	struct writer w = {0};

	r.extra = BYTES("AAEC");
	receipt_print(&r, &w);
	assert_int_equal(receipt_parse(writer_view(&w), &r), VERDICT_OK);
	assert_true(bytes_equal(r.extra, BYTES("AAEC")));
	assert_int_equal(r.index, 500);
	writer_clear(&w);
}

static void
any_other_text_is_malformed(void **state)
{
	static const char *const bad[] = {"", "c2sp.org/tlog-proof@v1",
		"c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v2\n",
		"c2sp.org/tlog-proof@v1\nindex 1",
		"c2sp.org/tlog-proof@v1\nindex 1\n",
		"c2sp.org/tlog-proof@v1\nindex 1\n\n",
		"c2sp.org/tlog-proof@v1\nindex 01\n\nx",
		"c2sp.org/tlog-proof@v1\nindex \n\nx",
		"c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\nx",
		"c2sp.org/tlog-proof@v1\nextra \nindex 1\n\nx",
		"c2sp.org/tlog-proof@v1\nextra A\nindex 1\n\nx",
		"c2sp.org/tlog-proof@v1\nextra AAAA\nextra AAAA\nindex 1\n\nx",
		"c2sp.org/tlog-proof@v1\nindex 1\nextra AAAA\n\nx",
		"c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx",
		"c2sp.org/tlog-proof@v1\r\nindex 1\n\nx"};
	struct receipt r;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(receipt_parse(bytes_of_string(bad[i]), &r),
			VERDICT_MALFORMED);
	assert_int_equal(
		receipt_parse(
			BYTES("c2sp.org/tlog-proof@v1\nindex 1\n\nx"), &r),
		VERDICT_OK);
}

static void
a_receipt_cut_short_or_changed_is_refused(void **state)
{
	struct sample *s = *state;
	struct bytes entry = writer_view(&s->entry);
	struct checkpoint c;
	struct receipt r;

	for (size_t i = 0; i < s->text.len; i++) {
		struct bytes cut = bytes_of(s->text.data, i);

		assert_false(receipt_parse(cut, &r) == VERDICT_OK &&
			     receipt_check(&r, entry, &s->policy, &c) ==
				     VERDICT_OK &&
			     i < s->text.len - 200 /* the witness's line */);
	}
	for (size_t i = 0; i < s->text.len - 200; i++) {
		s->text.data[i] ^= 2;
		assert_false(
			receipt_parse(writer_view(&s->text), &r) ==
				VERDICT_OK &&
			receipt_check(&r, entry, &s->policy, &c) == VERDICT_OK);
		s->text.data[i] ^= 2;
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_published_receipt_holds_for_its_entry, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			it_holds_for_nothing_else, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_receipt_of_an_unknown_log_is_refused, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			the_same_text_is_printed_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_extra_line_is_kept, set_up, tear_down),
		cmocka_unit_test(any_other_text_is_malformed),
		cmocka_unit_test_setup_teardown(
			a_receipt_cut_short_or_changed_is_refused, set_up,
			tear_down),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
