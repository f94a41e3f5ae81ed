#ifndef CLI_KEYFILE_H
#define CLI_KEYFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/crypt.h"
#include "ballots/base/writer.h"
#include "cli/paper.h"

/*
 * A member's keys: the one in force, and the next, to which the ledger already
 * holds a commitment, so that a stolen key cannot be replaced by the thief.
 *
 * At rest they are a text file under a passphrase (Argon2id, then XSalsa20 and
 * Poly1305), which shows neither key nor member:
 *
 *   union-key/v1
 *   argon2id <passes> <kibibytes>
 *   salt <base64 of 16 bytes>
 *   nonce <base64 of 24 bytes>
 *   box <base64 of 144 bytes>
 *
 * In memory they are guarded, and hidden but for the moment of use.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct keyfile;

enum keyfile_key { KEYFILE_CURRENT, KEYFILE_NEXT };

/* Fresh keys. */
struct keyfile *keyfile_new(void);

/* Keys from what keyfile_copy_secret() gave. */
struct keyfile *keyfile_from(const uint8_t secret[static PAPER_BYTES]);

/* Wipe and give back; NULL is allowed. */
void keyfile_free(struct keyfile *keys);

/* See that there is a key file that can be read, before a passphrase is asked.
 */
int keyfile_check(int dir, const char *name);

/* Read file name of directory dir; the caller owns the result. */
int keyfile_read(int dir, const char *name, struct bytes passphrase,
	struct keyfile **out);

/* Write it, whole or not at all, with a salt of its own each time. */
int keyfile_write(struct keyfile *keys, int dir, const char *name,
	struct bytes passphrase);

/* The public key. */
void keyfile_copy_key(struct keyfile *keys, enum keyfile_key which,
	uint8_t out[static CRYPT_KEY]);

/* What an application and a founding act promise: SHA-256 over
 * "union-key/v1\n" and the next key. */
void keyfile_commit(struct keyfile *keys, uint8_t out[static CRYPT_HASH]);

/* Sign purpose followed by message with the key in force. */
void keyfile_sign(struct keyfile *keys, struct bytes purpose,
	struct bytes message, uint8_t sig[static CRYPT_SIG]);

/* The member whose keys these are; false, all zeros, where it is not known. */
bool keyfile_copy_member(struct keyfile *keys, uint8_t id[static CRYPT_HASH]);
void keyfile_set_member(
	struct keyfile *keys, const uint8_t id[static CRYPT_HASH]);

/*
 * Rotation.  keyfile_prepare() draws the key after the next, unless one waits
 * already, and gives the commitment to it.  Write the file, then file the
 * key.rotate act (its key is KEYFILE_NEXT); once it is on record,
 * keyfile_rotate() puts the next key in force, and the file is written again.
 * A stop between any two of these loses nothing.
 */
void keyfile_prepare(struct keyfile *keys, uint8_t out[static CRYPT_HASH]);
void keyfile_rotate(struct keyfile *keys);

/* Both seeds, for paper; the caller wipes. */
void keyfile_copy_secret(struct keyfile *keys, uint8_t out[static PAPER_BYTES]);

/* The outside of a key file, before any passphrase is tried. */
#define KEYFILE_FILE_BYTES 1024 /* longer is none */
#define KEYFILE_SALT       16
#define KEYFILE_NONCE      24
#define KEYFILE_BOX        144 /* four times 32 bytes, and 16 that seal them */

struct keyfile_form {
	uint64_t passes;
	uint64_t kibibytes;
	uint8_t salt[KEYFILE_SALT];
	uint8_t nonce[KEYFILE_NONCE];
	uint8_t box[KEYFILE_BOX];
};

/* Read any bytes; false for what is no key file within bounds. */
bool keyfile_decode(struct bytes file, struct keyfile_form *out);
void keyfile_encode(const struct keyfile_form *form, struct writer *w);

#endif
