#ifndef CLI_BELIEF_H
#define CLI_BELIEF_H

#include "ballots/record/checkpoint.h"
#include "ballots/record/note.h"
#include "ballots/record/tree.h"
#include "cli/home.h"

/*
 * What is held to be true of a ledger: its key, and the last checkpoint signed
 * by it.  Both are kept in a home, and whatever contradicts them is kept beside
 * them as evidence.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct belief {
	struct home *home; /* or NULL: nothing is known before, nor kept */
	struct note_key key;
	struct writer kept;    /* the checkpoint; empty at first */
	struct tree_head head; /* of the same */
};

/* The hint where two checkpoints contradict each other. */
#define BELIEF_KEEP_BOTH                                                       \
	"Keep both; show them to the members and the auditors, and trust "     \
	"nothing more from there."

/* What is shown must be what the home has under a setting, if it has it. */
int belief_check(
	const struct belief *b, const char *setting, struct bytes shown);

/* Keep a setting that the home does not have yet. */
int belief_note(struct belief *b, const char *setting, struct bytes value);

/* Open a note that the ledger's key must have signed; *out borrows it. */
int belief_open(
	const struct belief *b, struct bytes note, struct checkpoint *out);

/* Hold this checkpoint to be the last one from now on. */
int belief_keep(
	struct belief *b, struct bytes note, const struct tree_head *head);

/* Keep what contradicts it, and say what that shows; always -1. */
int belief_contradicted(struct belief *b, struct bytes shown, const char *what);

/* Take the checkpoint that the home keeps. */
int belief_recall(struct belief *b);

#endif
