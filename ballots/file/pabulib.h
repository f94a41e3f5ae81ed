#ifndef BALLOTS_FILE_PABULIB_H
#define BALLOTS_FILE_PABULIB_H

#include "ballots/file/election.h"
#include "ballots/file/scan.h"

/*
 * Pabulib pb: budgets, projects and votes as cells between semicolons.
 *
 *   META
 *   key;value
 *   budget;100000
 *   PROJECTS
 *   project_id;cost
 *   12;7200
 *   VOTES
 *   voter_id;vote
 *   1;12,14
 *
 * Options are named by project_id.  Votes of vote_type approval are
 * approvals, of vote_type ordinal ranks.
 */

/* Read all of t into e, which is fresh; what is wrong is a fault in t. */
void pabulib_read(struct scan *t, struct election *e);

/* Does the file look like one of these? */
bool pabulib_suits(struct bytes file);

#endif
