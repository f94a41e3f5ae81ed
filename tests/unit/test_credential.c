#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/record/credential.h"
#include "tests/lib/credentials.h"

static struct person issuer, holder;

static void
every_type_is_printed_signed_and_read_again(void **state)
{
	(void)state;
	for (int t = 0; t < CREDENTIAL_TYPE_COUNT; t++) {
		struct writer doc = {0}, bare = {0}, again = {0};
		struct credential c;

		credentials_issue((enum credential_type)t, &issuer, &holder,
			"https://union.example/status/1", 94567, &doc);
		assert_int_equal(
			credential_read(writer_view(&doc), &c), VERDICT_OK);
		assert_int_equal(c.type, t);
		assert_memory_equal(c.issuer, issuer.key, CRYPT_KEY);
		assert_int_equal(c.valid_from_s, CREDENTIALS_FROM);
		assert_int_equal(c.valid_until_s, CREDENTIALS_TO);
		assert_int_equal(c.claims, credential_required(c.type) |
						   credential_optional(c.type));
		assert_true(credential_has_status(&c, CREDENTIAL_REVOCATION));
		assert_false(credential_has_status(&c, CREDENTIAL_SUSPENSION));
		assert_int_equal(c.status[0].index, 94567);
		assert_int_equal(integrity_check(writer_view(&doc), c.proofs),
			VERDICT_OK);

		/* What was read prints as what was signed. */
		credential_print(&c, &bare);
		writer_put(&again, writer_view(&bare));
		credentials_assert(&again, &issuer);
		assert_string_equal(writer_string(&again), writer_string(&doc));
		writer_clear(&doc);
		writer_clear(&bare);
		writer_clear(&again);
	}
}

static void
a_membership_is_written_as_the_specification_shows(void **state)
{
	struct credential c =
		credentials_make(CREDENTIAL_MEMBERSHIP, &issuer, &holder);
	struct writer doc = {0};

	(void)state;
	c.claims = credential_required(c.type);
	c.id = BYTES("urn:example:1");
	c.status[CREDENTIAL_REVOCATION] =
		(struct credential_status){BYTES("https://u.example/r"), 7};
	c.status[CREDENTIAL_SUSPENSION] =
		(struct credential_status){BYTES("https://u.example/s"), 8};
	credential_print(&c, &doc);
	assert_string_equal(writer_string(&doc),
		"{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
		"\"https://www.w3.org/ns/credentials/undefined-terms/v2\"],"
		"\"credentialStatus\":[{\"statusListCredential\":"
		"\"https://u.example/r\",\"statusListIndex\":\"7\","
		"\"statusPurpose\":\"revocation\","
		"\"type\":\"BitstringStatusListEntry\"},"
		"{\"statusListCredential\":\"https://u.example/s\","
		"\"statusListIndex\":\"8\",\"statusPurpose\":\"suspension\","
		"\"type\":\"BitstringStatusListEntry\"}],"
		"\"credentialSubject\":{\"id\":\"did:key:"
		"z6MkgpA1Jda7Xz7VA515g7eXJJutU3w2JYskDacF4WpoiyWm\",\"union\":"
		"\"migrants.example/00112233445566778899aabbccddeeff\"},"
		"\"id\":\"urn:example:1\",\"issuer\":\"did:key:"
		"z6MkfiFHN4apEevQESiaU3LKr9fGmYd6r5bktWgBTKVn1Ygs\",\"type\":"
		"[\"VerifiableCredential\",\"MembershipCredential\"],"
		"\"validFrom\":\"2026-01-01T00:00:00Z\","
		"\"validUntil\":\"2026-12-31T23:59:59Z\"}");
	credentials_assert(&doc, &issuer);
	assert_int_equal(credential_read(writer_view(&doc), &c), VERDICT_OK);
	assert_int_equal(c.status[CREDENTIAL_SUSPENSION].index, 8);
	assert_true(bytes_equal(c.id, BYTES("urn:example:1")));
	writer_clear(&doc);
}

static void
one_status_may_stand_without_a_list(void **state)
{
	struct writer doc = {0}, copy = {0}, end = {0};
	struct credential c;

	(void)state;
	credentials_issue(CREDENTIAL_MEMBERSHIP, &issuer, &holder,
		"https://u.example/r", 7, &doc);
	credentials_swap(
		writer_view(&doc), "[{\"statusList", "{\"statusList", &copy);
	credentials_swap(writer_view(&copy), "Entry\"}]", "Entry\"}", &end);
	assert_int_equal(credential_read(writer_view(&end), &c), VERDICT_OK);
	assert_int_equal(c.status[CREDENTIAL_REVOCATION].index, 7);
	writer_clear(&doc);
	writer_clear(&copy);
	writer_clear(&end);
}

