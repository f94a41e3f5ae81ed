#ifndef BALLOTS_COUNT_PICTURE_H
#define BALLOTS_COUNT_PICTURE_H

#include "ballots/count/report.h"

/*
 * A count as one SVG picture, readable in black and white: the flow of votes
 * between rounds where there are rounds, else the matrix of pairs, else
 * stacked grades, else bars.
 */
void picture_draw(struct writer *w, const struct report *report);

#endif
