#ifndef CLI_RECOUNT_H
#define CLI_RECOUNT_H

#include "ballots/count/report.h"
#include "ballots/rules/tally.h"
#include "cli/output.h"
#include "cli/replica.h"

/*
 * A result counted again on this machine: the ledger is replayed up to the
 * record that holds the result, and its ballots are counted with every step
 * told.
 */
struct recount {
	struct replica replica;          /* of the ledger before the result */
	const struct question *question; /* lent by it */
	struct tally tally;
	struct method_rules rules;
	bool same; /* the record says what came out here */
};

/*
 * Recount the result in that record of the daemon's ledger.  Returns 0, or -1
 * once it has complained: also where what was replayed has findings.  r is
 * zeroed; given back with recount_clear(), also after -1.
 */
int recount_run(struct recount *r, struct contact *c, uint64_t record);

void recount_clear(struct recount *r);

/*
 * What tells the steps (explain.h).  names has one for each option, the status
 * quo first.  Everything is lent by r and names.
 */
struct report recount_report(
	const struct recount *r, const struct bytes *names);

/* Tell the steps and the outcome, or give them as the member "count". */
void recount_give(struct output *out, const struct report *report);

#endif
