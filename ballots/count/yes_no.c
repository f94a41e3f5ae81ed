#include "ballots/count/yes_no.h"

#include "ballots/count/ranks.h"
#include "ballots/count/threshold.h"

/* The subject, the status quo, and a column for those who abstain. */
#define OPTIONS_MAX 3

/* What is decided, and what stands if it is not. */
struct sides {
	uint32_t subject, status_quo; /* METHOD_NO_OPTION: not an option */
};

static struct sides
sides_of(const struct method_rules *rules, uint32_t options)
{
	uint32_t status_quo = rules->default_option;

	if (options == 1)
		return (struct sides){0, METHOD_NO_OPTION};
	if (status_quo == METHOD_NO_OPTION)
		status_quo = 1;
	return (struct sides){status_quo == 0 ? 1 : 0, status_quo};
}

/* The answer on one option: a against METHOD_NO_OPTION is a yes. */
static bool
prefers(const struct method_rules *rules, const uint16_t *marks, uint32_t a,
	uint32_t b)
{
	if (a == METHOD_NO_OPTION)
		return marks[b] == PROFILE_NO;
	if (b == METHOD_NO_OPTION)
		return marks[a] == PROFILE_YES;
	return ranks_prefers(rules, marks, a, b);
}

static void
show(const struct threshold *t, uint64_t abstain, struct steps *steps)
{
	struct steps_table *table = steps_begin(steps, STEPS_BARS, "Answers");

	steps_column(table, "votes", STEPS_NUMBER);
	steps_row(table, "yes");
	steps_number(table, t->in_favour);
	steps_row(table, "no");
	steps_number(table, t->against);
	steps_row(table, "abstain");
	steps_number(table, abstain);
	steps_note(table, STEPS_NOBODY,
		t->quorum ? "yes reaches the quorum"
			  : "yes falls short of the quorum");
	steps_note(table, STEPS_NOBODY,
		t->majority ? "yes has the majority"
			    : "yes falls short of the majority");
}

static void
decide(const struct threshold *t, struct sides sides, struct result *out)
{
	bool passed = t->quorum && t->majority;

	out->outcome = passed ? RESULT_PASSED : RESULT_REJECTED;
	if (passed)
		result_add(&out->winners, sides.subject);
	else if (sides.status_quo != METHOD_NO_OPTION)
		result_add(&out->winners, sides.status_quo);
}

/* Who answers what; the weight of all others is returned. */
static uint64_t
weigh(const struct method_rules *rules, const struct profile *p,
	struct sides sides, struct threshold *t)
{
	uint64_t abstain = 0;

	for (size_t row = 0; row < p->rows; row++) {
		uint64_t weight = profile_weight(p, row);
		uint16_t marks[OPTIONS_MAX];

		profile_row(p, row, marks);
		if (prefers(rules, marks, sides.subject, sides.status_quo))
			t->in_favour += weight;
		else if (prefers(rules, marks, sides.status_quo, sides.subject))
			t->against += weight;
		else
			abstain += weight;
	}
	return abstain;
}

static enum verdict
count(const struct method_rules *rules, const struct profile *p,
	struct result *out)
{
	struct sides sides = sides_of(rules, p->options);
	struct threshold t = {0};
	uint64_t abstain = weigh(rules, p, sides, &t);

	threshold_test(rules, sides.subject, &t);
	show(&t, abstain, &out->steps);
	decide(&t, sides, out);
	out->valid = p->total;
	return VERDICT_OK;
}

const struct method yes_no_method = {
	.name = "yes-no",
	.title = "Yes, no, abstain",
	.marks = METHOD_RANKS,
	.choice = true,
	.decides = true,
	.options_max = OPTIONS_MAX,
	.prefers = prefers,
	.count = count,
};
