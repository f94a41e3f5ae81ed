#ifndef DAEMON_RIVAL_H
#define DAEMON_RIVAL_H

#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"
#include "ballots/record/note.h"
#include "ballots/record/prover.h"

/*
 * The rival: a checkpoint by this ledger's own key that is not of its history.
 *
 * Whoever shows one stops all writing.  It is kept in the file "forked" of the
 * ledger's directory, so that a restart forgets nothing: what was stopped goes
 * on only once the records are there that it is a checkpoint of.
 *
 * Functions that return int return 0, or -1 once they have told why.
 */

/*
 * Hold a checkpoint that was shown against the first size records, whose roots
 * prover knows.  OK where it lies on their way; FORKED when it does not, and
 * the ledger's key signed it; WRONG_LEDGER; else as checkpoint_open().
 */
enum verdict rival_judge(struct bytes note, const struct note_key *key,
	struct prover *prover, uint64_t size);

/* Keep the first one shown; there is one already: nothing is done. */
int rival_keep(const char *dir, struct bytes note);

/* Append the one that is kept; nothing where there is none. */
int rival_read(const char *dir, struct writer *note);

/* It is of this history after all. */
int rival_drop(const char *dir);

#endif
