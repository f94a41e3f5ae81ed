#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/crypt.h"
#include "tests/lib/rng.h"

#define TEXT(literal)                                                          \
	{                                                                      \
		(const uint8_t *)(literal), sizeof(literal) - 1                \
	}

/* From the did:key specification, section "Test Vectors". */
static const char known_did[] =
	"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";

#define SECOND_DID "did:key:z6Mkf5rGMoatrSj1f4CyvuHBeXJELe9RPdzo2PKGNCKVtZxP"

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
	assert_true(coding_read_did(BYTES(SECOND_DID), key));
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
base64_comes_back_as_it_went_in(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (size_t len = 0; len < 200; len++) {
		struct writer w = {0};
		uint8_t in[200], out[200];
		size_t read = 0;

		rng_fill(&r, in, len);
		coding_put_base64(&w, bytes_of(in, len));
		assert_int_equal(w.len, (len + 2) / 3 * 4);
		assert_true(coding_read_base64_upto(
			writer_view(&w), out, len, &read));
		assert_int_equal(read, len);
		assert_memory_equal(in, out, len);
		assert_true(coding_read_base64(writer_view(&w), out, len));
		assert_false(coding_read_base64(writer_view(&w), out, len + 1));
		if (len > 0)
			assert_false(coding_read_base64_upto(
				writer_view(&w), out, len - 1, &read));
		writer_clear(&w);
	}
}

static void
another_byte_in_base64_is_refused_or_means_other_bytes(void **state)
{
	static const char *const texts[] = {"AAAA", "AAA=", "AA==", "+/9z"};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		for (unsigned c = 0; c < 4 * 256; c++) {
			struct writer w = {0};
			uint8_t text[4], out[3];
			size_t len;

			memcpy(text, texts[i], 4);
			text[c / 256] = (uint8_t)c;
			if (coding_read_base64_upto(
				    bytes_of(text, 4), out, 3, &len)) {
				coding_put_base64(&w, bytes_of(out, len));
				assert_memory_equal(w.data, text, 4);
			}
			writer_clear(&w);
		}
	}
}

