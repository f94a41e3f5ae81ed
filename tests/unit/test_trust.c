#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/record/trust.h"
#include "tests/lib/credentials.h"

/* "credential TYPE K" and the dids of these people. */
static void
put_line(
	struct writer *w, const char *words, size_t n, const char *const *names)
{
	writer_put_string(w, words);
	for (size_t i = 0; i < n; i++) {
		struct person p = person_named(names[i]);

		writer_put_string(w, i % 2 == 0 ? " " : "\t ");
		coding_put_did(w, p.key);
	}
	writer_put_u8(w, '\n');
}

static enum verdict
judge(const struct trust *t, enum credential_type type, size_t n,
	const char *const *signers)
{
	struct credential c = {.type = type, .n_proofs = n};

	for (size_t i = 0; i < n; i++) {
		struct person p = person_named(signers[i]);

		memcpy(c.proofs[i].key, p.key, CRYPT_KEY);
	}
	return trust_judge(t, &c);
}

static void
enough_of_those_named_must_have_signed_and_nobody_else(void **state)
{
	static const char *const stewards[] = {"Ana", "Bo", "Chi"};
	static const char *const stranger[] = {"Ana", "Bo", "Eve"};
	struct writer text = {0};
	struct trust t;
	size_t line = 0;

	(void)state;
	writer_put_string(&text, "# whom we believe\n\n");
	put_line(&text, "credential AdvocacyMandateCredential 2", 3, stewards);
	put_line(&text, "credential MembershipCredential 1", 1, stewards);
	assert_int_equal(
		trust_parse(writer_view(&text), &t, &line), VERDICT_OK);
	assert_int_equal(
		judge(&t, CREDENTIAL_MANDATE, 1, stewards), VERDICT_TOO_FEW);
	assert_int_equal(
		judge(&t, CREDENTIAL_MANDATE, 2, stewards), VERDICT_OK);
	assert_int_equal(
		judge(&t, CREDENTIAL_MANDATE, 3, stewards), VERDICT_OK);
	assert_int_equal(judge(&t, CREDENTIAL_MANDATE, 3, stranger),
		VERDICT_UNKNOWN_SIGNER);
	assert_int_equal(
		judge(&t, CREDENTIAL_MEMBERSHIP, 1, stewards), VERDICT_OK);
	assert_int_equal(judge(&t, CREDENTIAL_GATEWAY, 1, stewards),
		VERDICT_UNKNOWN_SIGNER);
	writer_clear(&text);
}

#define LOG                                                                    \
	"log "                                                                 \
	"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n"

static void
one_text_says_whom_to_believe_in_everything(void **state)
{
	static const char *const registrar[] = {"Ana"};
	struct writer text = {0};
	struct trust t;
	size_t line = 0;

	(void)state;
	put_line(&text, "credential MembershipCredential 1", 1, registrar);
	assert_int_equal(
		trust_parse(writer_view(&text), &t, &line), VERDICT_OK);
	assert_int_equal(t.policy.n_keys, 0);
	assert_int_equal(t.fresh_s, TRUST_FRESH_S);
	writer_put_string(&text, LOG "fresh 86400\n");
	assert_int_equal(trust_parse(writer_view(&text), &t, &line),
		VERDICT_MALFORMED); /* a policy without its quorum */
	assert_int_equal(line, 4);
	writer_put_string(&text, "quorum none\n");
	assert_int_equal(
		trust_parse(writer_view(&text), &t, &line), VERDICT_OK);
	assert_int_equal(t.policy.n_keys, 1);
	assert_int_equal(t.policy.quorum, POLICY_NONE);
	assert_int_equal(t.fresh_s, 86400);
	assert_int_equal(
		judge(&t, CREDENTIAL_MEMBERSHIP, 1, registrar), VERDICT_OK);
	writer_clear(&text);
}

static void
what_is_wrong_is_found_in_its_line(void **state)
{
	static const char *const once[] = {"Ana"}, *const twice[] = {
							   "Ana", "Ana"};
	static const struct {
		const char *words;
		size_t n;
		const char *const *names;
		enum verdict verdict;
	} cases[] = {
		{"credentials MembershipCredential 1", 1, once,
			VERDICT_MALFORMED},
		{"credential DriversLicence 1", 1, once, VERDICT_UNKNOWN_KIND},
		{"credential MembershipCredential 0", 1, once,
			VERDICT_MALFORMED},
		{"credential MembershipCredential", 1, once, VERDICT_MALFORMED},
		{"credential MembershipCredential 2", 1, once, VERDICT_TOO_FEW},
		{"credential MembershipCredential 1", 2, twice,
			VERDICT_DUPLICATE},
		{"credential MembershipCredential 1 did:key:z6Mk", 0, NULL,
			VERDICT_BAD_KEY},
		{"credential LivelihoodCredential 1", 1, once,
			VERDICT_DUPLICATE},
		{"fresh", 0, NULL, VERDICT_MALFORMED},
		{"fresh 0", 0, NULL, VERDICT_MALFORMED},
		{"fresh 7776001", 0, NULL, VERDICT_MALFORMED},
		{"fresh 60 s", 0, NULL, VERDICT_MALFORMED},
		{"log x", 0, NULL, VERDICT_MALFORMED},
		{"quorum w1", 0, NULL, VERDICT_UNKNOWN_SUBJECT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct writer text = {0};
		struct trust t;
		size_t line = 0;

		writer_put_string(&text, "#\n");
		put_line(&text, "credential LivelihoodCredential 1", 1, once);
		put_line(&text, cases[i].words, cases[i].n, cases[i].names);
		assert_int_equal(trust_parse(writer_view(&text), &t, &line),
			cases[i].verdict);
		assert_int_equal(line, 3);
		writer_clear(&text);
	}
}

static void
a_line_has_room_for_a_number_of_keys_and_no_more(void **state)
{
	struct trust t = {0};

	(void)state;
	for (int i = 0; i <= LIMIT_TRUST_KEYS; i++) {
		char name[2] = {(char)(i + 1), 0};
		struct person p = person_named(name);

		assert_int_equal(trust_add(&t, CREDENTIAL_GATEWAY, p.key),
			i < LIMIT_TRUST_KEYS ? VERDICT_OK : VERDICT_TOO_LARGE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			enough_of_those_named_must_have_signed_and_nobody_else),
		cmocka_unit_test(one_text_says_whom_to_believe_in_everything),
		cmocka_unit_test(what_is_wrong_is_found_in_its_line),
		cmocka_unit_test(
			a_line_has_room_for_a_number_of_keys_and_no_more),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
