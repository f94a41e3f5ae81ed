#include "ballots/count/scale.h"

#include <assert.h>

static int64_t
span(const struct method_rules *rules)
{
	return (int64_t)rules->high - rules->low;
}

uint32_t
scale_levels(const struct method_rules *rules)
{
	int64_t s = span(rules);

	return (uint32_t)((s < 0 ? -s : s) + 1);
}

int64_t
scale_value(const struct method_rules *rules, uint16_t mark)
{
	int64_t steps = (int64_t)mark - 1;

	assert(mark >= 1);
	return rules->low + (span(rules) < 0 ? -steps : steps);
}

uint16_t
scale_mark(const struct method_rules *rules, int64_t value)
{
	int64_t steps =
		span(rules) < 0 ? rules->low - value : value - rules->low;

	if (steps < 0 || steps >= scale_levels(rules) ||
		steps >= PROFILE_MARK_MAX)
		return PROFILE_BLANK;
	return (uint16_t)(steps + 1);
}
