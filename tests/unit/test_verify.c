#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/record/jcs.h"
#include "ballots/record/statuslist.h"
#include "ballots/record/verify.h"
#include "tests/lib/credentials.h"

#define LIST "https://union.example/status/1"
#define ASK                                                                    \
	"{\"client_id\":\"https://city.example\",\"dcql_query\":"              \
	"{\"credentials\":[{\"claims\":[{\"path\":[\"credentialSubject\","     \
	"\"trade\"]}],\"format\":\"ldp_vc\",\"id\":\"card\",\"meta\":"         \
	"{\"type_values\":[[\"MembershipCredential\"]]}}]},"                   \
	"\"nonce\":\"n-1\"}"

static struct person registrar, ana, eve;
static struct trust trust;

/* The list of registrar's credentials, in which bit is set. */
static void
make_list(const struct person *by, uint64_t bit, uint64_t until_s,
	struct writer *doc)
{
	struct credential c =
		credentials_make(CREDENTIAL_STATUS_LIST, by, &ana);
	static const uint8_t zeros[STATUSLIST_LEAST];
	struct writer bits = {0}, text = {0};

	writer_put(&bits, bytes_of(zeros, sizeof(zeros)));
	statuslist_set(&bits, bit);
	writer_put_u8(&text, '"');
	statuslist_encode(writer_view(&bits), &text);
	writer_put_u8(&text, '"');
	c.id = BYTES(LIST);
	c.valid_until_s = until_s;
	c.claim[CREDENTIAL_HAS_ENCODED_LIST].span = writer_view(&text);
	credential_print(&c, doc);
	credentials_assert(doc, by);
	writer_clear(&bits);
	writer_clear(&text);
}

static enum checks_answer
answer_of(struct bytes doc, const struct writer *list, uint64_t now_s,
	struct checks *v)
{
	struct bytes lists[1] = {list == NULL ? BYTES("") : writer_view(list)};
	struct verify_with with = {&trust, now_s, lists, list != NULL};
	struct credential c;

	*v = (struct checks){0};
	verify_credential(doc, &with, v, &c);
	return verify_answer(v);
}

/* One check said no, and why; no other did. */
static void
assert_only_no(
	const struct checks *v, enum verify_check check, enum verdict verdict)
{
	for (int i = 0; i < VERIFY_CHECK_COUNT; i++)
		if (v->made[i])
			assert_int_equal(v->verdict[i],
				i == (int)check ? verdict : VERDICT_OK);
	assert_true(v->made[check]);
}

static void
assert_valid(
	const struct writer *doc, const struct writer *list, uint64_t now_s)
{
	struct checks v;

	assert_int_equal(
		answer_of(writer_view(doc), list, now_s, &v), CHECKS_VALID);
	assert_int_equal(v.made[VERIFY_NOT_REVOKED], list != NULL);
}

/* What is answered, and the one check that said no. */
static void
assert_answer(const struct writer *doc, const struct writer *list,
	uint64_t now_s, enum checks_answer answer, enum verify_check check,
	enum verdict verdict)
{
	struct checks v;

	assert_int_equal(answer_of(writer_view(doc), list, now_s, &v), answer);
	assert_only_no(&v, check, verdict);
}

static void
assert_not_proven(
	const struct writer *doc, enum verify_check check, enum verdict verdict)
{
	assert_answer(
		doc, NULL, CREDENTIALS_NOW, CHECKS_NOT_PROVEN, check, verdict);
}

static void
a_good_credential_is_valid_in_its_time_alone(void **state)
{
	struct writer doc = {0};

	(void)state;
	credentials_issue(
		CREDENTIAL_MEMBERSHIP, &registrar, &ana, LIST, 7, &doc);
	assert_valid(&doc, NULL, CREDENTIALS_NOW);
	assert_valid(&doc, NULL, CREDENTIALS_TO);
	assert_answer(&doc, NULL, CREDENTIALS_TO + 1, CHECKS_NOT_PROVEN,
		VERIFY_NOT_OVER, VERDICT_LAPSED);
	assert_answer(&doc, NULL, CREDENTIALS_FROM, CHECKS_NOT_PROVEN,
		VERIFY_BEGUN, VERDICT_EARLY);
	writer_clear(&doc);
}

