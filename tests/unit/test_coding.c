#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/crypt.h"

/* From the did:key specification, section "Test Vectors". */
static const char known_did[] =
	"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";

static void
a_did_key_goes_to_bytes_and_back(void **state)
{
	struct writer w = {0};
	uint8_t key[32];

	(void)state;
	assert_true(coding_read_did(bytes_of_string(known_did), key));
	assert_true(crypt_key_ok(key));
	coding_put_did(&w, key);
	assert_string_equal(writer_string(&w), known_did);
	writer_clear(&w);
}

static void
a_did_of_another_length_or_prefix_is_refused(void **state)
{
	char text[sizeof(known_did)];
	uint8_t key[32];

	(void)state;
	assert_false(coding_read_did(
		bytes_of(known_did, sizeof(known_did) - 2), key));
	memcpy(text, known_did, sizeof(text));
	text[10] = '1'; /* another multicodec */
	assert_false(coding_read_did(bytes_of_string(text), key));
	text[10] = '0'; /* no digit of base58 */
	assert_false(coding_read_did(bytes_of_string(text), key));
}

static void
base64_is_read_in_its_canonical_form_only(void **state)
{
	static const char *const bad[] = {
		"AA=", "AA", "AB==", "AAA", "AA==\n", " AA==", "A===", "_-=="};
	uint8_t out[8] = {0};
	size_t len;

	(void)state;
	assert_true(coding_read_base64(BYTES("AA=="), out, 1));
	assert_true(coding_read_base64_upto(BYTES(""), out, 8, &len));
	assert_int_equal(len, 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(coding_read_base64_upto(
			bytes_of_string(bad[i]), out, 8, &len));
}

static void
hex_is_lower_case_and_exact(void **state)
{
	uint8_t out[2];

	(void)state;
	assert_true(coding_read_hex(BYTES("0aff"), out, 2));
	assert_int_equal(out[1], 0xff);
	assert_false(coding_read_hex(BYTES("0AFF"), out, 2));
	assert_false(coding_read_hex(BYTES("0aff0"), out, 2));
	assert_false(coding_read_hex(BYTES("0aff00"), out, 2));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_did_key_goes_to_bytes_and_back),
		cmocka_unit_test(a_did_of_another_length_or_prefix_is_refused),
		cmocka_unit_test(base64_is_read_in_its_canonical_form_only),
		cmocka_unit_test(hex_is_lower_case_and_exact),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
