#ifndef CLI_REPLICA_H
#define CLI_REPLICA_H

#include "ballots/base/writer.h"
#include "ballots/machine/audit.h"
#include "cli/contact.h"

/*
 * A ledger replayed on this machine, so that nobody has to be believed: all of
 * its records judged again, from a daemon or from an export.
 *
 * Functions that return int return 0, or -1 once they have complained; what
 * does not stand is a finding, and no failure.
 */
struct replica {
	struct assembly *assembly;
	struct audit audit;
	struct writer note; /* the checkpoint that was compared */
};

/* What is wanted of it. */
struct replica_wanted {
	uint64_t until; /* records to apply; UINT64_MAX: all */
	uint64_t mark;  /* size whose head is wanted, or 0 */
	bool texts;     /* look at the texts too */
};

/* r is zeroed; given back with replica_clear(), also after -1. */
int replica_of_export(struct replica *r, const char *path,
	const struct replica_wanted *wanted);

/* What the daemon holds; its last checkpoint believed is the one compared. */
int replica_of_daemon(struct replica *r, struct contact *c,
	const struct replica_wanted *wanted);

void replica_clear(struct replica *r);

#endif
