#ifndef DAEMON_QUERIES_H
#define DAEMON_QUERIES_H

#include "ballots/record/wire.h"
#include "daemon/clerk.h"

/*
 * Answers that change nothing: the ledger's pages, proofs and texts.  What the
 * records establish is told in items.h.
 *
 * Each reads its members of the request in, and prints those of the reply.
 * After any verdict but OK what was printed is thrown away.  What the machine
 * refuses is BUSY, once it was told.
 */
typedef enum verdict queries_fn(
	struct clerk *c, struct wire_value in, struct jcs_printer *p);

queries_fn queries_about, queries_checkpoint, queries_consistency,
	queries_document, queries_find, queries_inclusion, queries_receipt,
	queries_records, queries_state, queries_status, queries_text,
	queries_watch;

/* Print the member "checkpoint"; "size". */
void queries_print_checkpoint(const struct clerk *c, struct jcs_printer *p);
void queries_print_size(const struct clerk *c, struct jcs_printer *p);

#endif
