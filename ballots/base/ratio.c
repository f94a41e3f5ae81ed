#include "ballots/base/ratio.h"

#include <assert.h>

__extension__ typedef unsigned __int128 wide;

bool
ratio_reached(struct ratio r, uint64_t part, uint64_t whole)
{
	return (wide)part * r.den >= (wide)whole * r.num;
}

bool
ratio_exceeded(struct ratio r, uint64_t part, uint64_t whole)
{
	return (wide)part * r.den > (wide)whole * r.num;
}

uint64_t
ratio_ceiling(struct ratio r, uint64_t whole)
{
	assert(r.den != 0);
	return (uint64_t)(((wide)whole * r.num + r.den - 1) / r.den);
}

int
ratio_compare(struct ratio a, struct ratio b)
{
	uint64_t left = (uint64_t)a.num * b.den;
	uint64_t right = (uint64_t)b.num * a.den;

	return (left > right) - (left < right);
}

uint64_t
ratio_root(uint64_t value)
{
	uint64_t root = 0;

	/* One bit at a time, from the highest that can be in a root. */
	for (uint64_t bit = (uint64_t)1 << 31; bit > 0; bit >>= 1) {
		uint64_t more = root | bit;

		if (more * more <= value)
			root = more;
	}
	return root;
}
