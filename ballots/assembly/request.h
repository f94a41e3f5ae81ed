#ifndef BALLOTS_ASSEMBLY_REQUEST_H
#define BALLOTS_ASSEMBLY_REQUEST_H

#include "ballots/assembly/embedded.h"
#include "ballots/assembly/world.h"
#include "ballots/base/verdict.h"

/*
 * A request for a new key: what it says, and who may vouch for it
 * (specs/recovery.md section 2).
 */
struct request {
	struct embedded e; /* the key.recover, which borrows from here */
	bool guarded;
	uint8_t guardians[LIMIT_GUARDIANS][32]; /* ascending */
	uint32_t n, needed;
	uint32_t member; /* whom it is about, or ROSTER_NONE */
};

/*
 * Read what the key.vouch a carries, which must not move afterwards: MALFORMED
 * when it is no request that a is about, BAD_KEY, BAD_SIGNATURE.
 */
enum verdict request_read(
	const struct world *w, const struct act *a, struct request *r);

/* LAPSED, UNKNOWN_MEMBER, or NOT_A_MEMBER for one who left. */
enum verdict request_check(
	const struct world *w, const struct request *r, uint64_t now_s);

/*
 * Judge whether member can vouch for it: DUPLICATE when its key is taken,
 * NOT_ALLOWED, or BAD_COMMITMENT when its guardians are not those in force.
 */
enum verdict request_may_vouch(const struct world *w, const struct request *r,
	uint32_t member, uint64_t now_s);

#endif
