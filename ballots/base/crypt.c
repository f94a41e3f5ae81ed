#include "ballots/base/crypt.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "ballots/base/sha256.h"

static bool fast; /* the processor hashes by itself */

bool
crypt_init(void)
{
	fast = sha256_supported();
	return sodium_init() >= 0;
}

void
crypt_hash(struct bytes b, uint8_t out[static CRYPT_HASH])
{
	crypt_hash_parts(&b, 1, out);
}

void
crypt_hash_parts(
	const struct bytes *parts, size_t n, uint8_t out[static CRYPT_HASH])
{
	crypto_hash_sha256_state state;

	if (fast) {
		sha256_hash(parts, n, out);
		return;
	}
	crypto_hash_sha256_init(&state);
	for (size_t i = 0; i < n; i++)
		crypto_hash_sha256_update(&state, parts[i].data, parts[i].len);
	crypto_hash_sha256_final(&state, out);
}

bool
crypt_key_ok(const uint8_t key[static CRYPT_KEY])
{
	return crypto_core_ed25519_is_valid_point(key) == 1;
}

/* Lay purpose and message out as one run of bytes; false when too long. */
static bool
join(struct bytes purpose, struct bytes message, uint8_t *out, size_t *len)
{
	if (purpose.len > CRYPT_MESSAGE_MAX ||
		message.len > CRYPT_MESSAGE_MAX - purpose.len)
		return false;
	if (purpose.len > 0)
		memcpy(out, purpose.data, purpose.len);
	if (message.len > 0)
		memcpy(out + purpose.len, message.data, message.len);
	*len = purpose.len + message.len;
	return true;
}

bool
crypt_verify(const uint8_t key[static CRYPT_KEY], struct bytes purpose,
	struct bytes message, const uint8_t sig[static CRYPT_SIG])
{
	uint8_t joined[CRYPT_MESSAGE_MAX];
	size_t len;

	return join(purpose, message, joined, &len) &&
	       crypto_sign_verify_detached(sig, joined, len, key) == 0;
}

void
crypt_sign(const uint8_t secret[static CRYPT_SECRET], struct bytes purpose,
	struct bytes message, uint8_t sig[static CRYPT_SIG])
{
	uint8_t joined[CRYPT_MESSAGE_MAX];
	size_t len;
	bool fits = join(purpose, message, joined, &len);

	assert(fits);
	crypto_sign_detached(sig, NULL, joined, len, secret);
}

void
crypt_pair(const uint8_t seed[static CRYPT_SEED], uint8_t key[static CRYPT_KEY],
	uint8_t secret[static CRYPT_SECRET])
{
	crypto_sign_seed_keypair(key, secret, seed);
}

bool
crypt_equal(const void *a, const void *b, size_t len)
{
	return sodium_memcmp(a, b, len) == 0;
}

void
crypt_wipe(void *p, size_t len)
{
	sodium_memzero(p, len);
}
