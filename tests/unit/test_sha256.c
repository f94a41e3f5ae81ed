#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>

#include "ballots/base/crypt.h"
#include "ballots/base/sha256.h"

enum { LONGEST = 1000 };

static uint8_t text[LONGEST];

/* Where the processor has no such instructions there is nothing to test. */
static int
setup(void **state)
{
	(void)state;
	for (size_t i = 0; i < LONGEST; i++)
		text[i] = (uint8_t)(i * i + i / 7);
	return 0;
}

static void
every_length_hashes_as_in_libsodium(void **state)
{
	uint8_t out[CRYPT_HASH], known[CRYPT_HASH];

	(void)state;
	if (!sha256_supported())
		skip();
	for (size_t len = 0; len <= LONGEST; len++) {
		struct bytes b = bytes_of(text, len);

		sha256_hash(&b, 1, out);
		crypto_hash_sha256(known, text, len);
		assert_memory_equal(out, known, CRYPT_HASH);
	}
}

static void
parts_hash_like_the_whole_wherever_they_meet(void **state)
{
	uint8_t out[CRYPT_HASH], known[CRYPT_HASH];

	(void)state;
	if (!sha256_supported())
		skip();
	crypto_hash_sha256(known, text, 200);
	for (size_t a = 0; a <= 200; a++) {
		for (size_t b = a; b <= 200; b += 7) {
			struct bytes parts[] = {bytes_of(text, a),
				bytes_of(text + a, b - a),
				bytes_of(text + b, 200 - b)};

			sha256_hash(parts, 3, out);
			assert_memory_equal(out, known, CRYPT_HASH);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
			every_length_hashes_as_in_libsodium, setup),
		cmocka_unit_test_setup(
			parts_hash_like_the_whole_wherever_they_meet, setup),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
