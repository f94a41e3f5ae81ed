#ifndef BALLOTS_COUNT_MEEK_H
#define BALLOTS_COUNT_MEEK_H

#include "ballots/count/method.h"

/*
 * Single transferable vote by Meek, in the arithmetic of the reference rule:
 * nine decimals, omega 0.000001.
 *
 * Each elected option keeps a share of every ballot that reaches it, just
 * large enough to hold the quota; the rest goes on.  Products and quotients
 * of keep factors are rounded up; the quota is the votes in play / (seats +
 * 1), cut off, plus 0.000000001.  Whoever has the quota is elected at once,
 * several in the order of the options.  When the surplus of all elected
 * options together is below omega or falls no more, the lowest hopeful is
 * excluded; who lies within that surplus of it is its equal, and equals are
 * for the lot.
 *
 * Ballots whose first preference is an overvote are set aside with overvote
 * exhaust.
 */
extern const struct method meek_method;

#endif
