#ifndef DAEMON_SCRUB_H
#define DAEMON_SCRUB_H

#include <stdint.h>

#include "ballots/record/tree.h"
#include "daemon/store.h"

/*
 * The scrub: while the daemon has nothing else to do, all stored records are
 * hashed again, a few at a time, and compared with the stored tiles and the
 * head, so that a disk that forgets is found while copies are still whole.
 *
 * A pass begins at record 0 and goes to the head as it was then; the next one
 * begins where its time is over.  Times are of the steady clock.
 */
struct scrub;

/*
 * A scrub of what st holds, one pass in pass_s seconds; 0: never.  Borrows st.
 * The caller gives it back to scrub_free().
 */
struct scrub *scrub_new(
	const struct store *st, uint64_t pass_s, uint64_t now_ns);

/* NULL is allowed. */
void scrub_free(struct scrub *s);

/* Milliseconds until there is something to do. */
uint32_t scrub_wait_ms(const struct scrub *s, uint64_t now_ns);

/*
 * Hash a few records where it is time; head is that of what is stored.
 * Returns 0, or -1 once it has told what is damaged: what is signed from then
 * on could not be kept, so the caller ends the process.
 */
int scrub_step(struct scrub *s, const struct tree_head *head, uint64_t now_ns);

#endif
