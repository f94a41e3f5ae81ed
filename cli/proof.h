#ifndef CLI_PROOF_H
#define CLI_PROOF_H

#include "ballots/record/checkpoint.h"
#include "ballots/record/policy.h"
#include "cli/output.h"

/*
 * What a file proves to whoever trusts a policy, without a network: each check
 * with a yes or no of its own.
 *
 *   receipts (tlog-proof), with the record in them or beside them
 *   checkpoints
 *   refusals that a daemon signed, and statements of how a mandate stands
 *
 * Any other file is answered with no, under the form "unknown".
 */
struct proof_trust {
	const struct policy *policy;
	struct bytes kept; /* a checkpoint kept here, or empty */
};

/* How one file fared. */
struct proof {
	struct output *out;
	struct json_t *checks; /* [{"check", "holds", "why"?}, ...] */
	struct json_t *facts;  /* what it is about */
	bool holds;            /* every check so far */
};

/*
 * Check one file; record, which may be empty, is the record that a receipt
 * without one is for.  Lines go to out; *holds is true when every check said
 * yes.  The JSON value is the caller's.
 */
struct json_t *proof_check(struct output *out, const struct proof_trust *trust,
	struct bytes file, struct bytes record, bool *holds);

#endif
