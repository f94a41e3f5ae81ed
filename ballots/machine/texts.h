#ifndef BALLOTS_MACHINE_TEXTS_H
#define BALLOTS_MACHINE_TEXTS_H

#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "ballots/base/writer.h"

/*
 * The texts beside a ledger, an export or a mirror: files in its directory
 * texts/, each called by the hash that the ledger holds, in hex.
 *
 *     offset  length  meaning
 *     0       32      salt
 *     32      rest    the text
 *
 * Functions that return int return 0, or -1 once they have told why.
 */
struct texts;

/* What became of a text.  That one is missing may be right, or may not. */
enum texts_state {
	TEXTS_HERE,
	TEXTS_MISSING,   /* or it cannot be read, which was told */
	TEXTS_DIFFERENT, /* the file is not what its name says */
};

/*
 * Open the texts of the directory dir; texts/ is made by the first put.  NULL
 * once it has told why.  Free with texts_close().
 */
struct texts *texts_open(const char *dir);

/* NULL is allowed. */
void texts_close(struct texts *t);

/* Keep a text, flushed.  hash is its text_hash(); it may be there already. */
int texts_put(const struct texts *t, const uint8_t hash[static CRYPT_HASH],
	const uint8_t salt[static LIMIT_TEXT_SALT], struct bytes text);

/* Append salt and text to out, once they hash to hash; else nothing. */
enum texts_state texts_copy(const struct texts *t,
	const uint8_t hash[static CRYPT_HASH], struct writer *out);

/* Take a text away, and make sure of it; none there is well. */
int texts_erase(const struct texts *t, const uint8_t hash[static CRYPT_HASH]);

#endif
