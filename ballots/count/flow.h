#ifndef BALLOTS_COUNT_FLOW_H
#define BALLOTS_COUNT_FLOW_H

#include "ballots/count/report.h"

/*
 * The rounds of a count as columns of boxes, as high as the votes, with bands
 * for what stays and for what goes from one option to another.
 *
 * Rounds are the tables of kind STEPS_ROUND: column 0 holds the votes after
 * the round, a column "state" says "elected" or "excluded".  A row that is
 * missing in a round has no votes there.  What several options lose in one
 * round is drawn as if each loss went to all gains alike.
 */
void flow_draw(struct writer *w, const struct report *report);

#endif
