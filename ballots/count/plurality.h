#ifndef BALLOTS_COUNT_PLURALITY_H
#define BALLOTS_COUNT_PLURALITY_H

#include "ballots/count/method.h"

/*
 * Plurality: each ballot counts for its first option.  Ballots with two
 * options in first place are set aside; ballots that rank none are blank.
 * Options that are not eligible are passed over.
 */
extern const struct method plurality_method;

#endif
