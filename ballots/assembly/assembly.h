#ifndef BALLOTS_ASSEMBLY_ASSEMBLY_H
#define BALLOTS_ASSEMBLY_ASSEMBLY_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"
#include "ballots/record/act.h"
#include "ballots/record/stamp.h"
#include "ballots/record/tree.h"

/*
 * The assembly: every fact that the records so far establish.
 *
 * It changes in one way only, by a record.  A daemon admits what members
 * submit; an auditor replays what a ledger holds; both end in the same
 * private transition, so one cannot accept what the other refuses.
 *
 * Pure: the only time it knows is the time in the records.
 */
struct assembly;
struct world;

/* An empty assembly, before record 0; given back with assembly_free(). */
struct assembly *assembly_new(void);
void assembly_free(struct assembly *a);

/*
 * What was found out about an act without judging it: decoded, its author
 * known, its signature checked against the key in force then.  Borrows the
 * bytes of the act.
 */
struct assembly_checked {
	struct act act;
	uint8_t sig[64];
	uint8_t key[32]; /* that the signature was checked with */
	bool signature_checked;
	bool signature_bad; /* with that key; another may be in force by then */
	bool trusted;       /* not to be checked at all */
};

/*
 * Check what needs no order: steps 1 to 4 of specs/acts.md section 3.  Safe to
 * call from many threads while nobody changes the assembly.  signatures: false
 * leaves step 4 out, for the daemon's own ledger at its start, whose bytes a
 * checkpoint vouches for.
 *
 * A member who is not known yet (admitted earlier in the same batch), or whose
 * key may have changed by then, is VERDICT_OK here and judged by
 * assembly_admit() or assembly_replay().
 */
enum verdict assembly_precheck(const struct assembly *a, struct bytes act,
	const uint8_t sig[static 64], bool signatures,
	struct assembly_checked *out);

/*
 * Judge an act and, if it stands, make it the next record.
 *
 * now_s is the daemon's clock in seconds since 1970 UTC; a clock that went
 * back is read as the time of the last record.  On VERDICT_OK the record is
 * appended to *record, and its index is the size before.  On any other verdict
 * the assembly is as it was.
 *
 * Before each call, with the same now_s, ask assembly_owes() until it owes
 * nothing; else VERDICT_RESULT_DUE.
 */
enum verdict assembly_admit(struct assembly *a,
	const struct assembly_checked *act, uint64_t now_s,
	struct writer *record);

/*
 * The same judgement for a record read back from a ledger: its stamp, and the
 * act in it, prechecked.  leaf is the record's leaf hash, or NULL to have it
 * worked out.
 */
enum verdict assembly_replay(struct assembly *a, struct bytes record,
	const struct stamp *stamp, const struct assembly_checked *act,
	const uint8_t *leaf);

/*
 * A record that does not even have the form of one: it has its place in the
 * tree, and changes nothing.
 */
void assembly_skip(struct assembly *a, struct bytes record);

/*
 * Record 0 has no assembly to be checked against: precheck it so, then hand
 * it to assembly_admit() or assembly_replay() like any other.
 */
enum verdict assembly_precheck_founding(struct bytes act,
	const uint8_t sig[static 64], struct assembly_checked *out);

/*
 * What the ledger itself must say before anything else at now_s: a result
 * that is due, or a tick: when timers fire, and every ten minutes while some
 * timer runs.  Appends the bytes of the act, which the caller signs and hands
 * to assembly_admit() with the same now_s as the very next call: the timers
 * have fired, and only a record makes that true for everybody.  Returns false
 * when nothing is owed; the assembly is then as it was.
 */
bool assembly_owes(struct assembly *a, uint64_t now_s, struct writer *act);

/* When something happens by itself next; UINT64_MAX for never. */
uint64_t assembly_due_s(const struct assembly *a);

/* The head: number of records and root. */
struct tree_head assembly_head(const struct assembly *a);

/* The tree, for its unfinished tiles; lent. */
const struct tree *assembly_tree(const struct assembly *a);

/*
 * Take over what finishing a tile does from now on: emit is called from
 * assembly_admit() and assembly_replay() for each finished tile.
 */
void assembly_on_tile(struct assembly *a, tree_emit_fn *emit, void *ctx);

/* What the records establish, for reading; lent until the next change. */
const struct world *assembly_world(const struct assembly *a);

/* The state document of specs/ledger.md section 8, and its SHA-256. */
void assembly_state(const struct assembly *a, struct writer *out);
void assembly_digest(const struct assembly *a, uint8_t out[static 32]);

#endif
