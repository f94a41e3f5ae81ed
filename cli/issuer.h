#ifndef CLI_ISSUER_H
#define CLI_ISSUER_H

#include "ballots/record/credential.h"
#include "cli/call.h"

/*
 * Signing for strangers: documents of specs/credentials.md with the key of this
 * machine, in the manner of Data Integrity.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */

/* --days and --resource. */
extern const struct option issuer_options[];

/* Sign doc with what is in *proof but for its key, see integrity.h. */
void issuer_sign(
	struct keyfile *keys, struct bytes doc, struct integrity_proof *proof);

/* Append doc with the proof that the key in force says so. */
void issuer_assert(struct keyfile *keys, struct bytes doc, struct writer *out);

/* Append c, printed and signed so. */
void issuer_print(
	struct keyfile *keys, const struct credential *c, struct writer *out);

/* It is by the key in force, and good from now on, for --days or preset. */
int issuer_begin(const struct call *call, struct keyfile *keys, uint64_t preset,
	struct credential *c);

/*
 * Bind the texts of --resource FILE=ID, or FILE alone, which is called by its
 * hash then (RFC 6920).  *ids is what c borrows, for writer_clear().
 */
int issuer_bind(const struct call *call, struct credential *c,
	struct writer ids[static LIMIT_RESOURCES]);

#endif
