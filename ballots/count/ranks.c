#include "ballots/count/ranks.h"

/* Unranked comes after every rank: 0 wraps round to the highest number. */
static uint16_t
place(uint16_t mark)
{
	return (uint16_t)(mark - 1);
}

uint32_t
ranks_first(const struct method_rules *rules, const uint16_t *marks,
	uint32_t options)
{
	uint32_t first = RANKS_NONE;
	uint16_t best = PROFILE_NO_OPINION;

	for (uint32_t i = 0; i < options; i++) {
		if (marks[i] == PROFILE_BLANK || marks[i] == PROFILE_NO_OPINION)
			continue;
		if (!method_eligible(rules, i))
			continue;
		if (marks[i] < best) {
			best = marks[i];
			first = i;
		} else if (marks[i] == best) {
			first = RANKS_SEVERAL;
		}
	}
	return first;
}

bool
ranks_prefers(const struct method_rules *rules, const uint16_t *marks,
	uint32_t a, uint32_t b)
{
	(void)rules;
	if (marks[a] == PROFILE_NO_OPINION || marks[b] == PROFILE_NO_OPINION)
		return false;
	return place(marks[a]) < place(marks[b]);
}
