#ifndef BALLOTS_RECORD_TRUST_H
#define BALLOTS_RECORD_TRUST_H

#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "ballots/base/verdict.h"
#include "ballots/record/credential.h"
#include "ballots/record/policy.h"

/*
 * Whom a reader believes, in one text of theirs: lines of a policy (policy.h)
 * for checkpoints and what else a ledger's key signs, and
 *
 *     credential <type> <k> <did>...
 *     fresh <seconds>
 *
 * for credentials, of each type by at least k of these keys, and for how long a
 * statement of how a mandate stands is fresh.
 *
 * Words stand apart by spaces and tabs; lines that are empty or begin with #
 * are passed over.  A type has one line at most, and is not believed without.
 * Where there is a line of a policy, the policy must be whole.
 */
#define TRUST_FRESH_S 604800 /* where no line says it: seven days */

struct trust_line {
	size_t needed; /* 0 where nobody is believed */
	size_t n;
	uint8_t keys[LIMIT_TRUST_KEYS][CRYPT_KEY];
};

struct trust {
	struct policy policy; /* n_keys is 0 where there is none */
	struct trust_line of[CREDENTIAL_TYPE_COUNT];
	uint64_t fresh_s;
};

/* Believe nobody, yet. */
void trust_begin(struct trust *t);

/*
 * Read a text, which the policy in *out borrows.  On any verdict but OK,
 * *bad_line is the number of the line that caused it, from 1, or past the last
 * one: UNKNOWN_KIND, TOO_LARGE for too many keys, BAD_KEY, DUPLICATE for what
 * was there before, TOO_FEW when k is more than there are keys, what
 * policy_parse() says, else MALFORMED.
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