static void
who_signed_must_be_trusted_and_be_the_issuer(void **state)
{
	struct credential c =
		credentials_make(CREDENTIAL_MEMBERSHIP, &registrar, &ana);
	struct writer doc = {0};

	(void)state;
	credentials_issue(CREDENTIAL_MEMBERSHIP, &eve, &ana, NULL, 0, &doc);
	assert_not_proven(&doc, VERIFY_TRUST, VERDICT_UNKNOWN_SIGNER);

	memcpy(c.issuer, eve.key, CRYPT_KEY);
	writer_rewind(&doc);
	credential_print(&c, &doc);
	credentials_assert(&doc, &registrar);
	assert_not_proven(&doc, VERIFY_ISSUER, VERDICT_UNKNOWN_SIGNER);
	writer_clear(&doc);
}

static void
an_extra_proof_of_a_stranger_is_a_no(void **state)
{
	struct writer doc = {0};

	(void)state;
	credentials_issue(
		CREDENTIAL_MEMBERSHIP, &registrar, &ana, NULL, 0, &doc);
	credentials_assert(&doc, &eve);
	assert_not_proven(&doc, VERIFY_TRUST, VERDICT_UNKNOWN_SIGNER);
	writer_clear(&doc);
}

static void
a_mandate_needs_two_of_three_stewards(void **state)
{
	struct person stewards[] = {
		person_named("Bo"), person_named("Chi"), person_named("Dee")};
	struct credential c =
		credentials_make(CREDENTIAL_MANDATE, &stewards[0], &ana);
	struct writer doc = {0};

	(void)state;
	credential_print(&c, &doc);
	credentials_assert(&doc, &stewards[0]);
	assert_not_proven(&doc, VERIFY_TRUST, VERDICT_TOO_FEW);
	credentials_assert(&doc, &stewards[2]);
	assert_valid(&doc, NULL, CREDENTIALS_NOW);
	writer_clear(&doc);
}

static void
a_proof_for_another_purpose_is_a_no(void **state)
{
	struct credential c =
		credentials_make(CREDENTIAL_MEMBERSHIP, &registrar, &ana);
	struct integrity_proof proof = {.created_s = CREDENTIALS_FROM,
		.purpose = INTEGRITY_AUTHENTICATION};
	struct writer doc = {0};

	(void)state;
	credential_print(&c, &doc);
	credentials_sign(&doc, &registrar, &proof);
	assert_not_proven(&doc, VERIFY_SIGNATURES, VERDICT_BAD_PROOF);
	writer_clear(&doc);
}

static void
a_status_list_tells_what_was_revoked(void **state)
{
	struct writer doc = {0}, list = {0};

	(void)state;
	credentials_issue(
		CREDENTIAL_MEMBERSHIP, &registrar, &ana, LIST, 7, &doc);
	make_list(&registrar, 8, CREDENTIALS_TO, &list);
	assert_valid(&doc, &list, CREDENTIALS_NOW);

	writer_rewind(&list);
	make_list(&registrar, 8, CREDENTIALS_NOW - 1, &list);
	assert_answer(&doc, &list, CREDENTIALS_NOW, CHECKS_STALE, VERIFY_FRESH,
		VERDICT_STALE);

	writer_rewind(&list);
	make_list(&registrar, 7, CREDENTIALS_TO, &list);
	assert_answer(&doc, &list, CREDENTIALS_NOW, CHECKS_REVOKED,
		VERIFY_NOT_REVOKED, VERDICT_NOT_NOW);
	writer_clear(&doc);
	writer_clear(&list);
}

