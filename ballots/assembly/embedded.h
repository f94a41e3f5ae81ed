#ifndef BALLOTS_ASSEMBLY_EMBEDDED_H
#define BALLOTS_ASSEMBLY_EMBEDDED_H

#include "ballots/base/limits.h"
#include "ballots/base/verdict.h"
#include "ballots/record/act.h"

/*
 * Acts by a key that no member holds yet are no records of their own: members
 * who stand for them embed their bytes and signature (specs/acts.md section 4,
 * specs/recovery.md section 2).  Nothing here asks the world.
 */
struct embedded {
	uint8_t bytes[LIMIT_ACT_BYTES];
	struct act act; /* borrows bytes */
};

/* Take an act of that kind, by a key, out of its base64 form; or MALFORMED. */
enum verdict embedded_decode(
	struct bytes blob, enum act_kind kind, struct embedded *out);

/* MALFORMED, BAD_KEY or BAD_SIGNATURE unless its key signed it. */
enum verdict embedded_check(const struct embedded *e, struct bytes signature);

/*
 * True when a carries an act that is signed by the key it names.  Many threads
 * can do this ahead of the judgement; false for kinds that carry none.
 */
bool embedded_signed(const struct act *a);

#endif
