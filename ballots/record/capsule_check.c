#include "ballots/record/capsule_check.h"

#include <string.h>

#include "ballots/record/verify.h"

static const struct checks_row rows[] = {
#define CAPSULE_ROW(code, name, yes, no, answer)                               \
	{name, yes, no, CHECKS_##answer},
	CAPSULE_CHECKS(CAPSULE_ROW)
#undef CAPSULE_ROW
};

static const struct checks_table table = {rows, CAPSULE_CHECK_COUNT};

const struct checks_table *
capsule_check_table(void)
{
	return &table;
}

/* Checks that a credential alone has too. */
static const struct {
	enum capsule_check_row row;
	enum verify_check check;
} shared[] = {
	{CAPSULE_SIGNATURES, VERIFY_SIGNATURES},
	{CAPSULE_ISSUER, VERIFY_ISSUER},
	{CAPSULE_TRUST, VERIFY_TRUST},
	{CAPSULE_BEGUN, VERIFY_BEGUN},
	{CAPSULE_NOT_OVER, VERIFY_NOT_OVER},
};

static void
check_credential(struct capsule_check *c, const struct capsule_check_with *with)
{
	const struct verify_with w = {with->trust, with->now_s, NULL, 0};
	struct credential same;
	struct checks its = {0};

	verify_credential(c->parts.capsule.credential, &w, &its, &same);
	for (size_t i = 0; i < sizeof(shared) / sizeof(shared[0]); i++)
		if (its.made[shared[i].check])
			checks_note(&c->checks, (int)shared[i].row,
				its.verdict[shared[i].check]);
}

void
capsule_check_run(struct bytes doc, const struct capsule_check_with *with,
	struct capsule_check *out)
{
	memset(out, 0, sizeof(*out));
	out->read = checks_note(&out->checks, CAPSULE_FORM,
		capsule_parts_read(doc, &out->parts));
	if (!out->read)
		return;
	check_credential(out, with);
	for (int row = 0; row < CAPSULE_CHECK_COUNT; row++)
		if (capsule_judge_due(row, &out->checks, &out->parts, with))
			checks_note(&out->checks, row,
				capsule_judge_row(row, &out->parts, with));
}

void
capsule_check_clear(struct capsule_check *c)
{
	if (c->read)
		capsule_parts_clear(&c->parts);
}

enum checks_answer
capsule_check_answer(const struct capsule_check *c)
{
	return c->read ? checks_worst(&c->checks, &table) : CHECKS_NOT_PROVEN;
}
