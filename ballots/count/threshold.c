#include "ballots/count/threshold.h"

#include "ballots/base/mem.h"

static struct ratio
ratio_of(const struct method_rules *rules, uint32_t option)
{
	return rules->ratios == NULL ? (struct ratio){1, 1}
				     : rules->ratios[option];
}

void
threshold_test(
	const struct method_rules *rules, uint32_t option, struct threshold *t)
{
	t->quorum = t->in_favour >= rules->quorum;
	t->majority = t->in_favour > t->against &&
		      ratio_reached(ratio_of(rules, option), t->in_favour,
			      t->against);
}

void
threshold_weigh(const struct method *m, const struct method_rules *rules,
	const struct profile *p, struct threshold *out)
{
	uint16_t *marks = mem_new_array(p->options, sizeof(*marks));
	uint32_t status_quo = rules->default_option;

	for (uint32_t i = 0; i < p->options; i++)
		out[i] = (struct threshold){0};
	for (size_t row = 0; row < p->rows; row++) {
		uint64_t weight = profile_weight(p, row);

		profile_row(p, row, marks);
		for (uint32_t i = 0; i < p->options; i++) {
			if (m->prefers(rules, marks, i, status_quo))
				out[i].in_favour += weight;
			else if (m->prefers(rules, marks, status_quo, i))
				out[i].against += weight;
		}
	}
	for (uint32_t i = 0; i < p->options; i++)
		threshold_test(rules, i, &out[i]);
	mem_free(marks);
}

static const char *
fate(const struct threshold *line)
{
	if (!line->quorum)
		return "dropped: no quorum";
	return line->majority ? "stays" : "dropped: no majority";
}

void
threshold_show(const struct method_rules *rules, const struct threshold *lines,
	uint32_t options, struct steps *steps)
{
	struct steps_table *t =
		steps_begin(steps, STEPS_LIST, "Against the default option");

	steps_column(t, "in favour", STEPS_NUMBER);
	steps_column(t, "against", STEPS_NUMBER);
	steps_column(t, "state", STEPS_WORD);
	for (uint32_t i = 0; i < options; i++) {
		if (i == rules->default_option)
			continue;
		steps_option_row(t, i);
		steps_number(t, lines[i].in_favour);
		steps_number(t, lines[i].against);
		steps_word(t, fate(&lines[i]));
	}
}
