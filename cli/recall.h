#ifndef CLI_RECALL_H
#define CLI_RECALL_H

#include "ballots/record/checkpoint.h"
#include "cli/home.h"
#include "cli/replica.h"

/*
 * A ledger that was replayed, held against the last checkpoint that was seen of
 * it here, so that nobody can show an older or another one.
 *
 *     recall_read(&seen, &home);
 *     wanted.mark = seen.head.size;
 *     ...replay...
 *     recall_compare(&seen, &home, &replica);
 *
 * A zeroed one is ready; given back with recall_clear().
 */
struct recall {
	struct writer note; /* the checkpoint kept; may be empty */
	struct tree_head head;
};

/* The checkpoint in a signed note, whose signatures are not checked. */
bool recall_head(struct bytes note, struct checkpoint *out);

/* Read what is kept in the folder, in place of what was read before. */
void recall_read(struct recall *seen, const struct home *home);

/*
 * Compare; what contradicts is kept as evidence and is a finding of the
 * replica.  Without findings its checkpoint is the one kept from now on.
 * Returns 0, or -1 once it has complained.
 */
int recall_compare(
	const struct recall *seen, const struct home *home, struct replica *r);

void recall_clear(struct recall *seen);

#endif
