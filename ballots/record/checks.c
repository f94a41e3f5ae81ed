#include "ballots/record/checks.h"

static const char *const answers[] = {
#define CHECKS_NAME(code, name) name,
	CHECKS_ANSWERS(CHECKS_NAME)
#undef CHECKS_NAME
};

const char *
checks_answer_name(enum checks_answer answer)
{
	return answers[answer];
}

bool
checks_note(struct checks *c, int check, enum verdict verdict)
{
	if (!c->made[check] || c->verdict[check] == VERDICT_OK)
		c->verdict[check] = verdict;
	c->made[check] = true;
	return verdict == VERDICT_OK;
}

bool
checks_yes(const struct checks *c, int check)
{
	return c->made[check] && c->verdict[check] == VERDICT_OK;
}

enum checks_answer
checks_worst(const struct checks *c, const struct checks_table *t)
{
	enum checks_answer worst = CHECKS_VALID;

	for (int i = 0; i < t->n; i++)
		if (c->made[i] && c->verdict[i] != VERDICT_OK &&
			t->rows[i].answer > worst)
			worst = t->rows[i].answer;
	return worst;
}
