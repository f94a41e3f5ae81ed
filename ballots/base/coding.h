#ifndef BALLOTS_BASE_CODING_H
#define BALLOTS_BASE_CODING_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/writer.h"

/*
 * Bytes as text and back: lower-case hex, standard padded base64 (RFC 4648
 * section 4), the same without padding for addresses (section 5), base32 for QR
 * codes, base58 with the digits of Bitcoin, and did:key for Ed25519 keys.
 *
 * Reading is strict: one text for each run of bytes.  What is not in that
 * form is false, and the output is untouched.
 */
#define CODING_HEX_32    64 /* characters of 32 bytes in hex */
#define CODING_BASE64_32 44 /* characters of 32 bytes in base64 */
#define CODING_BASE64_64 88 /* characters of 64 bytes in base64 */
#define CODING_DID       56 /* characters of did:key:z6Mk... */

void coding_put_hex(struct writer *w, struct bytes b);
bool coding_read_hex(struct bytes text, uint8_t *out, size_t len);

void coding_put_base64(struct writer *w, struct bytes b);

/* Exactly len bytes. */
bool coding_read_base64(struct bytes text, uint8_t *out, size_t len);

/* Any length up to max; *len is set to what was read. */
bool coding_read_base64_upto(
	struct bytes text, uint8_t *out, size_t max, size_t *len);

/* Without padding, and with - and _ as the last two digits. */
void coding_put_base64url(struct writer *w, struct bytes b);
bool coding_read_base64url_upto(
	struct bytes text, uint8_t *out, size_t max, size_t *len);

/* RFC 4648 section 6 without padding; reading knows upper case alone. */
void coding_put_base32(struct writer *w, struct bytes b);
bool coding_read_base32_upto(
	struct bytes text, uint8_t *out, size_t max, size_t *len);

/*
 * Base58 of at most CODING_BASE58_MAX bytes; a zero in front is one 1.  Reading
 * takes exactly len bytes.
 */
#define CODING_BASE58_MAX 64
#define CODING_BASE58(n)  ((n)*138 / 100 + 1) /* characters are no more */
void coding_put_base58(struct writer *w, struct bytes b);
bool coding_read_base58(struct bytes text, uint8_t *out, size_t len);

/* "did:key:z" and base58-btc of ed 01 and the 32 bytes of the key. */
void coding_put_did(struct writer *w, const uint8_t key[static 32]);
bool coding_read_did(struct bytes text, uint8_t key[static 32]);

#endif
