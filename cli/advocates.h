#ifndef CLI_ADVOCATES_H
#define CLI_ADVOCATES_H

#include "ballots/record/status.h"
#include "cli/subject.h"

/*
 * Those who speak in a mandate, the stewards who vouch for them, and what the
 * stewards signed: the credentials of advocacy.h, put together from the ledger.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct advocates_delegate {
	uint8_t id[CRYPT_HASH];
	uint8_t key[CRYPT_KEY]; /* in force */
	bool accepted;
};

/* The last act of publishing of one steward. */
struct advocates_publish {
	struct ask_record record;
	uint8_t key[CRYPT_KEY]; /* the steward's, in force */
	bool steward;           /* and still one, by the statement */
};

struct advocates {
	struct ask_record terms; /* mandate.propose */
	struct writer note;      /* how it stands, as the ledger signed it */
	struct status status;    /* the same, read */
	uint64_t valid_until_s;
	size_t n_delegates;
	struct advocates_delegate delegates[LIMIT_DELEGATES];
	struct advocates_publish *publishes; /* in the order of the records */
	size_t n_publishes, cap;
};

/* Fetch them for a mandate that was found; cleared in both cases. */
int advocates_fetch(
	struct desk *d, const struct subject *mandate, struct advocates *out);
void advocates_clear(struct advocates *a);

/* True when the key is that of a steward in office; of a delegate who acts. */
bool advocates_is_steward(
	const struct advocates *a, const uint8_t key[static CRYPT_KEY]);
bool advocates_is_acting(
	const struct advocates *a, const uint8_t key[static CRYPT_KEY]);

/*
 * The issuer in whose name most stewards signed for the delegate of that
 * number; false where no issuer is a steward who did.
 */
bool advocates_issuer(const struct advocates *a, size_t delegate,
	uint8_t issuer[static CRYPT_KEY]);

/*
 * Append the credential of a delegate with the proofs that hold, the issuer's
 * among them.  holds has a place for each act of publishing.  Returns how many
 * hold; 0, and nothing appended, where the issuer's is not among them.
 */
size_t advocates_assemble(const struct advocates *a, size_t delegate,
	const uint8_t issuer[static CRYPT_KEY], bool *holds,
	struct writer *out);

#endif
