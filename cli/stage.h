#ifndef CLI_STAGE_H
#define CLI_STAGE_H

#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/writer.h"
#include "cli/contact.h"

/*
 * Where a rehearsal takes place: a directory with a ledger, and a daemon of its
 * own that keeps it, which ends with the rehearsal.
 *
 *     DIR/ledger/     what uniond keeps
 *     DIR/socket      where it answers
 *     DIR/log         what it says
 *     DIR/export/     what it publishes at the end
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct stage;

/*
 * Begin in the directory dir, which is made and must hold no ledger yet; NULL:
 * in a temporary one, which goes away with stage_close().
 */
struct stage *stage_open(const char *dir);

/* Ends the daemon too; NULL is allowed. */
void stage_close(struct stage *s);

/* Its directory, and the path of a name below it; lent. */
const char *stage_directory(const struct stage *s);
const char *stage_path(struct stage *s, const char *name);

/* Begin the ledger with the founding file, and start the daemon. */
int stage_found(struct stage *s, struct bytes founding);

/* A conversation with the daemon, lent. */
struct contact *stage_contact(struct stage *s);

/* Have the daemon's program publish the ledger in DIR/export. */
int stage_export(struct stage *s);

/*
 * The path of a file that came with this program: name beside it in the tree
 * that it was built in, else among the shared files where it was installed.
 * False when it is in neither.
 */
bool stage_find_shared(
	const char *built, const char *installed, struct writer *path);

#endif
