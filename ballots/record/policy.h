#ifndef BALLOTS_RECORD_POLICY_H
#define BALLOTS_RECORD_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "ballots/base/bytes.h"
#include "ballots/base/limits.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"
#include "ballots/record/checkpoint.h"
#include "ballots/record/note.h"

/*
 * Whose checkpoints are believed (C2SP tlog-policy): signed by a known log,
 * and cosigned by enough witnesses.  As text, one line each:
 *
 *     log <vkey> [<url>]
 *     witness <name> <vkey> [<url>]
 *     group <name> <k|any|all> <name>...
 *     quorum <name|none>
 *
 * Words stand apart by spaces and tabs; lines that are empty or begin with #
 * are passed over.  A name is defined above its use, once, and is a member of
 * one group at most, so that nobody counts twice.  There is one quorum line.
 */
#define POLICY_NONE (-1)

/* A witness, or a group when it has members. */
struct policy_node {
	struct bytes name;
	int key;       /* of a witness: its place in keys; POLICY_NONE */
	size_t n;      /* members of a group */
	size_t needed; /* how many of them */
	int group;     /* the group it is a member of, or POLICY_NONE */
};

/* Names and URLs borrow the text that was parsed. */
struct policy {
	size_t n_keys;
	struct note_key keys[LIMIT_POLICY_KEYS]; /* of logs: NOTE_ED25519 */
	struct bytes urls[LIMIT_POLICY_KEYS];    /* of the same; may be empty */
	size_t n_nodes; /* members stand before their groups */
	struct policy_node nodes[LIMIT_POLICY_NODES];
	int quorum; /* the node that must stand, or POLICY_NONE */
};

/*
 * Read the text of a policy.  On any verdict but OK, *bad_line is the number
 * of the line that caused it, from 1; past the last one when something is
 * missing.  TOO_LARGE means more keys or groups than fit.
 */
enum verdict policy_parse(
	struct bytes text, struct policy *out, size_t *bad_line);
void policy_print(const struct policy *p, struct writer *w);

/*
 * The same a line at a time, for a text that says more than a policy (trust.h).
 * It holds a policy once it has_quorum; it is none that lacks one while any.
 */
struct policy_draft {
	struct policy policy;
	struct bytes line; /* what is left of the line */
	bool any;          /* a line of a policy was read */
	bool has_quorum;
};

void policy_begin(struct policy_draft *d);

/* *other: it is no line of a policy, and the verdict MALFORMED. */
enum verdict policy_take(
	struct policy_draft *d, struct bytes line, bool *other);

/* Take the next word off the front of *line; empty at its end. */
struct bytes policy_word(struct bytes *line);

/* The policy that believes what log signs, and asks for no witness. */
void policy_of_log(const struct note_key *log, struct policy *out);

/* True when a log of p that is named for the origin signed an opened note. */
bool policy_log_signed(
	const struct policy *p, const struct note *note, struct bytes origin);

/*
 * Open a checkpoint as p asks.  UNKNOWN_SIGNER when no log of its origin
 * signed it; TOO_FEW when it lacks cosignatures; else as checkpoint_open().
 * *note borrows from in and p.
 */
enum verdict policy_open(const struct policy *p, struct bytes in,
	struct note *note, struct checkpoint *out);

#endif
