#include "ballots/count/totals.h"

#include "ballots/base/mem.h"

static void
show(const struct method_rules *rules, uint32_t n, const wide *totals,
	const char *title, struct steps *steps)
{
	struct steps_table *t = steps_begin(steps, STEPS_BARS, title);
	struct writer text = {0};

	steps_column(t, "votes", STEPS_NUMBER);
	for (uint32_t i = 0; i < n; i++) {
		if (!method_eligible(rules, i))
			continue;
		writer_rewind(&text);
		wide_put(&text, totals[i]);
		steps_option_row(t, i);
		steps_cell(t, writer_view(&text));
	}
	writer_clear(&text);
}

/* The eligible options in order of index, each where it stands by total. */
static void
rank(const struct method_rules *rules, uint32_t n, const wide *totals,
	struct result *out)
{
	bool *done = mem_new_array(n, sizeof(*done));
	struct result_list best = {0};

	for (;;) {
		best.n = 0;
		for (uint32_t i = 0; i < n; i++) {
			if (done[i] || !method_eligible(rules, i))
				continue;
			if (best.n > 0 && totals[i] > totals[best.at[0]])
				best.n = 0;
			if (best.n == 0 || totals[i] == totals[best.at[0]])
				result_add(&best, i);
		}
		if (best.n == 0)
			break;
		for (size_t i = 0; i < best.n; i++)
			done[best.at[i]] = true;
		result_add_all(result_group(out), &best);
	}
	result_free(&best);
	mem_free(done);
}

void
totals_finish(const struct method_rules *rules, uint32_t n, const wide *totals,
	const char *title, struct result *out)
{
	show(rules, n, totals, title, &out->steps);
	rank(rules, n, totals, out);
	result_finish(out, rules->seats, rules->lot);
}
