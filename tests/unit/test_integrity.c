#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/record/integrity.h"
#include "ballots/record/jcs.h"
#include "tests/lib/credentials.h"

/*
 * The test vectors of eddsa-jcs-2022: w3c/vc-di-eddsa, commit abb673eb9df6,
 * TestVectors/keyPair.json and TestVectors/eddsa-jcs-2022/ canonDocJCS,
 * proofCanonJCS, docHashJCS, proofHashJCS, combinedHashJCS, sigHexJCS and
 * sigBTC58JCS.
 */
#define CONTEXTS                                                               \
	"[\"https://www.w3.org/ns/credentials/v2\","                           \
	"\"https://www.w3.org/ns/credentials/examples/v2\"]"
#define VECTOR_KEY    "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
#define VECTOR_SECRET "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
#define VECTOR_VALUE                                                           \
	"z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GA" \
	"VFuUfjoJdcnTMuVor51aX"
#define BEFORE                                                                 \
	"{\"@context\":" CONTEXTS                                              \
	",\"credentialSubject\":{\"alumniOf\":\"The School of Examples\","     \
	"\"id\":\"did:example:abcdefgh\"},\"description\":\"A minimum viable " \
	"example of an Alumni Credential.\","                                  \
	"\"id\":\"urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33\","            \
	"\"issuer\":\"https://vc.example/issuers/5678\","                      \
	"\"name\":\"Alumni Credential\""
#define AFTER                                                                  \
	",\"type\":[\"VerifiableCredential\",\"AlumniCredential\"],"           \
	"\"validFrom\":\"2023-01-01T00:00:00Z\"}"
#define PROOF                                                                  \
	"{\"@context\":" CONTEXTS ",\"created\":\"2023-02-24T23:36:38Z\","     \
	"\"cryptosuite\":\"eddsa-jcs-2022\","                                  \
	"\"proofPurpose\":\"assertionMethod\","
#define PROOF_END                                                              \
	"\"type\":\"DataIntegrityProof\","                                     \
	"\"verificationMethod\":\"did:key:" VECTOR_KEY "#" VECTOR_KEY "\"}"
#define SIGNED                                                                 \
	BEFORE ",\"proof\":" PROOF "\"proofValue\":\"" VECTOR_VALUE            \
	       "\"," PROOF_END AFTER

static const char doc_hash[] =
	"59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19";
static const char proof_hash[] =
	"66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db";
static const char sig_hex[] =
	"407cd12654b33d718ecbb99179a1506daaa849450bf3fc523cce3e1c96f8b803"
	"51da3f253d725c6f00b07c9e5448d50b3ef78012b9ab54255116d069c6dd2808";

static void
assert_hex(struct bytes b, const char *hex)
{
	struct writer w = {0};

	coding_put_hex(&w, b);
	assert_string_equal(writer_string(&w), hex);
	writer_clear(&w);
}

static struct person
vector_person(void)
{
	struct bytes text = BYTES(VECTOR_SECRET);
	struct writer did = {0};
	uint8_t coded[34];
	struct person p;

	/* 80 26 is the multicodec of an Ed25519 secret key. */
	assert_true(bytes_skip(&text, BYTES("z")));
	assert_true(coding_read_base58(text, coded, sizeof(coded)));
	assert_int_equal(coded[0], 0x80);
	assert_int_equal(coded[1], 0x26);
	crypt_pair(coded + 2, p.key, p.secret);
	coding_put_did(&did, p.key);
	assert_string_equal(writer_string(&did), "did:key:" VECTOR_KEY);
	writer_clear(&did);
	return p;
}

static void
the_official_vector_is_signed_step_by_step(void **state)
{
	struct person signer = vector_person();
	struct integrity_proof proof = {
		.created_s = 1677281798, .purpose = INTEGRITY_ASSERTION};
	uint8_t message[INTEGRITY_MESSAGE], hash[CRYPT_HASH];
	struct writer doc = {0};

	(void)state;
	crypt_hash(BYTES(BEFORE AFTER), hash);
	assert_hex(bytes_of(hash, sizeof(hash)), doc_hash);
	crypt_hash(BYTES(PROOF PROOF_END), hash);
	assert_hex(bytes_of(hash, sizeof(hash)), proof_hash);

	writer_put(&doc, BYTES(BEFORE AFTER));
	memcpy(proof.key, signer.key, CRYPT_KEY);
	integrity_message(writer_view(&doc), &proof, message);
	assert_hex(bytes_of(message, CRYPT_HASH), proof_hash);
	assert_hex(bytes_of(message + CRYPT_HASH, CRYPT_HASH), doc_hash);
	credentials_sign(&doc, &signer, &proof);
	assert_hex(bytes_of(proof.sig, CRYPT_SIG), sig_hex);
	assert_string_equal(writer_string(&doc), SIGNED);
	writer_clear(&doc);
}

