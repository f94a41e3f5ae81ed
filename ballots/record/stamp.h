#ifndef BALLOTS_RECORD_STAMP_H
#define BALLOTS_RECORD_STAMP_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"

/*
 * A record: one line of stamp, then the act exactly as its author signed it.
 *
 *   offset   length  meaning
 *   0        d       unix seconds, decimal, no leading zero, <= LIMIT_JSON_INT
 *   d        1       space
 *   d + 1    88      the author's signature, canonical base64
 *   d + 89   1       newline
 *   d + 90   rest    the act, at most LIMIT_ACT_BYTES
 *
 * What the act says is not looked at here.
 */
struct stamp {
	uint64_t time_s; /* when it was recorded */
	uint8_t sig[CRYPT_SIG];
	struct bytes act; /* a view into the record, or of the caller's */
};

/* Append the record. */
void stamp_encode(const struct stamp *s, struct writer *out);

/* TOO_LARGE or MALFORMED when record is not in this form. */
enum verdict stamp_decode(struct bytes record, struct stamp *out);

/* The id of an act, and of what it founds: SHA-256 over its bytes. */
void stamp_act_id(struct bytes act, uint8_t out[static CRYPT_HASH]);

/* An author's signature: Ed25519 over "union-act/v1\n" and the act. */
void stamp_sign(struct bytes act, const uint8_t secret[static CRYPT_SECRET],
	uint8_t sig[static CRYPT_SIG]);
bool stamp_verify(struct bytes act, const uint8_t key[static CRYPT_KEY],
	const uint8_t sig[static CRYPT_SIG]);

#endif
