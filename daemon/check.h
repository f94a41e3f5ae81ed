#ifndef DAEMON_CHECK_H
#define DAEMON_CHECK_H

#include "ballots/machine/audit.h"
#include "ballots/machine/publication.h"
#include "daemon/config.h"

/*
 * The audit of a ledger where it lies: records, signatures, tiles, the index
 * of known acts, head, mark and texts.  Writes nothing there, and may run
 * beside the daemon that keeps it.
 */
struct check {
	struct audit audit;
	struct assembly *assembly; /* what the ledger establishes */
};

/*
 * Audit the ledger in the directory of config.  trusting leaves signatures
 * out.  Records are handed to copy too, where it is not NULL, from its next
 * one on.  c is zeroed; given back with check_clear(), also after -1, which
 * means that the machine failed, and has been told.
 */
int check_run(struct check *c, const struct config *config, bool trusting,
	struct publication *copy);

void check_clear(struct check *c);

/* Append findings and warnings, a line each. */
void check_print(const struct check *c, struct writer *w);

#endif
