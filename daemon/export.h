#ifndef DAEMON_EXPORT_H
#define DAEMON_EXPORT_H

#include <stdint.h>

#include "daemon/config.h"

/*
 * Publish the ledger in the directory of config as files for everybody in dir,
 * which is made where it is missing, and gone on from where it was written
 * before.  May run beside the daemon that keeps the ledger.
 *
 * The checkpoint is signed afresh, since the whole ledger has just been read
 * and compared with head, mark and tiles.  The policy is the file "policy" of
 * the ledger's directory, else it names the ledger's key and asks for no
 * witness.
 *
 * Returns 0 with the number of records, or -1 once it has told why.
 */
int export_run(const struct config *config, const char *dir, uint64_t *size);

#endif
