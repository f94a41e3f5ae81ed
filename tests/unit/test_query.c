#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/record/query.h"
#include "tests/lib/credentials.h"

#define ASK(credential)                                                        \
	"{\"client_id\":\"https://city.example/desk\",\"dcql_query\":"         \
	"{\"credentials\":[" credential "]},\"nonce\":\"n-0S6_WzA2Mj\"}"
#define WANTED(claims, types)                                                  \
	"{" claims "\"format\":\"ldp_vc\",\"id\":\"card\",\"meta\":"           \
	"{\"type_values\":[" types "]}}"
#define MEMBER    "[\"MembershipCredential\"]"
#define TERM      "https://www.w3.org/ns/credentials/undefined-term#"
#define CLAIMS(c) "\"claims\":[" c "],"

static struct writer doc;

static void
a_request_is_read(void **state)
{
	struct query q;

	(void)state;
	assert_int_equal(
		query_read(BYTES(ASK(WANTED("", MEMBER))), &q), VERDICT_OK);
	assert_true(bytes_equal(q.nonce, BYTES("n-0S6_WzA2Mj")));
	assert_true(
		bytes_equal(q.client_id, BYTES("https://city.example/desk")));
	assert_true(bytes_equal(q.id, BYTES("card")));
	assert_true(query_wants_type(&q, writer_view(&doc)));
	assert_true(query_has_claims(&q, writer_view(&doc)));
}

static void
questions_beyond_the_subset_are_refused(void **state)
{
	static const struct {
		const char *ask;
		enum verdict verdict;
	} cases[] = {
		{"", VERDICT_MALFORMED},
		{"{}", VERDICT_MALFORMED},
		{"[ ]", VERDICT_NOT_CANONICAL},
		{ASK(""), VERDICT_MALFORMED},
		{ASK(WANTED("", "")), VERDICT_MALFORMED},
		{ASK(WANTED("", "[]")), VERDICT_MALFORMED},
		{ASK(WANTED("", "\"MembershipCredential\"")),
			VERDICT_MALFORMED},
		{ASK(WANTED("", MEMBER) "," WANTED("", MEMBER)),
			VERDICT_MALFORMED},
		{ASK(WANTED(CLAIMS(""), MEMBER)), VERDICT_MALFORMED},
		{ASK(WANTED(CLAIMS("{\"path\":[]}"), MEMBER)),
			VERDICT_MALFORMED},
		{ASK(WANTED(CLAIMS("{\"path\":[-1]}"), MEMBER)),
			VERDICT_MALFORMED},
		{ASK(WANTED(
			 CLAIMS("{\"path\":[\"a\"],\"values\":[]}"), MEMBER)),
			VERDICT_MALFORMED},
		{ASK(WANTED(
			 CLAIMS("{\"path\":[\"a\"],\"values\":[{}]}"), MEMBER)),
			VERDICT_MALFORMED},
		{ASK(WANTED("\"claim_sets\":[[\"a\"]],", MEMBER)),
			VERDICT_MALFORMED},
		{"{\"client_id\":\"\",\"dcql_query\":{\"credentials\":[" WANTED(
			 "", MEMBER) "]},\"nonce\":\"n\"}",
			VERDICT_MALFORMED},
	};
	struct query q;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(query_read(bytes_of_string(cases[i].ask), &q),
			cases[i].verdict);
}

static bool
wants(const char *ask)
{
	struct query q;

	assert_int_equal(query_read(bytes_of_string(ask), &q), VERDICT_OK);
	return query_wants_type(&q, writer_view(&doc));
}

static void
all_types_of_one_of_the_lists_must_be_there(void **state)
{
	(void)state;
	assert_true(wants(ASK(WANTED("", "[\"VerifiableCredential\","
					 "\"MembershipCredential\"]"))));
	assert_true(wants(ASK(WANTED("",
		"[\"https://www.w3.org/2018/credentials#VerifiableCredential\","
		"\"" TERM "MembershipCredential\"]"))));
	assert_true(wants(ASK(WANTED("", "[\"Other\"]," MEMBER))));
	assert_false(wants(ASK(WANTED("", "[\"Other\"]"))));
	assert_false(wants(ASK(WANTED("", "[\"Other\","
					  "\"MembershipCredential\"]"))));
	assert_false(wants(ASK(WANTED("", "[\"" TERM "\"]"))));
}

#define PATH(path) CLAIMS("{\"path\":[" path "]}")
#define VALUES(path, values)                                                   \
	CLAIMS("{\"id\":\"c\",\"path\":[" path "],\"values\":[" values "]}")

