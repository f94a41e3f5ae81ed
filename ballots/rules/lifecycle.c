#include "ballots/rules/lifecycle.h"

int
lifecycle_step(
	const struct lifecycle_move *moves, size_t n, int phase, int event)
{
	for (size_t i = 0; i < n; i++)
		if (moves[i].event == event &&
			(moves[i].from & LIFECYCLE_IN(phase)) != 0)
			return moves[i].to == LIFECYCLE_SAME ? phase
							     : moves[i].to;
	return LIFECYCLE_NO;
}
