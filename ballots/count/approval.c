#include "ballots/count/approval.h"

#include "ballots/base/mem.h"
#include "ballots/count/totals.h"

static bool
approves(uint16_t mark)
{
	return mark != PROFILE_BLANK && mark != PROFILE_NO_OPINION;
}

static bool
prefers(const struct method_rules *rules, const uint16_t *marks, uint32_t a,
	uint32_t b)
{
	(void)rules;
	return approves(marks[a]) && !approves(marks[b]);
}

static enum verdict
count(const struct method_rules *rules, const struct profile *p,
	struct result *out)
{
	wide *totals = mem_new_array(p->options, sizeof(*totals));

	for (size_t row = 0; row < p->rows; row++) {
		uint64_t weight = profile_weight(p, row);
		bool blank = true;

		for (uint32_t i = 0; i < p->options; i++) {
			if (!approves(profile_mark(p, row, i)))
				continue;
			totals[i] += weight;
			blank = false;
		}
		*(blank ? &out->blank : &out->valid) += weight;
	}
	totals_finish(rules, p->options, totals, "Approvals", out);

	mem_free(totals);
	return VERDICT_OK;
}

const struct method approval_method = {
	.name = "approval",
	.title = "Approval",
	.marks = METHOD_APPROVALS,
	.many_seats = true,
	.options_max = PROFILE_OPTIONS_MAX,
	.prefers = prefers,
	.count = count,
};