static void
claims_are_found_by_name_number_or_anywhere(void **state)
{
	static const struct {
		const char *ask;
		bool has;
	} cases[] = {
		{ASK(WANTED(PATH("\"credentialSubject\",\"trade\""), MEMBER)),
			true},
		{ASK(WANTED(PATH("\"credentialSubject\",\"work\""), MEMBER)),
			false},
		{ASK(WANTED(VALUES("\"credentialSubject\",\"trade\"",
				    "\"baker\",\"welder\""),
			 MEMBER)),
			true},
		{ASK(WANTED(VALUES("\"credentialSubject\",\"trade\"",
				    "\"baker\",1,true"),
			 MEMBER)),
			false},
		{ASK(WANTED(VALUES("\"type\",1", "\"MembershipCredential\""),
			 MEMBER)),
			true},
		{ASK(WANTED(VALUES("\"type\",0", "\"MembershipCredential\""),
			 MEMBER)),
			false},
		{ASK(WANTED(VALUES("\"type\",null", "\"MembershipCredential\""),
			 MEMBER)),
			true},
		{ASK(WANTED(PATH("\"type\",2"), MEMBER)), false},
		{ASK(WANTED(PATH("0"), MEMBER)), false},
		{ASK(WANTED(PATH("\"type\",\"0\""), MEMBER)), false},
		{ASK(WANTED(PATH("\"validUntil\",\"x\""), MEMBER)), false},
		{ASK(WANTED(CLAIMS("{\"path\":[\"type\"]},{\"path\":[\"no\"]}"),
			 MEMBER)),
			false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct query q;

		assert_int_equal(query_read(bytes_of_string(cases[i].ask), &q),
			VERDICT_OK);
		assert_int_equal(
			query_has_claims(&q, writer_view(&doc)), cases[i].has);
	}
}

/*
 * Examples of OpenID4VP 1.0 (openid/OpenID4VP at 46f6965b, 1.0/examples), in
 * canonical form: what request/dcql_ldp_vc.json asks for, and what
 * response/ldp_vc.json says of its holder.
 */
#define ADDRESS(m) "{\"path\":[\"credentialSubject\",\"address\",\"" m "\"]}"
#define SUBJECT(m) "{\"path\":[\"credentialSubject\",\"" m "\"]}"
#define OFFICIAL                                                                                                                                         \
	"{\"claims\":[" SUBJECT("family_name") "," SUBJECT("given_name") "," SUBJECT("birthdate") "," ADDRESS(                                           \
		"street_address") "," ADDRESS("locality") "," ADDRESS("postal"                                                                           \
								      "_code") "," ADDRESS("country") "],"                                               \
												      "\"format\":\"ldp_vc\",\"id\":\"example_ldp_vc\"," \
												      "\"meta\":{\"type_values\":[[\"IDCredential\"]]}}"
#define MAX                                                                    \
	"{\"credentialSubject\":{\"address\":{\"country\":\"DE\","             \
	"\"locality\":\"Musterstadt\",\"postal_code\":\"123456\","             \
	"\"street_address\":\"Sandanger 25\"},\"birthdate\":"                  \
	"\"1998-01-11\",\"family_name\":\"Mustermann\","                       \
	"\"given_name\":\"Max\"},\"type\":[\"VerifiableCredential\","          \
	"\"IDCredential\"]}"

static void
an_official_request_is_understood(void **state)
{
	struct writer poorer = {0};
	struct query q;

	(void)state;
	assert_int_equal(query_read(BYTES(ASK(OFFICIAL)), &q), VERDICT_OK);
	assert_true(bytes_equal(q.id, BYTES("example_ldp_vc")));
	assert_true(query_wants_type(&q, BYTES(MAX)));
	assert_true(query_has_claims(&q, BYTES(MAX)));
	assert_false(query_wants_type(&q, writer_view(&doc)));
	assert_false(query_has_claims(&q, writer_view(&doc)));
	credentials_swap(BYTES(MAX), "\"postal_code\"", "\"postbox\"", &poorer);
	assert_false(query_has_claims(&q, writer_view(&poorer)));
	writer_clear(&poorer);
}

/* query_lang: simple, simple_mdoc, claims_alternatives, credential sets. */
static void
official_questions_beyond_the_subset_are_refused(void **state)
{
	static const char *const asks[] = {
		ASK("{\"claims\":[{\"path\":[\"family_name\"]}],"
		    "\"format\":\"dc+sd-jwt\",\"id\":\"my_credential\","
		    "\"meta\":{\"vct_values\":[\"https://"
		    "credentials.example.com/identity_credential\"]}}"),
		ASK("{\"claims\":[{\"path\":[\"org.iso.7367.1\","
		    "\"vehicle_holder\"]}],\"format\":\"mso_mdoc\","
		    "\"id\":\"my_credential\",\"meta\":{\"doctype_value\":"
		    "\"org.iso.7367.1.mVRC\"}}"),
		ASK("{\"claim_sets\":[[\"a\",\"c\"],[\"a\",\"b\"]],\"claims\":["
		    "{\"id\":\"a\",\"path\":[\"family_name\"]},"
		    "{\"id\":\"b\",\"path\":[\"postal_code\"]},"
		    "{\"id\":\"c\",\"path\":[\"locality\"]}],"
		    "\"format\":\"ldp_vc\",\"id\":\"pid\",\"meta\":"
		    "{\"type_values\":[[\"IDCredential\"]]}}"),
		"{\"client_id\":\"x509_san_dns:client.example.org\","
		"\"dcql_query\":{\"credential_sets\":[{\"options\":"
		"[[\"example_ldp_vc\"]]}],\"credentials\":[" OFFICIAL
		"]},\"nonce\":\"n-0S6_WzA2Mj\"}",
	};
	struct query q;

	(void)state;
	for (size_t i = 0; i < sizeof(asks) / sizeof(asks[0]); i++)
		assert_int_equal(query_read(bytes_of_string(asks[i]), &q),
			VERDICT_MALFORMED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_official_request_is_understood),
		cmocka_unit_test(
			official_questions_beyond_the_subset_are_refused),
		cmocka_unit_test(a_request_is_read),
		cmocka_unit_test(questions_beyond_the_subset_are_refused),
		cmocka_unit_test(all_types_of_one_of_the_lists_must_be_there),
		cmocka_unit_test(claims_are_found_by_name_number_or_anywhere),
	};
	struct person issuer, holder;
	int failed;

	if (!crypt_init())
		return 1;
	issuer = person_named("registrar");
	holder = person_named("Ana");
	credentials_issue(
		CREDENTIAL_MEMBERSHIP, &issuer, &holder, NULL, 0, &doc);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	writer_clear(&doc);
	return failed;
}
