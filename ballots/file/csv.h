#ifndef BALLOTS_FILE_CSV_H
#define BALLOTS_FILE_CSV_H

#include "ballots/file/election.h"
#include "ballots/file/scan.h"

/*
 * CSV (RFC 4180): names of options, then one ballot a line.
 *
 *   count,Ann,Bob,"Cho, C."
 *   20,1,2,
 *   1,-,1,2
 *
 * Cells are ranks, scores, grades, or 1 and 0 for approvals, as the method
 * wants; an empty cell is unranked or blank, - is no opinion.  Where the
 * method looks at one choice, ranks may be 1 and 0 too; on a single option 0 is
 * a no.  The column count may be missing.
 */

/* Read all of t into e, which is fresh; what is wrong is a fault in t. */
void csv_read(struct scan *t, struct election *e);

/* Does the file look like one of these? */
bool csv_suits(struct bytes file);

#endif