static void
base64_is_as_in_rfc_4648(void **state)
{
	static const char *const pairs[][2] = {{"", ""}, {"f", "Zg=="},
		{"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="},
		{"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};

	(void)state;
	for (size_t i = 0; i < 7; i++) {
		struct writer w = {0};

		coding_put_base64(&w, bytes_of_string(pairs[i][0]));
		assert_string_equal(writer_string(&w), pairs[i][1]);
		writer_clear(&w);
	}
}

static void
what_is_refused_leaves_the_output_alone(void **state)
{
	uint8_t out[4] = {7, 7, 7, 7};
	size_t len = 42;

	(void)state;
	assert_false(coding_read_base64(BYTES("AAA!"), out, 3));
	assert_false(coding_read_base64_upto(BYTES("AAAAAAA="), out, 4, &len));
	assert_false(coding_read_hex(BYTES("000g"), out, 2));
	assert_int_equal(len, 42);
	assert_memory_equal(out, "\7\7\7\7", 4);
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

/*
 * From draft-msporny-base58: the test vectors; and the second key of the
 * did:key specification.
 */
static void
base58_is_as_in_its_draft(void **state)
{
	static const struct {
		struct bytes bytes;
		const char *text;
	} known[] = {
		{TEXT("Hello World!"), "2NEpo7TZRRrLZSi2U"},
		{TEXT("The quick brown fox jumps over the lazy dog."),
			"USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJ"
			"UUBk6Z"},
		{TEXT("\x00\x00\x28\x7f\xb4\xcd"), "11233QC4"},
		{TEXT(""), ""},
		{TEXT("\x00"), "1"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct writer w = {0};
		uint8_t out[CODING_BASE58_MAX];

		coding_put_base58(&w, known[i].bytes);
		assert_string_equal(writer_string(&w), known[i].text);
		assert_true(coding_read_base58(
			writer_view(&w), out, known[i].bytes.len));
		assert_true(bytes_equal(
			bytes_of(out, known[i].bytes.len), known[i].bytes));
		writer_clear(&w);
	}
}

static void
base58_of_any_length_comes_back_and_has_one_text(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (size_t len = 0; len <= CODING_BASE58_MAX; len++) {
		uint8_t in[CODING_BASE58_MAX], out[CODING_BASE58_MAX] = {0};
		struct writer w = {0};

		rng_fill(&r, in, len);
		memset(in, 0, len / 8);
		coding_put_base58(&w, bytes_of(in, len));
		assert_in_range(w.len, 0, CODING_BASE58(len));
		assert_true(coding_read_base58(writer_view(&w), out, len));
		assert_memory_equal(in, out, len);
		assert_false(len > 0 &&
			     coding_read_base58(writer_view(&w), out, len - 1));
		assert_false(len < CODING_BASE58_MAX &&
			     coding_read_base58(writer_view(&w), out, len + 1));
		writer_put_u8(&w, '0');
		assert_false(coding_read_base58(writer_view(&w), out, len));
		writer_clear(&w);
	}
}

static void
base64url_differs_in_two_digits_and_has_no_padding(void **state)
{
	static const char *const bad[] = {
		"-_8=", "+/8", "A", "-_9", "AAAAA", "-_8\n", "-_ 8"};
	const uint8_t bytes[] = {0xfb, 0xff};
	struct writer w = {0};
	uint8_t out[8];
	size_t len = 0;

	(void)state;
	coding_put_base64url(&w, bytes_of(bytes, sizeof(bytes)));
	assert_string_equal(writer_string(&w), "-_8");
	assert_true(coding_read_base64url_upto(writer_view(&w), out, 2, &len));
	assert_int_equal(len, 2);
	assert_memory_equal(out, bytes, 2);
	assert_false(coding_read_base64url_upto(writer_view(&w), out, 1, &len));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(coding_read_base64url_upto(
			bytes_of_string(bad[i]), out, sizeof(out), &len));
	writer_clear(&w);
}

static void
base32_is_as_in_rfc_4648_without_padding(void **state)
{
	static const char *const texts[] = {
		"", "MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI"};
	static const char *const bad[] = {"M", "my", "MZ", "MZX",
		"MZXQ====", "M1", "M8", "MZXW6Y", "MZXW6YT", "MY MY"};
	uint8_t out[8];
	size_t len;

	(void)state;
	for (size_t n = 0; n < sizeof(texts) / sizeof(texts[0]); n++) {
		struct writer w = {0};

		coding_put_base32(&w, bytes_of("foobar", n));
		assert_string_equal(writer_string(&w), texts[n]);
		assert_true(
			coding_read_base32_upto(writer_view(&w), out, n, &len));
		assert_int_equal(len, n);
		assert_memory_equal(out, "foobar", n);
		if (n > 0)
			assert_false(coding_read_base32_upto(
				writer_view(&w), out, n - 1, &len));
		writer_clear(&w);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(coding_read_base32_upto(
			bytes_of_string(bad[i]), out, sizeof(out), &len));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base58_is_as_in_its_draft),
		cmocka_unit_test(
			base58_of_any_length_comes_back_and_has_one_text),
		cmocka_unit_test(
			base64url_differs_in_two_digits_and_has_no_padding),
		cmocka_unit_test(base32_is_as_in_rfc_4648_without_padding),
		cmocka_unit_test(a_did_key_goes_to_bytes_and_back),
		cmocka_unit_test(a_did_of_another_length_or_prefix_is_refused),
		cmocka_unit_test(base64_is_read_in_its_canonical_form_only),
		cmocka_unit_test(base64_comes_back_as_it_went_in),
		cmocka_unit_test(
			another_byte_in_base64_is_refused_or_means_other_bytes),
		cmocka_unit_test(base64_is_as_in_rfc_4648),
		cmocka_unit_test(what_is_refused_leaves_the_output_alone),
		cmocka_unit_test(hex_is_lower_case_and_exact),
	};

	if (!crypt_init())
		return 1;
	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
