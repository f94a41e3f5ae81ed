#ifndef CLI_CARD_H
#define CLI_CARD_H

#include "ballots/base/crypt.h"
#include "ballots/base/writer.h"

/*
 * A guardian's card: who together can vouch that a member's new key is theirs.
 * The ledger holds only a salted hash of the set; each guardian keeps a card,
 * and so does the member.  One line of canonical JSON:
 *
 *   {"guardians":[ids, sorted],"id":union,"log":origin,"member":id,"needed":m,
 *    "salt":base64,"type":"union-guardians/v1","vkey":ledger's key}
 *
 * origin, id and vkey are there so that a new phone trusts the right union.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
#define CARD_GUARDIANS 7
#define CARD_LEAST     3

struct card {
	uint8_t guardians[CARD_GUARDIANS][CRYPT_HASH];
	size_t n;
	uint8_t union_id[CRYPT_HASH];
	char log[100];
	uint8_t member[CRYPT_HASH];
	uint32_t needed;
	uint8_t salt[32];
	char vkey[200];
};

/* Put the guardians in order; false where one stands there twice. */
bool card_sort(struct card *c);

/* What the ledger holds: SHA-256 over "union-guardians/v1\n" and
 * {"guardians", "needed", "salt"}. */
void card_hash(const struct card *c, uint8_t out[static CRYPT_HASH]);

/* Append the ids as a list, as acts have them. */
void card_put_guardians(const struct card *c, struct writer *out);

/* Append the line, with its newline. */
void card_put(const struct card *c, struct writer *out);

/* Read one back. */
int card_read(struct bytes text, struct card *out);

#endif
