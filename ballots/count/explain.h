#ifndef BALLOTS_COUNT_EXPLAIN_H
#define BALLOTS_COUNT_EXPLAIN_H

#include "ballots/count/report.h"

/*
 * A count told as plain text, for a terminal or a sheet of paper.
 *
 * Matrices head their columns with the numbers of the options, as wide names
 * would not fit; rows carry number and name.
 */

/* Method, ballots, winners or outcome, open ties and where each would lead. */
void explain_outcome(struct writer *w, const struct report *report);

/* Every step, as tables and bars. */
void explain_steps(struct writer *w, const struct report *report);

#endif
