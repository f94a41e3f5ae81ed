#ifndef BALLOTS_FILE_TALLY_H
#define BALLOTS_FILE_TALLY_H

#include "ballots/file/election.h"
#include "ballots/file/scan.h"

/*
 * The tally sheets of Debian: options drawn one a line, then ballots.
 *
 *     Option 1--->: Buy a kettle
 *   /  Option 2-->: Further Discussion
 *   |/
 *   V: 12   login  name
 *
 * A digit is the rank of the option in its place, - is unranked.  The last
 * option is the default option.
 */

/* Read all of t into e, which is fresh; what is wrong is a fault in t. */
void tally_read(struct scan *t, struct election *e);

/* Does the file look like one of these? */
bool tally_suits(struct bytes file);

#endif
