#ifndef BALLOTS_BASE_CRYPT_H
#define BALLOTS_BASE_CRYPT_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"

/*
 * Hashes and signatures: SHA-256 and Ed25519 (RFC 8032), through libsodium.
 *
 * Whatever is signed carries a purpose line, so that no signature fits
 * another use.  Nothing here draws random numbers or keeps a secret.
 */
#define CRYPT_HASH   32 /* bytes of a SHA-256 */
#define CRYPT_KEY    32 /* bytes of an Ed25519 public key */
#define CRYPT_SEED   32 /* bytes of an Ed25519 private key (its seed) */
#define CRYPT_SECRET 64 /* seed and public key, as libsodium signs with */
#define CRYPT_SIG    64 /* bytes of an Ed25519 signature */

#define CRYPT_MESSAGE_MAX 65536 /* bytes of purpose and message together */

/* Set up the library.  Call once before any other; false when it cannot. */
bool crypt_init(void);

/* SHA-256 over b. */
void crypt_hash(struct bytes b, uint8_t out[static CRYPT_HASH]);

/* SHA-256 over parts one after the other, as if they were one. */
void crypt_hash_parts(
	const struct bytes *parts, size_t n, uint8_t out[static CRYPT_HASH]);

/* True for a canonical point of prime order: what may enter as a key. */
bool crypt_key_ok(const uint8_t key[static CRYPT_KEY]);

/*
 * True when sig is key's signature over purpose followed by message.
 * S < L, no cofactor.  purpose may be empty (signed notes).  Messages over
 * CRYPT_MESSAGE_MAX are false.
 */
bool crypt_verify(const uint8_t key[static CRYPT_KEY], struct bytes purpose,
	struct bytes message, const uint8_t sig[static CRYPT_SIG]);

/* Sign purpose followed by message, together at most CRYPT_MESSAGE_MAX. */
void crypt_sign(const uint8_t secret[static CRYPT_SECRET], struct bytes purpose,
	struct bytes message, uint8_t sig[static CRYPT_SIG]);

/* The key pair that grows from seed; the caller wipes secret. */
void crypt_pair(const uint8_t seed[static CRYPT_SEED],
	uint8_t key[static CRYPT_KEY], uint8_t secret[static CRYPT_SECRET]);

/* Compare len bytes in constant time. */
bool crypt_equal(const void *a, const void *b, size_t len);

/* Overwrite len bytes so that the compiler cannot leave it out. */
void crypt_wipe(void *p, size_t len);

#endif