/* Of the text "abc": FIPS 180-2 has its hash. */
#define ABC_ID  "https://union.example/texts/1"
#define ABC     "uEiC6eBa_jwHP6kFBQN5driIjsANho5YXepy0EP9h8gAVrQ"
#define ABC_ENT "{\"digestMultibase\":\"" ABC "\",\"id\":\"" ABC_ID "\"}"

static void
texts_elsewhere_are_bound_by_their_hash(void **state)
{
	struct credential c =
		credentials_make(CREDENTIAL_MEMBERSHIP, &issuer, &holder);
	struct credential back;
	struct writer doc = {0};

	(void)state;
	c.n_resources = 2;
	c.resources[0].id = BYTES(ABC_ID);
	crypt_hash(BYTES("abc"), c.resources[0].digest);
	c.resources[1].id = BYTES("urn:example:2");
	credential_print(&c, &doc);
	credentials_assert(&doc, &issuer);
	assert_non_null(strstr(writer_string(&doc),
		",\"relatedResource\":[" ABC_ENT ",{\"digestMultibase\""));
	assert_int_equal(credential_read(writer_view(&doc), &back), VERDICT_OK);
	assert_int_equal(back.n_resources, 2);
	assert_true(bytes_equal(back.resources[0].id, BYTES(ABC_ID)));
	assert_memory_equal(
		back.resources[0].digest, c.resources[0].digest, CRYPT_HASH);
	assert_true(bytes_equal(back.resources[1].id, BYTES("urn:example:2")));
	writer_clear(&doc);
}

static void
what_binds_no_text_is_refused(void **state)
{
	static const char *const cases[] = {
		"[]",
		"{}",
		ABC_ENT,
		"[" ABC_ENT "," ABC_ENT "]",
		"[{\"digestMultibase\":\"" ABC "\",\"id\":\"\"}]",
		"[{\"digestMultibase\":\"" ABC "\"}]",
		"[{\"id\":\"" ABC_ID "\"}]",
		/* no multibase, no SHA-256, a byte short, one too many */
		"[{\"digestMultibase\":\"EiC6eBa_jwHP6kFBQN5driIjsANho5YXepy0"
		"EP9h8gAVrQ\",\"id\":\"a\"}]",
		"[{\"digestMultibase\":\"uEyC6eBa_jwHP6kFBQN5driIjsANho5YXepy0"
		"EP9h8gAVrQ\",\"id\":\"a\"}]",
		"[{\"digestMultibase\":\"uEiC6eBa_jwHP6kFBQN5driIjsANho5YXepy0"
		"EP9h8gAV\",\"id\":\"a\"}]",
		"[{\"digestMultibase\":\"uEiC6eBa_jwHP6kFBQN5driIjsANho5YXepy0"
		"EP9h8gAVrQA\",\"id\":\"a\"}]",
	};
	struct writer doc = {0};
	struct credential c =
		credentials_make(CREDENTIAL_MEMBERSHIP, &issuer, &holder);

	(void)state;
	c.n_resources = 1;
	c.resources[0].id = BYTES(ABC_ID);
	crypt_hash(BYTES("abc"), c.resources[0].digest);
	credential_print(&c, &doc);
	credentials_assert(&doc, &issuer);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct writer copy = {0};

		credentials_swap(
			writer_view(&doc), "[" ABC_ENT "]", cases[i], &copy);
		assert_int_equal(credential_read(writer_view(&copy), &c),
			VERDICT_MALFORMED);
		writer_clear(&copy);
	}
	writer_clear(&doc);
}

