#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/record/presentation.h"
#include "tests/lib/credentials.h"

static const struct query asked = {
	.nonce = {(const uint8_t *)"n\\\"1", 4},
	.client_id = {(const uint8_t *)"x509_san_dns:client.example.org", 31},
	.id = {(const uint8_t *)"card", 4},
};
static struct person ana;

static void
answer(struct writer *out)
{
	uint8_t message[INTEGRITY_MESSAGE];
	struct integrity_proof proof;
	struct writer document = {0};

	presentation_begin(&asked, BYTES("{\"a\":1}"), ana.key, CREDENTIALS_NOW,
		&proof, &document);
	integrity_message(writer_view(&document), &proof, message);
	crypt_sign(ana.secret, BYTES(""), bytes_of(message, sizeof(message)),
		proof.sig);
	presentation_end(&asked, writer_view(&document), &proof, out);
	writer_clear(&document);
}

static void
an_answer_says_what_was_asked_and_by_whom(void **state)
{
	struct presentation p;
	struct writer doc = {0};

	(void)state;
	answer(&doc);
	assert_int_equal(presentation_read(writer_view(&doc), &p), VERDICT_OK);
	assert_true(bytes_equal(p.id, asked.id));
	assert_true(bytes_equal(p.credential, BYTES("{\"a\":1}")));
	assert_true(bytes_equal(p.proof.challenge, asked.nonce));
	assert_true(bytes_equal(p.proof.domain, asked.client_id));
	assert_memory_equal(p.holder, ana.key, CRYPT_KEY);
	assert_int_equal(p.proof.purpose, INTEGRITY_AUTHENTICATION);
	assert_int_equal(integrity_check(p.document, &p.proof), VERDICT_OK);
	writer_clear(&doc);
}

static void
another_form_is_refused(void **state)
{
	static const struct {
		const char *old, *new;
		enum verdict verdict;
	} cases[] = {
		{"vp_token", "id_token", VERDICT_MALFORMED},
		{"{\"card\":[", "{\"a\":[],\"card\":[", VERDICT_MALFORMED},
		{"[{\"@context\"", "[1,{\"@context\"", VERDICT_MALFORMED},
		{"credentials/v2", "credentials/v3", VERDICT_MALFORMED},
		{"VerifiablePresentation", "VerifiableCredential",
			VERDICT_MALFORMED},
		{"[{\"a\":1}]", "[{\"a\":1},{\"a\":1}]", VERDICT_MALFORMED},
		{"[{\"a\":1}]", "[]", VERDICT_MALFORMED},
		{"\"holder\"", "\"holde\"", VERDICT_MALFORMED},
		{"\"proof\":{", "\"proof\":{},\"q\":{", VERDICT_MALFORMED},
		{"{\"vp_token\"", "{\"vp_token\" ", VERDICT_NOT_CANONICAL},
	};
	struct presentation p;
	struct writer doc = {0};

	(void)state;
	answer(&doc);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct writer copy = {0};

		credentials_swap(
			writer_view(&doc), cases[i].old, cases[i].new, &copy);
		assert_int_equal(presentation_read(writer_view(&copy), &p),
			cases[i].verdict);
		writer_clear(&copy);
	}
	writer_clear(&doc);
}

static void
an_answer_has_one_proof_and_a_limit(void **state)
{
	static uint8_t huge[LIMIT_ANSWER_BYTES + 1];
	struct presentation p;
	struct writer document = {0}, doc = {0};
	struct integrity_proof proof;
	struct person eve = person_named("Eve");
	uint8_t message[INTEGRITY_MESSAGE];

	(void)state;
	presentation_begin(&asked, BYTES("{\"a\":1}"), ana.key, CREDENTIALS_NOW,
		&proof, &document);
	credentials_assert(&document, &eve);
	integrity_message(writer_view(&document), &proof, message);
	crypt_sign(ana.secret, BYTES(""), bytes_of(message, sizeof(message)),
		proof.sig);
	presentation_end(&asked, writer_view(&document), &proof, &doc);
	assert_int_equal(
		presentation_read(writer_view(&doc), &p), VERDICT_MALFORMED);
	assert_int_equal(presentation_read(bytes_of(huge, sizeof(huge)), &p),
		VERDICT_TOO_LARGE);
	writer_clear(&document);
	writer_clear(&doc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_says_what_was_asked_and_by_whom),
		cmocka_unit_test(another_form_is_refused),
		cmocka_unit_test(an_answer_has_one_proof_and_a_limit),
	};

	if (!crypt_init())
		return 1;
	ana = person_named("Ana");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
