#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/record/witness.h"
#include "tests/lib/signer.h"
#include "tests/lib/vectors.h"

static void
a_published_request_is_read_and_printed_again(void **state)
{
	struct writer w = {0}, again = {0};
	struct witness_request request;

	(void)state;
	assert_true(vectors_read(VECTORS_LOG "sample.add-checkpoint", &w));
	assert_int_equal(witness_parse(writer_view(&w), &request), VERDICT_OK);
	assert_int_equal(request.old_size, 1000);
	assert_int_equal(request.proof.n, 9);
	witness_print(&request, &again);
	assert_true(bytes_equal(writer_view(&w), writer_view(&again)));
	writer_clear(&w);
	writer_clear(&again);
}

static void
any_other_text_is_malformed(void **state)
{
	static const char *const bad[] = {"", "old", "old ", "old 0", "old 0\n",
		"old 0\n\n", "old 00\n\nx", "old -1\n\nx", "new 0\n\nx",
		"old 0\nx\n\nx", "old 9223372036854775808\n\nx"};
	struct witness_request request;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(
			witness_parse(bytes_of_string(bad[i]), &request),
			VERDICT_MALFORMED);
}

/* The request of tests/vectors/log-1500, with the head it builds on. */
static enum witness_status
judge_sample(uint64_t last_size, uint64_t old_size, unsigned proof_bit)
{
	struct note_key key = vectors_key(VECTORS_LOG "vkey");
	struct writer w = {0}, old = {0};
	struct witness_request request;
	enum witness_status status;
	struct checkpoint last, c;
	struct note note;

	assert_true(vectors_read(VECTORS_LOG "checkpoint.1000", &old));
	assert_int_equal(
		checkpoint_open(writer_view(&old), &key, 1, &note, &last),
		VERDICT_OK);
	assert_true(vectors_read(VECTORS_LOG "sample.add-checkpoint", &w));
	assert_int_equal(witness_parse(writer_view(&w), &request), VERDICT_OK);
	last.head.size = last_size;
	request.old_size = old_size;
	request.proof.hash[0][0] ^= (uint8_t)proof_bit;
	status = witness_judge(&request, &key, &last.head, &c);
	if (status == WITNESS_OK)
		assert_int_equal(c.head.size, 1500);
	writer_clear(&w);
	writer_clear(&old);
	return status;
}

static void
a_checkpoint_that_continues_the_last_one_is_cosigned(void **state)
{
	(void)state;
	assert_int_equal(judge_sample(1000, 1000, 0), WITNESS_OK);
	assert_int_equal(judge_sample(1000, 1000, 1), WITNESS_BAD_PROOF);
	assert_int_equal(judge_sample(1001, 1000, 0), WITNESS_CONFLICT);
	assert_int_equal(judge_sample(1000, 1001, 0), WITNESS_CONFLICT);
	assert_int_equal(judge_sample(1000, 1501, 0), WITNESS_BAD_REQUEST);
	assert_int_equal(judge_sample(0, 0, 0), WITNESS_BAD_PROOF);
}

/* What a witness that kept last answers to a signed head with no proof. */
static enum witness_status
judge_head(const struct tree_head *last, const struct tree_head *head)
{
	struct signer log = signer_named("log.example", NOTE_ED25519);
	struct witness_request request = {.old_size = last->size};
	enum witness_status status;
	struct writer w = {0};
	struct checkpoint c;

	checkpoint_sign(head, &log.key, log.secret, &w);
	request.checkpoint = writer_view(&w);
	status = witness_judge(&request, &log.key, last, &c);
	writer_clear(&w);
	return status;
}

static void
one_size_with_another_root_is_a_bad_proof(void **state)
{
	struct tree_head one = {5, {1}}, other = {5, {2}};

	(void)state;
	assert_int_equal(judge_head(&one, &one), WITNESS_OK);
	assert_int_equal(judge_head(&one, &other), WITNESS_BAD_PROOF);
}

static void
an_empty_ledger_must_have_the_empty_root(void **state)
{
	struct tree_head none = {0, {0}}, empty = none, first = {1, {1}};

	(void)state;
	crypt_hash(BYTES(""), empty.root);
	assert_int_equal(judge_head(&none, &none), WITNESS_BAD_PROOF);
	assert_int_equal(judge_head(&none, &empty), WITNESS_OK);
	assert_int_equal(judge_head(&none, &first), WITNESS_OK);
}

/* litewitness answers 403 where the specification now asks for 404. */
static int
status_of(const json_t *test)
{
	if (bytes_equal(vectors_text(test, "response_contains"),
		    BYTES("unknown log")))
		return WITNESS_UNKNOWN;
	return (int)vectors_number(test, "status");
}

static void
published_requests_get_the_published_answers(void **state)
{
	json_t *root =
		vectors_json(VECTORS_SHARED "cosignature/add-checkpoint.json");
	json_t *tests = json_object_get(root, "requests"), *test;
	struct tree_head last = {0};
	uint8_t public[CRYPT_KEY];
	struct note_key key;
	size_t i;

	(void)state;
	assert_true(coding_read_hex(
		vectors_text(root, "log_public_key_hex"), public, CRYPT_KEY));
	assert_int_equal(
		note_make_key(
			BYTES("sigsum.org/v1/tree/4d6d8825a6bb689d459628312889"
			      "dfbb0bcd41b5211d9e1ce768b0ff0309e562"),
			NOTE_ED25519, public, &key),
		VERDICT_OK);
	assert_int_equal(json_array_size(tests), 9);
	json_array_foreach(tests, i, test)
	{
		struct witness_request request;
		struct checkpoint c;
		int status;

		assert_int_equal(
			witness_parse(vectors_text(test, "body"), &request),
			VERDICT_OK);
		status = witness_judge(&request, &key, &last, &c);
		assert_int_equal(status, status_of(test));
		if (status == WITNESS_OK)
			last = c.head;
	}
	assert_int_equal(last.size, 5);
	json_decref(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_published_request_is_read_and_printed_again),
		cmocka_unit_test(any_other_text_is_malformed),
		cmocka_unit_test(
			a_checkpoint_that_continues_the_last_one_is_cosigned),
		cmocka_unit_test(one_size_with_another_root_is_a_bad_proof),
		cmocka_unit_test(an_empty_ledger_must_have_the_empty_root),
		cmocka_unit_test(published_requests_get_the_published_answers),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
