#ifndef BALLOTS_FILE_PREFLIB_H
#define BALLOTS_FILE_PREFLIB_H

#include "ballots/file/election.h"
#include "ballots/file/scan.h"

/*
 * PrefLib: soc, soi, toc, toi and cat.
 *
 *   # NUMBER ALTERNATIVES: 3
 *   # ALTERNATIVE NAME 1: Ann
 *   20: 1,{2,3}          twenty ballots: option 1, then 2 and 3 equally
 *
 * In cat files the places are categories, best first: ranks, or grades of a
 * scale of their own; the first of two is approval.  The numbers of
 * alternatives, voters and orders in the heading must be those of the file.
 */

/* Read all of t into e, which is fresh; what is wrong is a fault in t. */
void preflib_read(struct scan *t, struct election *e);

/* Does the file look like one of these? */
bool preflib_suits(struct bytes file);

#endif
