#ifndef BALLOTS_FILE_BLT_H
#define BALLOTS_FILE_BLT_H

#include "ballots/file/election.h"
#include "ballots/file/scan.h"

/*
 * BLT: the file of STV programs; also ERS's HIL.
 *
 *   3 1                  options and seats
 *   -2                   option 2 has withdrawn (at most one such line)
 *   5 1 3 0              five ballots: option 1, then option 3
 *   1 2=3 1 0            equal ranks; a lone - leaves a rank empty
 *   0                    no more ballots
 *   "Ann"                the names, one a line or all quoted
 *   "Bob"
 *   "Cho"
 *   "Title"
 *
 * Without quotation marks each name takes a line.  What follows # in a line
 * of numbers is a comment.
 */

/* Read all of t into e, which is fresh; what is wrong is a fault in t. */
void blt_read(struct scan *t, struct election *e);

/* Does the file look like one of these? */
bool blt_suits(struct bytes file);

#endif
