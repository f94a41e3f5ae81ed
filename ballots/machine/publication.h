#ifndef BALLOTS_MACHINE_PUBLICATION_H
#define BALLOTS_MACHINE_PUBLICATION_H

#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/writer.h"
#include "ballots/record/tile.h"
#include "ballots/record/tree.h"

/*
 * A ledger as files for everybody: what an export and a mirror are
 * (specs/ledger.md section 5).  The directory holds
 *
 *     checkpoint                the signed head
 *     policy                    whose checkpoints are believed
 *     tile/entries/...          the records
 *     tile/<level>/...          the tree over them
 *     texts/                    (texts.h)
 *
 * It holds the tiles of one size, that of its checkpoint, which is written
 * last.  What is written survives a loss of power; finished tiles are written
 * once, and what was written before is gone on from.
 *
 * Functions that return int return 0, or -1 once they have told why.
 */
struct publication;

/* Open a directory to read it.  NULL once it has told why. */
struct publication *publication_open(const char *path);

/*
 * Open a directory to write it, made where it is missing, and read again what
 * is there of records in finished tiles.
 */
struct publication *publication_begin(const char *path);

/* NULL is allowed. */
void publication_close(struct publication *p);

/* Writing *******************************************************************/

/* How many records were written: the number of the next one. */
uint64_t publication_written(const struct publication *p);

/* Write the next record. */
int publication_add(struct publication *p, struct bytes record);

/*
 * Write what is left: unfinished tiles, the policy, the checkpoint.  note is a
 * signed note whose head is that of all records written; it is not verified.
 * Fails where it is another: what was here is of another history.
 */
int publication_finish(
	struct publication *p, struct bytes note, struct bytes policy);

/* Reading *******************************************************************/

/* What became of a file.  A file that cannot be read was told and counts as
 * missing. */
enum publication_state {
	PUBLICATION_HERE,
	PUBLICATION_MISSING,
	PUBLICATION_DAMAGED, /* not of the form that its name says */
};

/* Append a file as it stands: "checkpoint", "policy". */
enum publication_state publication_copy(
	const struct publication *p, const char *name, struct writer *out);

/*
 * Append the bundle with the entries that tile t is about, and no more of
 * them.  Where there is no such unfinished tile the finished one does.
 */
enum publication_state publication_bundle(
	const struct publication *p, const struct tile *t, struct writer *out);

/* Copy the hashes of tile t, t->width of them, in the same way. */
enum publication_state publication_hashes(const struct publication *p,
	const struct tile *t, uint8_t out[static TREE_TILE_BYTES]);

#endif