static void
what_is_not_of_this_form_is_refused_for_its_reason(void **state)
{
	static const struct {
		const char *old, *new;
		enum verdict verdict;
	} cases[] = {
		{"MembershipCredential", "DriversLicence",
			VERDICT_UNKNOWN_KIND},
		{"\"MembershipCredential\"]", "\"MembershipCredential\",\"X\"]",
			VERDICT_UNKNOWN_KIND},
		{"\"VerifiableCredential\",", "", VERDICT_UNKNOWN_KIND},
		{"MembershipCredential", "LivelihoodCredential",
			VERDICT_MALFORMED},
		{"credentials/v2", "credentials/v1", VERDICT_MALFORMED},
		{"\"https://www.w3.org/ns/credentials/v2\",", "",
			VERDICT_MALFORMED},
		{"\"trade\":\"welder\"", "\"tradf\":\"welder\"",
			VERDICT_MALFORMED},
		{"\"trade\":\"welder\"", "\"trade\":\"\"", VERDICT_MALFORMED},
		{"\"trade\":\"welder\"", "\"trade\":[\"welder\"]",
			VERDICT_MALFORMED},
		{"2026-12-31T23:59:59Z", "2025-12-31T23:59:59Z",
			VERDICT_MALFORMED},
		{"\"validUntil\":\"2026-12-31T23:59:59Z\"",
			"\"validUntil\":\"2026-12-31\"", VERDICT_MALFORMED},
		{",\"validUntil\":\"2026-12-31T23:59:59Z\"", "",
			VERDICT_MALFORMED},
		{"\"94567\"", "94567", VERDICT_MALFORMED},
		{"\"94567\"", "\"094567\"", VERDICT_MALFORMED},
		{"\"94567\"", "\"1048576\"", VERDICT_MALFORMED},
		{"\"revocation\"", "\"refresh\"", VERDICT_MALFORMED},
		{"StatusListEntry", "StatusListEntri", VERDICT_MALFORMED},
		{"\"issuer\":\"did:key:", "\"issuer\":\"did:web:",
			VERDICT_MALFORMED},
		{"{\"@context\"", "{\"!\":1,\"@context\"", VERDICT_MALFORMED},
		{"{\"@context\"", "{ \"@context\"", VERDICT_NOT_CANONICAL},
		{"\"94567\"", "9.5", VERDICT_NOT_CANONICAL},
		{"welder",
			"wel\xe2\x80\xae"
			"der",
			VERDICT_FORBIDDEN_CHARACTER},
		{"\"welder\"", "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]",
			VERDICT_TOO_DEEP},
	};
	struct writer doc = {0};
	struct credential c;

	(void)state;
	credentials_issue(CREDENTIAL_MEMBERSHIP, &issuer, &holder,
		"https://union.example/status/1", 94567, &doc);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct writer copy = {0};

		credentials_swap(
			writer_view(&doc), cases[i].old, cases[i].new, &copy);
		assert_int_equal(credential_read(writer_view(&copy), &c),
			cases[i].verdict);
		writer_clear(&copy);
	}
	writer_clear(&doc);
}

static void
a_document_that_is_cut_off_or_huge_is_refused(void **state)
{
	static uint8_t huge[LIMIT_CREDENTIAL_BYTES + 1];
	struct writer doc = {0};
	struct credential c;

	(void)state;
	credentials_issue(CREDENTIAL_LIVELIHOOD, &issuer, &holder,
		"https://union.example/status/1", 0, &doc);
	for (size_t len = 0; len < doc.len; len++)
		assert_int_not_equal(
			credential_read(
				bytes_slice(writer_view(&doc), 0, len), &c),
			VERDICT_OK);
	assert_int_equal(credential_read(bytes_of(huge, sizeof(huge)), &c),
		VERDICT_TOO_LARGE);
	writer_clear(&doc);
}

static void
no_byte_of_a_credential_can_be_changed(void **state)
{
	struct writer doc = {0};
	struct credential c;

	(void)state;
	credentials_issue(CREDENTIAL_MANDATE, &issuer, &holder,
		"https://union.example/status/1", 3, &doc);
	for (size_t i = 0; i < doc.len; i++) {
		doc.data[i] ^= 1;
		if (credential_read(writer_view(&doc), &c) == VERDICT_OK)
			assert_int_not_equal(integrity_check(writer_view(&doc),
						     &c.proofs[0]),
				VERDICT_OK);
		doc.data[i] ^= 1;
	}
	writer_clear(&doc);
}

static void
types_are_found_by_their_names(void **state)
{
	(void)state;
	for (int t = 0; t < CREDENTIAL_TYPE_COUNT; t++)
		assert_int_equal(
			credential_type_by_name(bytes_of_string(
				credential_type_name((enum credential_type)t))),
			t);
	assert_int_equal(
		credential_type_by_name(BYTES("")), CREDENTIAL_TYPE_COUNT);
}

static void
claims_stand_in_canonical_order(void **state)
{
	(void)state;
	for (int i = 1; i < CREDENTIAL_CLAIM_COUNT; i++)
		assert_true(strcmp(credential_claim_name(
					   (enum credential_claim)(i - 1)),
				    credential_claim_name(
					    (enum credential_claim)i)) < 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_is_printed_signed_and_read_again),
		cmocka_unit_test(
			a_membership_is_written_as_the_specification_shows),
		cmocka_unit_test(one_status_may_stand_without_a_list),
		cmocka_unit_test(texts_elsewhere_are_bound_by_their_hash),
		cmocka_unit_test(what_binds_no_text_is_refused),
		cmocka_unit_test(
			what_is_not_of_this_form_is_refused_for_its_reason),
		cmocka_unit_test(a_document_that_is_cut_off_or_huge_is_refused),
		cmocka_unit_test(no_byte_of_a_credential_can_be_changed),
		cmocka_unit_test(types_are_found_by_their_names),
		cmocka_unit_test(claims_stand_in_canonical_order),
	};

	if (!crypt_init())
		return 1;
	issuer = person_named("registrar");
	holder = person_named("Ana");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