static void
the_official_vector_is_read_and_good(void **state)
{
	struct integrity_proof proofs[LIMIT_PROOFS];
	size_t n = 0;

	(void)state;
	assert_int_equal(jcs_check(BYTES(SIGNED)), VERDICT_OK);
	assert_int_equal(integrity_read(BYTES(SIGNED), proofs, &n), VERDICT_OK);
	assert_int_equal(n, 1);
	assert_int_equal(proofs[0].created_s, 1677281798);
	assert_hex(bytes_of(proofs[0].sig, CRYPT_SIG), sig_hex);
	assert_int_equal(
		integrity_check(BYTES(SIGNED), &proofs[0]), VERDICT_OK);
}

/* What a copy of the vector with one thing changed is answered. */
static enum verdict
judge(struct bytes doc)
{
	struct integrity_proof proofs[LIMIT_PROOFS];
	enum verdict v = jcs_check(doc);
	size_t n;

	if (v == VERDICT_OK)
		v = integrity_read(doc, proofs, &n);
	for (size_t i = 0; v == VERDICT_OK && i < n; i++)
		v = integrity_check(doc, &proofs[i]);
	return v;
}

static void
no_byte_of_a_signed_document_can_be_changed(void **state)
{
	char copy[] = SIGNED;

	(void)state;
	assert_int_equal(judge(bytes_of_string(copy)), VERDICT_OK);
	for (size_t i = 0; i < sizeof(copy) - 1; i++) {
		char was = copy[i];

		copy[i] = (char)(was ^ 1);
		assert_int_not_equal(
			judge(bytes_of(copy, sizeof(copy) - 1)), VERDICT_OK);
		copy[i] = was;
	}
}

