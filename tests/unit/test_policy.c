#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/record/policy.h"
#include "tests/lib/signer.h"

/* Witness i of this world. */
static struct signer
witness(int i)
{
	char name[] = "w0.example";

	name[1] = (char)('0' + i);
	return signer_named(name, NOTE_COSIGNATURE);
}

static void
put_key(const struct note_key *key, struct writer *w)
{
	note_print_key(key, w);
	writer_put_u8(w, '\n');
}

/* Put lines for witnesses W0 to W<n-1>. */
static void
put_witnesses(int n, struct writer *w)
{
	for (int i = 0; i < n; i++) {
		struct signer s = witness(i);

		writer_put_string(w, "witness W");
		writer_put_decimal(w, (uint64_t)i);
		writer_put_u8(w, ' ');
		put_key(&s.key, w);
	}
}

/* A policy with one log, six witnesses and the lines of rules. */
static struct policy
policy_with(const char *rules, struct writer *w)
{
	struct signer log = signer_named("log.example", NOTE_ED25519);
	struct policy p;
	size_t bad_line;

	writer_put_string(w, "log ");
	put_key(&log.key, w);
	put_witnesses(6, w);
	writer_put_string(w, rules);
	assert_int_equal(
		policy_parse(writer_view(w), &p, &bad_line), VERDICT_OK);
	return p;
}

/* What p says of a checkpoint with the cosignatures of the witnesses in set. */
static enum verdict
judge(const struct policy *p, const char *set)
{
	struct signer log = signer_named("log.example", NOTE_ED25519);
	struct tree_head head = {.size = 3};
	struct signer signers[6];
	struct writer w = {0};
	struct checkpoint c;
	struct note note;
	enum verdict v;
	size_t n = 0;

	for (; set[n] != '\0'; n++)
		signers[n] = witness(set[n] - '0');
	signer_checkpoint(&log, &head, signers, n, &w);
	v = policy_open(p, writer_view(&w), &note, &c);
	writer_clear(&w);
	return v;
}

/* The example of the tlog-policy specification. */
static void
two_of_one_group_and_any_of_another_make_a_quorum(void **state)
{
	static const struct {
		const char *set;
		enum verdict verdict;
	} rows[] = {
		{"", VERDICT_TOO_FEW},
		{"01", VERDICT_TOO_FEW},
		{"03", VERDICT_TOO_FEW},
		{"345", VERDICT_TOO_FEW},
		{"013", VERDICT_OK},
		{"502", VERDICT_OK},
		{"012345", VERDICT_OK},
	};
	struct writer w = {0};
	struct policy p = policy_with("group X 2 W0 W1 W2\n"
				      "group Y any W3 W4 W5\n"
				      "group X-and-Y all X Y\n"
				      "quorum X-and-Y\n",
		&w);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(judge(&p, rows[i].set), rows[i].verdict);
	writer_clear(&w);
}

static void
a_quorum_can_be_one_witness_or_none(void **state)
{
	struct writer w = {0};
	struct policy p = policy_with("quorum W4\n", &w);

	(void)state;
	assert_int_equal(judge(&p, "0123"), VERDICT_TOO_FEW);
	assert_int_equal(judge(&p, "4"), VERDICT_OK);
	writer_clear(&w);
	p = policy_with("quorum none\n", &w);
	assert_int_equal(judge(&p, ""), VERDICT_OK);
	writer_clear(&w);
}

static void
witnesses_without_the_log_are_not_believed(void **state)
{
	struct signer other = signer_named("other.example", NOTE_ED25519);
	struct tree_head head = {.size = 3};
	struct signer signers[] = {witness(0)};
	struct writer text = {0}, w = {0};
	struct policy p = policy_with("quorum W0\n", &text);
	struct checkpoint c;
	struct note note;

	(void)state;
	signer_checkpoint(&other, &head, signers, 1, &w);
	assert_int_equal(policy_open(&p, writer_view(&w), &note, &c),
		VERDICT_UNKNOWN_SIGNER);
	writer_clear(&text);
	writer_clear(&w);
}

