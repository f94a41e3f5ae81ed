#ifndef BALLOTS_RECORD_STATUSLIST_H
#define BALLOTS_RECORD_STATUSLIST_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/limits.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"

/*
 * Bitstring Status Lists 1.0: one bit for each credential of an issuer, so that
 * who looks at the list does not tell whom they ask about.
 *
 * As text: "u", and base64url of the bits in gzip.  Bit 0 is the leftmost of
 * the first byte.  A list has STATUSLIST_LEAST to LIMIT_STATUS_BYTES bytes.
 */
#define STATUSLIST_LEAST 16384 /* bytes; fewer bits would tell who is in it */

/* Append the text of bits. */
void statuslist_encode(struct bytes bits, struct writer *out);

/*
 * Append the bits of a text.  MALFORMED for what is not in this form, TOO_LARGE
 * beyond LIMIT_STATUS_BYTES; out is as before then.
 */
enum verdict statuslist_decode(struct bytes text, struct writer *out);

/* True when bit index is there and set. */
bool statuslist_bit(struct bytes bits, uint64_t index);

/* Set bit index, which is there. */
void statuslist_set(struct writer *bits, uint64_t index);

#endif