static void
each_thing_changed_is_refused_for_its_reason(void **state)
{
	static const struct {
		const char *old, *new;
		enum verdict verdict;
	} cases[] = {
		{"The School", "The Schule", VERDICT_BAD_SIGNATURE},
		{"36:38Z", "36:39Z", VERDICT_BAD_SIGNATURE},
		{"assertionMethod", "authentication", VERDICT_BAD_SIGNATURE},
		{"\"created\"", "\"challenge\":\"x\",\"created\"",
			VERDICT_BAD_SIGNATURE},
		{"\"proofPurpose\"", "\"domain\":\"x\",\"proofPurpose\"",
			VERDICT_BAD_SIGNATURE},
		{"z2Hn", "z2Hm", VERDICT_BAD_SIGNATURE},
		{",\"https://www.w3.org/ns/credentials/examples/v2\"],"
		 "\"credentialSubject\"",
			"],\"credentialSubject\"", VERDICT_BAD_PROOF},
		{",\"https://www.w3.org/ns/credentials/examples/v2\"],"
		 "\"created\"",
			"],\"created\"", VERDICT_BAD_SIGNATURE},
		{"eddsa-jcs-2022", "eddsa-rdfc-2022", VERDICT_MALFORMED},
		{"DataIntegrityProof", "DataIntegrityProofs",
			VERDICT_MALFORMED},
		{"\"proofPurpose\"", "\"nonce\":\"x\",\"proofPurpose\"",
			VERDICT_MALFORMED},
		{"assertionMethod", "keyAgreement", VERDICT_MALFORMED},
		{"#z6Mk", "#z6Mj", VERDICT_MALFORMED},
		{"2023-02-24T23:36:38Z", "2023-02-24T23:36:38",
			VERDICT_MALFORMED},
		{"\"proof\":", "\"proofs\":", VERDICT_MALFORMED},
		{"{\"@context\":[\"https://www.w3.org/ns/credentials/v2\",",
			"{\"@context\":[", VERDICT_BAD_PROOF},
		{" of an", "\\u0020of an", VERDICT_NOT_CANONICAL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct writer copy = {0};

		credentials_swap(
			BYTES(SIGNED), cases[i].old, cases[i].new, &copy);
		assert_int_equal(judge(writer_view(&copy)), cases[i].verdict);
		writer_clear(&copy);
	}
}

static void
contexts_may_be_added_behind_those_that_were_signed_and_not_before(void **state)
{
	struct writer behind = {0}, before = {0};

	(void)state;
	credentials_swap(BYTES(SIGNED), "v2\"],\"credentialSubject\"",
		"v2\",\"https://other.example\"],\"credentialSubject\"",
		&behind);
	assert_int_equal(judge(writer_view(&behind)), VERDICT_OK);
	credentials_swap(BYTES(SIGNED), "[\"https",
		"[\"https://other.example\",\"https", &before);
	assert_int_equal(judge(writer_view(&before)), VERDICT_BAD_PROOF);
	writer_clear(&behind);
	writer_clear(&before);
}

static void
a_proof_set_holds_when_every_proof_does(void **state)
{
	static const char *const names[] = {"Ana", "Bo", "Chi"};
	struct integrity_proof proofs[LIMIT_PROOFS];
	struct writer doc = {0}, copy = {0};
	size_t n;

	(void)state;
	writer_put_string(&doc, "{\"@context\":[\"https://c.example\"],"
				"\"a\":1,\"z\":[true]}");
	for (size_t i = 0; i < 3; i++) {
		struct person p = person_named(names[i]);

		credentials_assert(&doc, &p);
		assert_int_equal(integrity_read(writer_view(&doc), proofs, &n),
			VERDICT_OK);
		assert_int_equal(n, i + 1);
		assert_memory_equal(proofs[i].key, p.key, CRYPT_KEY);
		assert_int_equal(judge(writer_view(&doc)), VERDICT_OK);
	}
	credentials_swap(writer_view(&doc), "\"a\":1", "\"a\":2", &copy);
	assert_int_equal(judge(writer_view(&copy)), VERDICT_BAD_SIGNATURE);
	writer_clear(&doc);
	writer_clear(&copy);
}

static void
nobody_signs_a_document_twice_and_no_more_than_eight_do(void **state)
{
	struct integrity_proof proofs[LIMIT_PROOFS];
	struct person again = person_named("1");
	struct writer doc = {0};
	char name[2] = "1";
	size_t n;

	(void)state;
	writer_put_string(&doc, "{\"@context\":[\"https://c.example\"]}");
	credentials_assert(&doc, &again);
	credentials_assert(&doc, &again);
	assert_int_equal(integrity_read(writer_view(&doc), proofs, &n),
		VERDICT_DUPLICATE);
	writer_rewind(&doc);
	writer_put_string(&doc, "{\"@context\":[\"https://c.example\"]}");
	for (; name[0] <= '0' + LIMIT_PROOFS; name[0]++) {
		struct person p = person_named(name);

		credentials_assert(&doc, &p);
	}
	assert_int_equal(judge(writer_view(&doc)), VERDICT_OK);
	again = person_named("nine");
	credentials_assert(&doc, &again);
	assert_int_equal(judge(writer_view(&doc)), VERDICT_MALFORMED);
	writer_clear(&doc);
}

static void
a_document_without_contexts_or_proofs_is_refused(void **state)
{
	static const char *const bad[] = {"{}", "[]", "1",
		"{\"@context\":[\"a\"]}", "{\"@context\":[],\"proof\":{}}",
		"{\"@context\":\"a\",\"proof\":{}}",
		"{\"@context\":[\"a\"],\"proof\":{}}",
		"{\"@context\":[\"a\"],\"proof\":[]}",
		"{\"@context\":[\"a\"],\"proof\":1}",
		"{\"@context\":[{}],\"proof\":{}}",
		"{\"1\":0,\"@context\":[\"a\"],\"proof\":{}}"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(
			judge(bytes_of_string(bad[i])), VERDICT_MALFORMED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_official_vector_is_signed_step_by_step),
		cmocka_unit_test(the_official_vector_is_read_and_good),
		cmocka_unit_test(no_byte_of_a_signed_document_can_be_changed),
		cmocka_unit_test(each_thing_changed_is_refused_for_its_reason),
		cmocka_unit_test(
			contexts_may_be_added_behind_those_that_were_signed_and_not_before),
		cmocka_unit_test(a_proof_set_holds_when_every_proof_does),
		cmocka_unit_test(
			nobody_signs_a_document_twice_and_no_more_than_eight_do),
		cmocka_unit_test(
			a_document_without_contexts_or_proofs_is_refused),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