static void
a_status_list_of_another_or_for_another_proves_nothing(void **state)
{
	struct writer doc = {0}, list = {0}, changed = {0};

	(void)state;
	credentials_issue(
		CREDENTIAL_MEMBERSHIP, &registrar, &ana, LIST, 7, &doc);
	make_list(&eve, 8, CREDENTIALS_TO, &list);
	assert_answer(&doc, &list, CREDENTIALS_NOW, CHECKS_NOT_PROVEN,
		VERIFY_LIST, VERDICT_UNKNOWN_SIGNER);

	writer_rewind(&list);
	make_list(&registrar, 7, CREDENTIALS_TO, &list);
	credentials_swap(
		writer_view(&list), "2026-12-31", "2026-12-30", &changed);
	assert_answer(&doc, &changed, CREDENTIALS_NOW, CHECKS_NOT_PROVEN,
		VERIFY_LIST, VERDICT_BAD_SIGNATURE);

	writer_rewind(&changed);
	credentials_swap(writer_view(&list), "status/1", "status/2", &changed);
	assert_answer(&doc, &changed, CREDENTIALS_NOW, CHECKS_NOT_PROVEN,
		VERIFY_LIST, VERDICT_UNKNOWN_SUBJECT);
	writer_clear(&doc);
	writer_clear(&list);
	writer_clear(&changed);
}

/* Presentations *************************************************************/

static void
present(const struct query *q, struct bytes credential,
	const struct person *holder, const struct person *signer,
	struct writer *out)
{
	uint8_t message[INTEGRITY_MESSAGE];
	struct integrity_proof proof;
	struct writer document = {0};

	presentation_begin(
		q, credential, holder->key, CREDENTIALS_NOW, &proof, &document);
	integrity_message(writer_view(&document), &proof, message);
	crypt_sign(signer->secret, BYTES(""),
		bytes_of(message, sizeof(message)), proof.sig);
	presentation_end(q, writer_view(&document), &proof, out);
	writer_clear(&document);
}

static enum checks_answer
answer_to(struct bytes ask, struct bytes doc, struct checks *v)
{
	struct verify_with with = {&trust, CREDENTIALS_NOW, NULL, 0};
	struct credential c;
	struct query q;

	assert_int_equal(query_read(ask, &q), VERDICT_OK);
	*v = (struct checks){0};
	verify_presentation(doc, &q, &with, v, &c);
	return verify_answer(v);
}

/* No good answer to what is asked, and why. */
static void
assert_no_answer(struct bytes ask, const struct writer *answer,
	enum verify_check check, enum verdict verdict)
{
	struct checks v;

	assert_int_equal(
		answer_to(ask, writer_view(answer), &v), CHECKS_NOT_PROVEN);
	assert_only_no(&v, check, verdict);
}

/* Ana's card, and how signer presents it as holder. */
static void
show_card(const struct person *holder, const struct person *signer,
	struct writer *answer)
{
	struct writer doc = {0};
	struct query q;

	credentials_issue(
		CREDENTIAL_MEMBERSHIP, &registrar, &ana, NULL, 0, &doc);
	assert_int_equal(query_read(BYTES(ASK), &q), VERDICT_OK);
	writer_rewind(answer);
	present(&q, writer_view(&doc), holder, signer, answer);
	writer_clear(&doc);
}

