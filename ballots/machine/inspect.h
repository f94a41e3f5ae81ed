#ifndef BALLOTS_MACHINE_INSPECT_H
#define BALLOTS_MACHINE_INSPECT_H

#include "ballots/base/writer.h"
#include "ballots/machine/audit.h"

/*
 * The audit of a publication: records, tiles, checkpoint, policy, texts.
 *
 * job is prepared but for size, read and tile; its ctx comes to each and
 * progress.  The checkpoint is appended to note as it stands.  Damage to the
 * files is a finding.  Returns 0, or -1 once it has told why.
 */
int inspect_run(struct audit *audit, const struct audit_job *job,
	const char *path, struct writer *note);

/* How many records the checkpoint in the directory claims; 0 for none. */
uint64_t inspect_size(const char *path);

#endif
