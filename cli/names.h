#ifndef CLI_NAMES_H
#define CLI_NAMES_H

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"

/*
 * How people write what a command is about.
 *
 *   64 hex digits         an id
 *   6 to 63 hex digits    the beginning of an id
 *   P1, M1, A1, G1        the first proposal, mandate, agreement, gateway
 *   Q1, C1, T1, D1        the first question, chapter or case, topic, grant
 *   R1                    the first recovery of a key
 *   me                    the member whose key is here
 *   #1                    the first member (quote it from a shell), record 1
 *   anything else         a name of the member's own making (a petname)
 *
 * Letters of hex and counting names may be of either case.  This room only
 * tells the forms apart; a ledger tells what they stand for.
 */
#define NAMES_PREFIX_LEAST 6  /* hex digits */
#define NAMES_PETNAME_MOST 64 /* bytes */

enum names_form {
	NAMES_BAD, /* nothing that could be a name */
	NAMES_ID,
	NAMES_PREFIX,
	NAMES_COUNTING,
	NAMES_ME,
	NAMES_PETNAME,
};

struct names_name {
	enum names_form form;
	uint8_t id[CRYPT_HASH]; /* ID; PREFIX: its digits, zeros behind */
	size_t n_digits;        /* PREFIX */
	char letter;            /* COUNTING: one of P M A G Q C T D R # */
	uint64_t number;        /* COUNTING: from 1 */
	struct bytes petname;   /* PETNAME: borrowed from the text */
};

/* Tell what text is; any bytes are allowed. */
struct names_name names_parse(struct bytes text);

/* True when id begins with the digits of a PREFIX or is the ID of name. */
bool names_matches(
	const struct names_name *name, const uint8_t id[static CRYPT_HASH]);

#endif