static void
an_answer_is_good_for_its_request_and_no_other(void **state)
{
	static const struct {
		const char *old, *new;
		enum verify_check check;
		enum verdict verdict;
	} others[] = {
		{"n-1", "n-2", VERIFY_NONCE, VERDICT_STALE},
		{"city", "town", VERIFY_CLIENT, VERDICT_OUT_OF_SCOPE},
		{"\"card\"", "\"cart\"", VERIFY_ASKED, VERDICT_OUT_OF_SCOPE},
		{"trade", "trad3", VERIFY_ASKED, VERDICT_OUT_OF_SCOPE},
		{"MembershipC", "LivelihoodC", VERIFY_ASKED,
			VERDICT_OUT_OF_SCOPE},
	};
	struct writer answer = {0};
	struct checks v;

	(void)state;
	show_card(&ana, &ana, &answer);
	assert_int_equal(jcs_check(writer_view(&answer)), VERDICT_OK);
	assert_int_equal(
		answer_to(BYTES(ASK), writer_view(&answer), &v), CHECKS_VALID);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct writer ask = {0};

		credentials_swap(
			BYTES(ASK), others[i].old, others[i].new, &ask);
		assert_no_answer(writer_view(&ask), &answer, others[i].check,
			others[i].verdict);
		writer_clear(&ask);
	}
	writer_clear(&answer);
}

static void
only_the_holder_can_present(void **state)
{
	struct writer answer = {0};

	(void)state;
	show_card(&eve, &eve, &answer);
	assert_no_answer(
		BYTES(ASK), &answer, VERIFY_HOLDER, VERDICT_UNKNOWN_SIGNER);
	show_card(&ana, &eve, &answer);
	assert_no_answer(
		BYTES(ASK), &answer, VERIFY_HOLDER, VERDICT_BAD_SIGNATURE);
	writer_clear(&answer);
}

static void
no_byte_of_an_answer_can_be_changed(void **state)
{
	struct writer answer = {0};
	struct checks v;

	(void)state;
	show_card(&ana, &ana, &answer);
	for (size_t i = 0; i < answer.len; i++) {
		answer.data[i] ^= 1;
		assert_int_equal(
			answer_to(BYTES(ASK), writer_view(&answer), &v),
			CHECKS_NOT_PROVEN);
		answer.data[i] ^= 1;
		assert_int_equal(
			answer_to(BYTES(ASK),
				bytes_slice(writer_view(&answer), 0, i), &v),
			CHECKS_NOT_PROVEN);
	}
	writer_clear(&answer);
}

static void
nothing_checked_proves_nothing(void **state)
{
	struct checks v = {0};

	(void)state;
	assert_int_equal(verify_answer(&v), CHECKS_NOT_PROVEN);
	assert_int_equal(answer_of(BYTES("{}"), NULL, CREDENTIALS_NOW, &v),
		CHECKS_NOT_PROVEN);
	assert_only_no(&v, VERIFY_FORM, VERDICT_UNKNOWN_KIND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_credential_is_valid_in_its_time_alone),
		cmocka_unit_test(who_signed_must_be_trusted_and_be_the_issuer),
		cmocka_unit_test(an_extra_proof_of_a_stranger_is_a_no),
		cmocka_unit_test(a_mandate_needs_two_of_three_stewards),
		cmocka_unit_test(a_proof_for_another_purpose_is_a_no),
		cmocka_unit_test(a_status_list_tells_what_was_revoked),
		cmocka_unit_test(
			a_status_list_of_another_or_for_another_proves_nothing),
		cmocka_unit_test(
			an_answer_is_good_for_its_request_and_no_other),
		cmocka_unit_test(only_the_holder_can_present),
		cmocka_unit_test(no_byte_of_an_answer_can_be_changed),
		cmocka_unit_test(nothing_checked_proves_nothing),
	};
	static const char *const stewards[] = {"Bo", "Chi", "Dee"};

	if (!crypt_init())
		return 1;
	registrar = person_named("registrar");
	ana = person_named("Ana");
	eve = person_named("Eve");
	trust_add(&trust, CREDENTIAL_MEMBERSHIP, registrar.key);
	trust.of[CREDENTIAL_MEMBERSHIP].needed = 1;
	for (size_t i = 0; i < 3; i++) {
		struct person p = person_named(stewards[i]);

		trust_add(&trust, CREDENTIAL_MANDATE, p.key);
	}
	trust.of[CREDENTIAL_MANDATE].needed = 2;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
