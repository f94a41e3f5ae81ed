#ifndef DAEMON_REPLAY_H
#define DAEMON_REPLAY_H

#include "ballots/assembly/assembly.h"
#include "ballots/machine/crew.h"
#include "daemon/ledger.h"

/*
 * Starting is auditing oneself: walk all stored records through the assembly,
 * hash them, and compare with every tile, the index of known acts, the head
 * and the mark.  Only signatures are left out: the head binds bytes whose
 * signatures were checked on the way in.
 *
 * a is empty at first.  Afterwards it is what the ledger establishes, and the
 * ledger can be appended to.  Returns 0, or -1 once it has told what is
 * damaged.
 */
int replay_run(struct ledger *led, struct crew *crew, struct assembly *a);

#endif
