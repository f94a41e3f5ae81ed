#include "cli/practice.h"

#include "ballots/record/origin.h"

bool
practice_tell(struct output *out, struct bytes origin)
{
	bool rehearsal = origin_is_rehearsal(origin);

	if (rehearsal)
		output_line(out,
			"  A REHEARSAL: of a practice union, not of a real "
			"one; it proves nothing else.");
	return rehearsal;
}

struct bytes
practice_origin(const struct credential *c)
{
	struct bytes quoted = c->claim[CREDENTIAL_HAS_UNION].span;

	if ((c->claims & FORM_BIT(CREDENTIAL_HAS_UNION)) == 0)
		return BYTES("");
	return bytes_slice(quoted, 1, quoted.len - 2);
}

void
practice_tell_clock(struct output *out, const struct checks_table *table,
	const struct checks *c)
{
	bool early = false;

	for (int i = 0; i < table->n; i++)
		early |= c->made[i] && c->verdict[i] == VERDICT_EARLY;
	if (early)
		output_line(out,
			"  A rehearsal's clock is moved by hand: --at TIME "
			"judges as of a time on it.");
}
