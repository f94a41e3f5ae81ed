#include "ballots/count/plurality.h"

#include "ballots/base/mem.h"
#include "ballots/count/ranks.h"
#include "ballots/count/totals.h"

static enum verdict
count(const struct method_rules *rules, const struct profile *p,
	struct result *out)
{
	wide *totals = mem_new_array(p->options, sizeof(*totals));
	uint16_t *marks = mem_new_array(p->options, sizeof(*marks));

	for (size_t row = 0; row < p->rows; row++) {
		uint64_t weight = profile_weight(p, row);
		uint32_t first;

		profile_row(p, row, marks);
		first = ranks_first(rules, marks, p->options);
		if (first == RANKS_NONE) {
			out->blank += weight;
		} else if (first == RANKS_SEVERAL) {
			out->set_aside += weight;
		} else {
			totals[first] += weight;
			out->valid += weight;
		}
	}
	totals_finish(rules, p->options, totals, "First choices", out);

	mem_free(marks);
	mem_free(totals);
	return VERDICT_OK;
}

const struct method plurality_method = {
	.name = "plurality",
	.title = "Plurality",
	.marks = METHOD_RANKS,
	.choice = true,
	.many_seats = true,
	.options_max = PROFILE_OPTIONS_MAX,
	.prefers = ranks_prefers,
	.count = count,
};
