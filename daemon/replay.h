#ifndef DAEMON_REPLAY_H
#define DAEMON_REPLAY_H

#include "ballots/machine/audit.h"
#include "ballots/machine/publication.h"
#include "daemon/ledger.h"

/*
 * Walking all stored records through an empty assembly: they are judged again,
 * hashed, and compared with every tile and with the index of known acts.
 *
 * Functions that return int return 0, or -1 once they have told why.
 */
struct replay_job {
	struct ledger *ledger;
	struct crew *crew;
	struct assembly *assembly; /* empty */
	bool trusting;             /* leave signatures out */
	bool brief;                /* end at the page of the first finding */

	/* Records are handed to it, from its next one on; may be NULL. */
	struct publication *copy;
};

/* What does not stand becomes a finding; -1 means that the machine failed. */
int replay_walk(struct audit *audit, const struct replay_job *job);

/*
 * Starting is auditing oneself: the walk, and the head and the mark.  Only
 * signatures are left out: the head binds bytes whose signatures were checked
 * on the way in.
 *
 * Afterwards a is what the ledger establishes, and the ledger can be appended
 * to.  -1 when anything is damaged.
 */
int replay_run(struct ledger *led, struct crew *crew, struct assembly *a);

#endif
