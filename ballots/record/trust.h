#ifndef BALLOTS_RECORD_TRUST_H
#define BALLOTS_RECORD_TRUST_H

#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "ballots/base/verdict.h"
#include "ballots/record/credential.h"

/*
 * Whose credentials are believed: for each type of credential some keys, and
 * how many of them must have signed.  As text, a line for each type:
 *
 *     credential <type> <k> <did>...
 *
 * Words stand apart by spaces and tabs; lines that are empty or begin with #
 * are passed over.  A type has one line at most, and is not believed without.
 */
struct trust_line {
	size_t needed; /* 0 where nobody is believed */
	size_t n;
	uint8_t keys[LIMIT_TRUST_KEYS][CRYPT_KEY];
};

struct trust {
	struct trust_line of[CREDENTIAL_TYPE_COUNT];
};

/*
 * Read a text.  On any verdict but OK, *bad_line is the number of the line that
 * caused it, from 1: UNKNOWN_KIND, TOO_LARGE for too many keys, BAD_KEY,
 * DUPLICATE for a key or a type that was there before, TOO_FEW when k is more
 * than there are keys, else MALFORMED.
 */
enum verdict trust_parse(
	struct bytes text, struct trust *out, size_t *bad_line);

/* Believe a key for one type; verdicts as above. */
enum verdict trust_add(struct trust *t, enum credential_type type,
	const uint8_t key[static CRYPT_KEY]);

/*
 * Judge who signed a credential, whose signatures were checked: UNKNOWN_SIGNER
 * when one of them is not believed, TOO_FEW.
 */
enum verdict trust_judge(const struct trust *t, const struct credential *c);

#endif
