#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/crypt.h"
#include "tests/lib/rng.h"

static void
from_hex(const char *hex, uint8_t *out, size_t len)
{
	assert_true(coding_read_hex(bytes_of_string(hex), out, len));
}

static void
sha_256_is_as_in_fips_180(void **state)
{
	uint8_t known[CRYPT_HASH], out[CRYPT_HASH];

	(void)state;
	from_hex("ba7816bf8f01cfea414140de5dae2223"
		 "b00361a396177a9cb410ff61f20015ad",
		known, sizeof(known));
	crypt_hash(BYTES("abc"), out);
	assert_memory_equal(out, known, sizeof(known));
}

static void
parts_are_hashed_as_if_they_were_one(void **state)
{
	const struct bytes parts[] = {BYTES("a"), {NULL, 0}, BYTES("bc")};
	uint8_t whole[CRYPT_HASH], out[CRYPT_HASH];

	(void)state;
	crypt_hash(BYTES("abc"), whole);
	crypt_hash_parts(parts, 3, out);
	assert_memory_equal(out, whole, sizeof(whole));
	crypt_hash(bytes_of(NULL, 0), whole);
	crypt_hash_parts(parts, 0, out);
	assert_memory_equal(out, whole, sizeof(whole));
}

/* RFC 8032 section 7.1, TEST 1 to 3. */
static const struct {
	const char *seed, *key, *message, *sig;
} known[] = {
	{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
		"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751"
		"1a",
		"",
		"e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901"
		"555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a"
		"100b"},
	{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
		"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af466"
		"0c",
		"\x72",
		"92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69"
		"da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb"
		"0c00"},
	{"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
		"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908"
		"025",
		"\xaf\x82",
		"6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3"
		"ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1e"
		"c40a"},
};

static void
ed25519_is_as_in_rfc_8032(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		uint8_t seed[CRYPT_SEED], key[CRYPT_KEY], sig[CRYPT_SIG];
		uint8_t made_key[CRYPT_KEY], secret[CRYPT_SECRET];
		uint8_t made_sig[CRYPT_SIG];
		struct bytes message = bytes_of_string(known[i].message);

		from_hex(known[i].seed, seed, sizeof(seed));
		from_hex(known[i].key, key, sizeof(key));
		from_hex(known[i].sig, sig, sizeof(sig));
		crypt_pair(seed, made_key, secret);
		assert_memory_equal(made_key, key, sizeof(key));
		assert_true(crypt_key_ok(key));
		crypt_sign(secret, BYTES(""), message, made_sig);
		assert_memory_equal(made_sig, sig, sizeof(sig));
		assert_true(crypt_verify(key, BYTES(""), message, sig));
		assert_false(crypt_verify(key, BYTES("x"), message, sig));
	}
}

