#ifndef DAEMON_CLERK_H
#define DAEMON_CLERK_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/assembly/assembly.h"
#include "ballots/machine/crew.h"
#include "ballots/record/note.h"
#include "ballots/record/prover.h"
#include "daemon/config.h"
#include "daemon/enclosure.h"
#include "daemon/store.h"

/*
 * The clerk takes acts, keeps the ledger, and signs what it holds.
 *
 * A turn goes
 *
 *     clerk_look()       at the clock and the disk
 *     clerk_begin()      file what is due by now
 *     clerk_take() ...   judge acts, and stage those that stand
 *     clerk_commit()     make all of them durable, then sign the checkpoint
 *
 * Between the beginning and the commit nothing may be answered: what is asked
 * of the assembly, the store and the prover would not be durable yet.
 *
 * Functions that return int return 0, or -1 once they have told why.  The
 * caller then ends the process: what was judged may be lost, nothing that was
 * answered is, and the next start replays.
 */
struct clerk;

/* An act on its way.  A zeroed one takes what is given. */
struct clerk_act {
	/* Given; borrows the request until it is answered. */
	struct bytes bytes;
	uint8_t sig[CRYPT_SIG];
	struct enclosure *texts;
	size_t n_texts;

	/* Found out. */
	enum verdict verdict;
	uint64_t index;     /* of its record, on VERDICT_OK */
	bool known;         /* it was recorded before */
	struct writer note; /* on any other verdict; for clerk_drop() */
	struct assembly_checked checked;
};

/*
 * Open the ledger in c->directory, replay it with the crew, and sign its
 * head.  accept_time: go on although the clock stands more than an hour ahead
 * of the last record.  Borrows c, and the crew for the call.  NULL once it has
 * told why; else for clerk_close().
 */
struct clerk *clerk_open(
	const struct config *c, struct crew *crew, bool accept_time);

/* NULL is allowed. */
void clerk_close(struct clerk *c);

/*
 * Check what needs no order.  Safe to call from many threads while nobody
 * takes acts.
 */
void clerk_check(const struct clerk *c, struct clerk_act *act);

int clerk_look(struct clerk *c);
int clerk_begin(struct clerk *c);

/* Judge a checked act, and stage it or sign a note that it is refused. */
int clerk_take(struct clerk *c, struct clerk_act *act);

/* Free what the clerk put into act. */
void clerk_drop(struct clerk_act *act);

/*
 * Rehearsals: move the clock to to_s, hour by hour, filing what is due on the
 * way.  *verdict: NOT_FOR_REHEARSAL where this is none, MALFORMED when to_s is
 * past or more than 400 days ahead.
 */
#define CLERK_ADVANCE_S (400 * 86400)
int clerk_advance(struct clerk *c, uint64_t to_s, enum verdict *verdict);

int clerk_commit(struct clerk *c);

/* True when something is staged. */
bool clerk_is_staged(const struct clerk *c);

/*
 * Hold a checkpoint that a client has seen against the ledger.  One that is
 * signed by the ledger's key, and does not lie on its way, stops all writing
 * for good (rival.h): FORKED.  Anything else that does not lie on its way is
 * refused by name.
 */
enum verdict clerk_see(struct clerk *c, struct bytes checkpoint);

/*
 * Append the signed statement of how a mandate stands by the records under
 * clerk_checkpoint(), for the latest second for which they settle it.
 * UNKNOWN_SUBJECT; FORKED.  Only where nothing is staged.
 */
enum verdict clerk_state(struct clerk *c,
	const uint8_t mandate[static CRYPT_HASH], struct writer *note);

/* How long nothing happens by itself. */
uint32_t clerk_wait_ms(const struct clerk *c);

/* The time when the clerk last looked. */
uint64_t clerk_now_s(const struct clerk *c);

/* What is durable, lent until the next clerk_take() or clerk_begin(). */
const struct assembly *clerk_assembly(const struct clerk *c);
const struct store *clerk_store(const struct clerk *c);
const struct texts *clerk_texts(const struct clerk *c);
const struct note_key *clerk_key(const struct clerk *c);
struct prover *clerk_prover(struct clerk *c);

/* The state digest; worked out once for each size. */
void clerk_digest(struct clerk *c, uint8_t out[static CRYPT_HASH]);

/* The signed checkpoint, lent until the next commit. */
struct bytes clerk_checkpoint(const struct clerk *c);

#endif