static void
a_log_is_believed_for_its_own_origin_only(void **state)
{
	struct signer a = signer_named("a.example", NOTE_ED25519);
	struct tree_head head = {.size = 3};
	struct writer text = {0}, w = {0};
	struct checkpoint c;
	struct policy p;
	struct note note;

	(void)state;
	policy_of_log(&a.key, &p);
	checkpoint_print(BYTES("b.example"), &head, &text);
	note_begin(writer_view(&text), &w);
	note_sign(writer_view(&text), &a.key, a.secret, 0, &w);
	assert_int_equal(policy_open(&p, writer_view(&w), &note, &c),
		VERDICT_UNKNOWN_SIGNER);
	writer_rewind(&w);
	checkpoint_sign(&head, &a.key, a.secret, &w);
	assert_int_equal(
		policy_open(&p, writer_view(&w), &note, &c), VERDICT_OK);
	writer_clear(&text);
	writer_clear(&w);
}

static void
a_policy_goes_to_text_and_back(void **state)
{
	struct writer text = {0}, once = {0}, twice = {0};
	struct policy p = policy_with("# a remark\n"
				      "\n"
				      " \tgroup  G\tany  W2 W1 \n"
				      "quorum G",
		&text);
	size_t bad_line;

	(void)state;
	policy_print(&p, &once);
	assert_non_null(strstr(writer_string(&once), "\ngroup G 1 W1 W2\n"));
	assert_int_equal(
		policy_parse(writer_view(&once), &p, &bad_line), VERDICT_OK);
	policy_print(&p, &twice);
	assert_string_equal(writer_string(&once), writer_string(&twice));
	writer_clear(&text);
	writer_clear(&once);
	writer_clear(&twice);
}

static void
urls_are_kept(void **state)
{
	struct signer log = signer_named("log.example", NOTE_ED25519);
	struct writer text = {0}, again = {0};
	struct policy p;
	size_t bad_line;

	(void)state;
	writer_put_string(&text, "log ");
	note_print_key(&log.key, &text);
	writer_put_string(&text, " https://log.example/\nquorum none\n");
	assert_int_equal(
		policy_parse(writer_view(&text), &p, &bad_line), VERDICT_OK);
	assert_true(bytes_equal(p.urls[0], BYTES("https://log.example/")));
	policy_print(&p, &again);
	assert_string_equal(writer_string(&again), writer_string(&text));
	writer_clear(&text);
	writer_clear(&again);
}

static void
a_line_that_makes_no_sense_is_refused_by_number(void **state)
{
	static const struct {
		const char *rules;
		enum verdict verdict;
		size_t line; /* witnesses stand in 1 to 3 */
	} rows[] = {
		{"", VERDICT_MALFORMED, 4},
		{"quorum\n", VERDICT_UNKNOWN_SUBJECT, 4},
		{"quorum W9\n", VERDICT_UNKNOWN_SUBJECT, 4},
		{"quorum W1 W2\n", VERDICT_MALFORMED, 4},
		{"quorum none\nquorum W1\n", VERDICT_DUPLICATE, 5},
		{"quorum G\ngroup G any W1\n", VERDICT_UNKNOWN_SUBJECT, 4},
		{"group G\n", VERDICT_MALFORMED, 4},
		{"group G any\n", VERDICT_MALFORMED, 4},
		{"group G all\n", VERDICT_MALFORMED, 4},
		{"group G 0 W1\n", VERDICT_MALFORMED, 4},
		{"group G 2 W1\n", VERDICT_MALFORMED, 4},
		{"group G 01 W1\n", VERDICT_MALFORMED, 4},
		{"group G some W1\n", VERDICT_MALFORMED, 4},
		{"group G any G\n", VERDICT_UNKNOWN_SUBJECT, 4},
		{"group G any none\n", VERDICT_UNKNOWN_SUBJECT, 4},
		{"group none any W1\n", VERDICT_MALFORMED, 4},
		{"group W1 any W2\n", VERDICT_DUPLICATE, 4},
		{"group G any W1 W1\n", VERDICT_DUPLICATE, 4},
		{"group G any W1\ngroup H any W1\n", VERDICT_DUPLICATE, 5},
		{"log\n", VERDICT_MALFORMED, 4},
		{"witness W3\n", VERDICT_MALFORMED, 4},
		{"Quorum none\n", VERDICT_MALFORMED, 4},
		{"quorum none\r\n", VERDICT_MALFORMED, 4},
		{"\n# \x7f\n", VERDICT_MALFORMED, 5},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct writer w = {0};
		struct policy p;
		size_t bad_line;

		put_witnesses(3, &w);
		writer_put_string(&w, rows[i].rules);
		assert_int_equal(policy_parse(writer_view(&w), &p, &bad_line),
			rows[i].verdict);
		assert_int_equal(bad_line, rows[i].line);
		writer_clear(&w);
	}
}

