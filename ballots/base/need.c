#include "ballots/base/need.h"

/* n, but at least 1 and at most e (or 1). */
static uint64_t
within(uint64_t n, uint64_t e)
{
	if (n > e)
		n = e;
	return n == 0 ? 1 : n;
}

uint64_t
need_k(uint64_t e)
{
	uint64_t k = 1;

	while (k < 5 && 4 * k * k < e)
		k++;
	return k;
}

uint64_t
need_sponsors(const struct need *need, uint64_t e)
{
	return within(need->by_share ? ratio_ceiling(need->share, e)
				     : need->times * need_k(e),
		e);
}

bool
need_quorum(const struct need *need, uint64_t in_favour, uint64_t e)
{
	if (!need->few && in_favour < (e < 5 ? e : 5))
		return false;
	if (in_favour >= e)
		return true;
	return need->by_share
		       ? ratio_reached(need->share, in_favour, e)
		       : ratio_reached(need->root, in_favour * in_favour, e);
}

bool
need_majority(struct ratio majority, uint64_t in_favour, uint64_t against)
{
	if (in_favour <= against)
		return false;
	return 2 * majority.num <= majority.den ||
	       ratio_reached(majority, in_favour, in_favour + against);
}