static void
any_bit_changed_spoils_a_signature(void **state)
{
	struct rng r = rng_start();
	uint8_t seed[CRYPT_SEED], key[CRYPT_KEY], secret[CRYPT_SECRET];
	uint8_t sig[CRYPT_SIG];

	(void)state;
	rng_fill(&r, seed, sizeof(seed));
	crypt_pair(seed, key, secret);
	crypt_sign(secret, BYTES("purpose\n"), BYTES("message"), sig);
	assert_true(
		crypt_verify(key, BYTES("purpose\n"), BYTES("message"), sig));
	for (unsigned bit = 0; bit < 8 * CRYPT_SIG; bit++) {
		sig[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(crypt_verify(
			key, BYTES("purpose\n"), BYTES("message"), sig));
		sig[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

static void
a_signature_for_one_purpose_fits_no_other(void **state)
{
	static const uint8_t seed[CRYPT_SEED];
	uint8_t key[CRYPT_KEY], secret[CRYPT_SECRET], sig[CRYPT_SIG];

	(void)state;
	crypt_pair(seed, key, secret);
	crypt_sign(secret, BYTES("ballot/v1\n"), BYTES("yes"), sig);
	assert_true(crypt_verify(key, BYTES("ballot/v1\n"), BYTES("yes"), sig));
	assert_false(
		crypt_verify(key, BYTES("mandate/v1\n"), BYTES("yes"), sig));
	assert_false(crypt_verify(key, BYTES(""), BYTES("yes"), sig));
}

static void
a_signature_with_s_above_the_order_is_refused(void **state)
{
	static const uint8_t order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63,
		0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
		0x14, [31] = 0x10};
	static const uint8_t seed[CRYPT_SEED];
	uint8_t key[CRYPT_KEY], secret[CRYPT_SECRET], sig[CRYPT_SIG];
	unsigned carry = 0;

	(void)state;
	crypt_pair(seed, key, secret);
	crypt_sign(secret, BYTES(""), BYTES("yes"), sig);
	for (size_t i = 0; i < 32; i++) {
		carry += sig[32 + i] + order[i];
		sig[32 + i] = (uint8_t)carry;
		carry >>= 8;
	}
	assert_false(crypt_verify(key, BYTES(""), BYTES("yes"), sig));
}

static void
keys_are_canonical_points_of_prime_order(void **state)
{
	static const uint8_t order_2[32] = {0xec, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff, 0xff, 0xff, 0x7f};
	static const uint8_t seed[CRYPT_SEED];
	uint8_t zeros[32] = {0}, identity[32] = {1}, above[32], mixed[32];
	uint8_t key[CRYPT_KEY], secret[CRYPT_SECRET];

	(void)state;
	crypt_pair(seed, key, secret);
	assert_true(crypt_key_ok(key));
	assert_false(crypt_key_ok(zeros));
	assert_false(crypt_key_ok(identity));
	assert_false(crypt_key_ok(order_2));
	memcpy(above, order_2, sizeof(above));
	above[0] = 0xee; /* 1, written as 1 + p */
	assert_false(crypt_key_ok(above));
	assert_int_equal(crypto_core_ed25519_add(mixed, key, order_2), 0);
	assert_false(crypt_key_ok(mixed));
}

static void
messages_have_a_largest_size(void **state)
{
	static uint8_t message[CRYPT_MESSAGE_MAX + 1];
	static const uint8_t seed[CRYPT_SEED];
	uint8_t key[CRYPT_KEY], secret[CRYPT_SECRET], sig[CRYPT_SIG];

	(void)state;
	crypt_pair(seed, key, secret);
	crypt_sign(secret, BYTES("p"), bytes_of(message, CRYPT_MESSAGE_MAX - 1),
		sig);
	assert_true(crypt_verify(key, BYTES("p"),
		bytes_of(message, CRYPT_MESSAGE_MAX - 1), sig));
	assert_false(crypt_verify(
		key, BYTES("p"), bytes_of(message, CRYPT_MESSAGE_MAX), sig));
	assert_false(crypt_verify(
		key, BYTES(""), bytes_of(message, CRYPT_MESSAGE_MAX + 1), sig));
}

static void
wiped_is_zero_and_equal_is_equal(void **state)
{
	uint8_t a[8] = {1, 2, 3}, zeros[8] = {0};

	(void)state;
	assert_false(crypt_equal(a, zeros, sizeof(a)));
	crypt_wipe(a, sizeof(a));
	assert_true(crypt_equal(a, zeros, sizeof(a)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha_256_is_as_in_fips_180),
		cmocka_unit_test(parts_are_hashed_as_if_they_were_one),
		cmocka_unit_test(ed25519_is_as_in_rfc_8032),
		cmocka_unit_test(any_bit_changed_spoils_a_signature),
		cmocka_unit_test(a_signature_for_one_purpose_fits_no_other),
		cmocka_unit_test(a_signature_with_s_above_the_order_is_refused),
		cmocka_unit_test(keys_are_canonical_points_of_prime_order),
		cmocka_unit_test(messages_have_a_largest_size),
		cmocka_unit_test(wiped_is_zero_and_equal_is_equal),
	};

	if (!crypt_init())
		return 1;
	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
