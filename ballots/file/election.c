#include "ballots/file/election.h"

#include <string.h>

#include "ballots/base/mem.h"

struct election
election_of(struct election_wanted wanted)
{
	return (struct election){
		.default_option = METHOD_NO_OPTION,
		.low = wanted.low,
		.high = wanted.high,
		.wanted = wanted,
	};
}

void
election_clear(struct election *e)
{
	for (uint32_t i = 0; i < e->n_options; i++)
		mem_free((void *)e->options[i].data);
	mem_free(e->options);
	mem_free(e->costs);
	mem_free(e->marks);
	profile_clear(&e->profile);
	*e = (struct election){.default_option = METHOD_NO_OPTION};
}

uint32_t
election_option(const struct election *e, struct bytes name)
{
	for (uint32_t i = 0; i < e->n_options; i++)
		if (bytes_equal(e->options[i], name))
			return i;
	return METHOD_NO_OPTION;
}

void
election_add_option(struct election *e, struct scan *t, const uint8_t *where,
	struct bytes name)
{
	if (scan_failed(t))
		return;
	if (name.len == 0)
		scan_fail(t, where, "the name of an option");
	else if (bytes_find(name, '\n') < name.len)
		scan_fail(t, where, "the name of an option in one line");
	else if (election_option(e, name) != METHOD_NO_OPTION)
		scan_fail(t, where, "a name that no other option has");
	else if (e->n_options == PROFILE_OPTIONS_MAX)
		scan_fail(t, where, "at most %d options", PROFILE_OPTIONS_MAX);
	if (scan_failed(t))
		return;
	e->options = mem_grow(e->options, &e->options_cap, e->n_options + 1,
		sizeof(*e->options));
	e->options[e->n_options++] =
		bytes_of(mem_copy(name.data, name.len), name.len);
}

void
election_open(struct election *e, struct scan *t, const uint8_t *where,
	uint64_t n, uint32_t highest)
{
	if (n == 0 || n > PROFILE_OPTIONS_MAX)
		scan_fail(
			t, where, "from 1 to %d options", PROFILE_OPTIONS_MAX);
	if (scan_failed(t))
		return;
	profile_init(&e->profile, (uint32_t)n, highest);
	e->marks = mem_new_array((size_t)n, sizeof(*e->marks));
}

void
election_add_ballot(struct election *e, struct scan *t, const uint8_t *where,
	uint64_t weight)
{
	enum verdict v;

	if (scan_failed(t))
		return;
	v = profile_add(&e->profile, e->marks, weight);
	memset(e->marks, 0, e->profile.options * sizeof(*e->marks));
	if (v == VERDICT_OVERFLOW)
		scan_fail(t, where, "fewer than 2^63 ballots in all");
	else if (v != VERDICT_OK)
		scan_fail(t, where, "at most %zu bytes of marks in all",
			PROFILE_BYTES_MAX);
}

void
election_gives(const struct election *e, struct scan *t, const uint8_t *where,
	enum method_marks marks)
{
	static const char *const names[] = {
		[METHOD_RANKS] = "ranks",
		[METHOD_APPROVALS] = "approvals",
		[METHOD_SCORES] = "scores",
		[METHOD_GRADES] = "grades",
	};

	if (e->wanted.marks != marks)
		scan_fail(t, where,
			"%s, which the method counts; this file holds %s",
			names[e->wanted.marks], names[marks]);
}
