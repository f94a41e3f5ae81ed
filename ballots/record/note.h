#ifndef BALLOTS_RECORD_NOTE_H
#define BALLOTS_RECORD_NOTE_H

#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/crypt.h"
#include "ballots/base/limits.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"

/*
 * Signed notes (C2SP signed-note): a text, an empty line, and one line for
 * each signature:
 *
 *     EM DASH, SP, key name, SP, base64 of key id and signature, LF
 *
 * The text ends with a newline, which is signed too.  Two kinds of key are
 * known; a cosignature also states when it was made (C2SP tlog-cosignature):
 *
 *     kind           type  signed                              signature
 *     Ed25519        01    text                                64 bytes
 *     cosignature    04    "cosignature/v1\ntime <t>\n", text  t in 8, and 64
 *
 * The id of a key is the first four bytes of SHA-256(name LF type key).
 */
#define NOTE_ID 4 /* bytes of a key id */

enum note_kind {
	NOTE_ED25519 = 0x01,
	NOTE_COSIGNATURE = 0x04,
};

/* A public key that checks notes.  Holds all that it is: copy it freely. */
struct note_key {
	char name[LIMIT_KEY_NAME + 1];
	uint8_t id[NOTE_ID];
	enum note_kind kind;
	uint8_t key[CRYPT_KEY];
};

/* One signature line. */
struct note_line {
	struct bytes name;
	uint8_t id[NOTE_ID];
	struct bytes sig;           /* id and signature, still in base64 */
	const struct note_key *key; /* whose valid signature it is, or NULL */
	uint64_t time_s;            /* of a valid cosignature */
};

/* A note that was taken apart; borrows the note. */
struct note {
	struct bytes text; /* with its last newline */
	size_t n_lines;
	struct note_line lines[LIMIT_NOTE_LINES];
};

/*
 * Make a key with a name and work out its id.  MALFORMED when the name is
 * empty, too long or not UTF-8 or holds a space or a plus; BAD_KEY when key
 * is no proper Ed25519 key.
 */
enum verdict note_make_key(struct bytes name, enum note_kind kind,
	const uint8_t key[static CRYPT_KEY], struct note_key *out);

/*
 * Keys as text ("vkey"): name+<id in hex>+<base64 of type and key>.  An id
 * that is not that of the key, or an unknown type, is BAD_KEY.
 */
enum verdict note_parse_key(struct bytes text, struct note_key *out);
void note_print_key(const struct note_key *key, struct writer *w);

/* Take a note apart and check no signature. */
enum verdict note_parse(struct bytes in, struct note *out);

/*
 * Take a note apart and check the signatures of the n_keys known keys, which
 * are borrowed as long as *out.  Lines of other keys are left alone, and of
 * two lines of one known key the second is dropped.
 *
 * BAD_SIGNATURE when a line of a known key is not its signature;
 * UNKNOWN_SIGNER when no known key signed; BAD_KEY when two known keys have
 * the name and id of one line.
 */
enum verdict note_open(struct bytes in, const struct note_key *keys,
	size_t n_keys, struct note *out);

/* The valid line of key in an opened note; NULL when there is none. */
const struct note_line *note_line_of(
	const struct note *note, const struct note_key *key);

/*
 * Append what begins a note: text, which ends with a newline, and the empty
 * line.
 */
void note_begin(struct bytes text, struct writer *w);

/*
 * Append key's signature line for text; to a note that has signatures already
 * too.  text may be a view of w.  secret belongs to key.  time_s, at most
 * 2^63 - 1, is stated by cosignatures only.
 */
void note_sign(struct bytes text, const struct note_key *key,
	const uint8_t secret[static CRYPT_SECRET], uint64_t time_s,
	struct writer *w);

#endif
