#ifndef BALLOTS_ASSEMBLY_STATEMENT_H
#define BALLOTS_ASSEMBLY_STATEMENT_H

#include <stdint.h>

#include "ballots/assembly/world.h"
#include "ballots/base/writer.h"
#include "ballots/record/tree.h"

/*
 * The state document: what all records up to a size establish, as one
 * canonical object (specs/ledger.md section 8).  Two programs that read the
 * same records print the same bytes.
 */
void statement_print(const struct world *w, const struct tree_head *head,
	struct writer *out);

/* The state digest: SHA-256 of the document. */
void statement_digest(const struct world *w, const struct tree_head *head,
	uint8_t out[static 32]);

#endif
