#include "ballots/count/methods.h"

#include <assert.h>

#include "ballots/base/mem.h"
#include "ballots/count/approval.h"
#include "ballots/count/equal_shares.h"
#include "ballots/count/irv.h"
#include "ballots/count/judgment.h"
#include "ballots/count/meek.h"
#include "ballots/count/plurality.h"
#include "ballots/count/ranked_pairs.h"
#include "ballots/count/schulze.h"
#include "ballots/count/score.h"
#include "ballots/count/threshold.h"
#include "ballots/count/wigm.h"
#include "ballots/count/yes_no.h"

static const struct method *const table[] = {
	&yes_no_method,
	&plurality_method,
	&approval_method,
	&score_method,
	&irv_method,
	&wigm_method,
	&meek_method,
	&equal_shares_method,
	&schulze_method,
	&ranked_pairs_method,
	&judgment_method,
};

const struct method *
methods_at(size_t i)
{
	return i < sizeof(table) / sizeof(table[0]) ? table[i] : NULL;
}

const struct method *
methods_find(struct bytes name)
{
	const struct method *m;

	for (size_t i = 0; (m = methods_at(i)) != NULL; i++)
		if (bytes_equal(bytes_of_string(m->name), name))
			return m;
	return NULL;
}

/* Drop what fails against the default, then count the rest. */
static enum verdict
count_survivors(const struct method *m, const struct method_rules *rules,
	const struct profile *p, struct result *out)
{
	struct threshold *lines = mem_new_array(p->options, sizeof(*lines));
	bool *eligible = mem_new_array(p->options, sizeof(*eligible));
	struct method_rules survivors = *rules;
	enum verdict v;

	threshold_weigh(m, rules, p, lines);
	threshold_show(rules, lines, p->options, &out->steps);
	for (uint32_t i = 0; i < p->options; i++)
		eligible[i] =
			method_eligible(rules, i) &&
			(i == rules->default_option
					? rules->seats == 1
					: lines[i].quorum && lines[i].majority);
	survivors.eligible = eligible;
	v = m->count(&survivors, p, out);

	mem_free(eligible);
	mem_free(lines);
	return v;
}

enum verdict
methods_count(const struct method *m, const struct method_rules *rules,
	const struct profile *p, struct result *out)
{
	assert(rules->seats >= 1 && rules->seats <= p->options);
	if (p->options > m->options_max)
		return VERDICT_TOO_LARGE;
	if (m->decides || rules->default_option == METHOD_NO_OPTION)
		return m->count(rules, p, out);
	return count_survivors(m, rules, p, out);
}