/* Parse "log" or "witness N" with a key, after the witnesses. */
static enum verdict
add_key(const char *start, const struct note_key *key)
{
	struct writer w = {0};
	struct policy p;
	size_t bad_line;
	enum verdict v;

	put_witnesses(2, &w);
	writer_put_string(&w, start);
	put_key(key, &w);
	writer_put_string(&w, "quorum none\n");
	v = policy_parse(writer_view(&w), &p, &bad_line);
	writer_clear(&w);
	return v;
}

static void
one_key_is_not_two_witnesses(void **state)
{
	struct signer again = witness(1);
	struct signer other = witness(2);
	struct note_key renamed;

	(void)state;
	assert_int_equal(note_make_key(BYTES("renamed"), NOTE_COSIGNATURE,
				 again.key.key, &renamed),
		VERDICT_OK);
	assert_int_equal(add_key("witness N ", &other.key), VERDICT_OK);
	assert_int_equal(add_key("witness N ", &again.key), VERDICT_DUPLICATE);
	assert_int_equal(add_key("witness N ", &renamed), VERDICT_DUPLICATE);
}

static void
a_key_of_one_kind_does_not_serve_as_the_other(void **state)
{
	struct signer log = signer_named("log.example", NOTE_ED25519);
	struct signer other = witness(2);

	(void)state;
	assert_int_equal(add_key("log ", &log.key), VERDICT_OK);
	assert_int_equal(add_key("log ", &other.key), VERDICT_BAD_KEY);
	assert_int_equal(add_key("witness N ", &log.key), VERDICT_BAD_KEY);
}

static void
more_groups_than_fit_are_refused(void **state)
{
	struct writer w = {0};
	struct policy p;
	size_t bad_line;

	(void)state;
	put_witnesses(1, &w);
	for (int i = 0; i < LIMIT_POLICY_NODES; i++) {
		writer_put_string(&w, "group G");
		writer_put_decimal(&w, (uint64_t)i);
		writer_put_string(&w, i == 0 ? " any W0" : " any G");
		if (i > 0)
			writer_put_decimal(&w, (uint64_t)i - 1);
		writer_put_u8(&w, '\n');
	}
	assert_int_equal(policy_parse(writer_view(&w), &p, &bad_line),
		VERDICT_TOO_LARGE);
	assert_int_equal(bad_line, LIMIT_POLICY_NODES + 1);
	writer_clear(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			two_of_one_group_and_any_of_another_make_a_quorum),
		cmocka_unit_test(a_quorum_can_be_one_witness_or_none),
		cmocka_unit_test(witnesses_without_the_log_are_not_believed),
		cmocka_unit_test(a_log_is_believed_for_its_own_origin_only),
		cmocka_unit_test(a_policy_goes_to_text_and_back),
		cmocka_unit_test(urls_are_kept),
		cmocka_unit_test(
			a_line_that_makes_no_sense_is_refused_by_number),
		cmocka_unit_test(one_key_is_not_two_witnesses),
		cmocka_unit_test(a_key_of_one_kind_does_not_serve_as_the_other),
		cmocka_unit_test(more_groups_than_fit_are_refused),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
