#include "ballots/count/score.h"

#include "ballots/base/mem.h"
#include "ballots/count/scale.h"
#include "ballots/count/totals.h"

static bool
is_score(uint16_t mark)
{
	return mark != PROFILE_BLANK && mark != PROFILE_NO_OPINION;
}

static int64_t
adds(const struct method_rules *rules, uint16_t mark)
{
	return is_score(mark) ? scale_value(rules, mark) : 0;
}

static bool
prefers(const struct method_rules *rules, const uint16_t *marks, uint32_t a,
	uint32_t b)
{
	return adds(rules, marks[a]) > adds(rules, marks[b]);
}

/* Weights are below 2^63 and scores below 2^32 together: sums fit. */
static enum verdict
count(const struct method_rules *rules, const struct profile *p,
	struct result *out)
{
	wide *totals = mem_new_array(p->options, sizeof(*totals));

	for (size_t row = 0; row < p->rows; row++) {
		uint64_t weight = profile_weight(p, row);
		bool blank = true;

		for (uint32_t i = 0; i < p->options; i++) {
			uint16_t mark = profile_mark(p, row, i);

			totals[i] += (wide)weight * adds(rules, mark);
			blank = blank && !is_score(mark);
		}
		*(blank ? &out->blank : &out->valid) += weight;
	}
	totals_finish(rules, p->options, totals, "Sum of scores", out);

	mem_free(totals);
	return VERDICT_OK;
}

const struct method score_method = {
	.name = "score",
	.title = "Score",
	.marks = METHOD_SCORES,
	.many_seats = true,
	.options_max = PROFILE_OPTIONS_MAX,
	.prefers = prefers,
	.count = count,
};
