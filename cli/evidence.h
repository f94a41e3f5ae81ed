#ifndef CLI_EVIDENCE_H
#define CLI_EVIDENCE_H

#include "cli/desk.h"

/*
 * Papers that an act names by a salted hash, so that nothing of them is told
 * and they can be shown to others later: evidence of a breach, the reasons of
 * a suspension.
 *
 * The hash is that of a text (SHA-256 over "union-text/v1\n", 32 bytes of salt
 * and the file), over any file.  The salt is kept in the home, so that the same
 * file has the same hash when it is filed again; the file itself stays where it
 * is, and has to be kept unchanged.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
#define EVIDENCE_BYTES (16 << 20) /* of a file */

/* Option --salt: one that somebody else was given for the same file. */
extern const struct option evidence_options[];

/* Hash the file at path with --salt, with the salt kept for it, or with a fresh
 * one; keep that, and say all of it. */
int evidence_hash(
	struct desk *d, const char *path, uint8_t hash[static CRYPT_HASH]);

#endif
