#ifndef BALLOTS_RECORD_TEXT_H
#define BALLOTS_RECORD_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "ballots/base/verdict.h"

/*
 * Texts for people: they live beside the ledger, which holds their hashes only,
 * so that a text can be erased and its salted hash says nothing about it.
 */

/*
 * Judge a text from outside: MALFORMED when empty or not UTF-8, TOO_LARGE over
 * LIMIT_TEXT_BYTES, FORBIDDEN_CHARACTER as utf8.h says.
 */
enum verdict text_check(struct bytes text);

/* SHA-256 over "union-text/v1\n", salt and text. */
void text_hash(const uint8_t salt[static LIMIT_TEXT_SALT], struct bytes text,
	uint8_t out[static CRYPT_HASH]);

/* True when texts, a list as acts have it, names this one in this language. */
bool text_among(struct bytes texts, const uint8_t hash[static CRYPT_HASH],
	struct bytes lang);

/*
 * True for what looks like a language tag (BCP 47): parts of 1 to 8 ASCII
 * letters and digits between hyphens, the first of letters only, at most
 * LIMIT_LANG_BYTES in all.
 */
bool text_language_ok(struct bytes tag);

/*
 * Walk the hashes of the texts that an act names, wherever they stand in it:
 * *rest is at first the act, which was decoded.  False after the last one.
 */
bool text_next(struct bytes *rest, uint8_t hash[static CRYPT_HASH]);

#endif
