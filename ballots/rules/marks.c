#include "ballots/rules/marks.h"

#include "ballots/base/limits.h"
#include "ballots/count/plurality.h"
#include "ballots/count/ranked_pairs.h"
#include "ballots/count/schulze.h"
#include "ballots/count/yes_no.h"

static bool
is_yes_no(const struct method *m)
{
	return m == &yes_no_method;
}

/* Equal ranks and "no opinion" mean something to these only. */
static bool
is_pairwise(const struct method *m)
{
	return m == &schulze_method || m == &ranked_pairs_method;
}

uint32_t
marks_count(const struct method *m, uint32_t n_options)
{
	return is_yes_no(m) ? 1 : n_options;
}

static bool
all_within(const int16_t *marks, uint32_t n, int32_t low, int32_t high)
{
	for (uint32_t i = 0; i < n; i++)
		if (marks[i] < low || marks[i] > high)
			return false;
	return true;
}

/* Each rank at most once. */
static bool
all_differ(const int16_t *marks, uint32_t n)
{
	bool seen[LIMIT_OPTIONS + 1] = {false};

	for (uint32_t i = 0; i < n; i++) {
		if (marks[i] > 0 && seen[marks[i]])
			return false;
		if (marks[i] > 0)
			seen[marks[i]] = true;
	}
	return true;
}

static bool
one_only(const int16_t *marks, uint32_t n)
{
	uint32_t ones = 0;

	for (uint32_t i = 0; i < n; i++)
		ones += marks[i] == 1;
	return ones == 1;
}

enum verdict
marks_check(const struct method *m, int32_t low, int32_t high,
	const int16_t *marks, uint32_t n)
{
	bool fits;

	if (is_yes_no(m))
		fits = all_within(marks, n, -1, 1);
	else if (is_pairwise(m))
		fits = all_within(marks, n, -1, (int32_t)n);
	else if (m == &plurality_method)
		fits = all_within(marks, n, 0, 1) && one_only(marks, n);
	else if (m->marks == METHOD_RANKS)
		fits = all_within(marks, n, 0, (int32_t)n) &&
		       all_differ(marks, n);
	else if (m->marks == METHOD_SCORES)
		fits = all_within(marks, n, low, high);
	else if (m->marks == METHOD_GRADES)
		fits = all_within(marks, n, 0, high);
	else
		fits = all_within(marks, n, 0, 1);
	return fits ? VERDICT_OK : VERDICT_INVALID_BALLOT;
}

static uint16_t
translate(const struct method *m, int32_t low, int16_t mark)
{
	if (is_yes_no(m))
		return mark < 0 ? PROFILE_NO : (uint16_t)mark;
	if (m->marks == METHOD_SCORES)
		return (uint16_t)(1 + mark - low);
	if (mark < 0)
		return PROFILE_NO_OPINION;
	return (uint16_t)mark;
}

void
marks_translate(const struct method *m, int32_t low, const int16_t *marks,
	uint32_t n, uint16_t *out)
{
	for (uint32_t i = 0; i < n; i++)
		out[i] = translate(m, low, marks[i]);
}

/* Ranked before unranked, lower before higher; equal says nothing. */
static int
compare_ranks(int16_t a, int16_t b)
{
	if (a < 0 || b < 0 || a == b)
		return 0;
	if (a == 0 || b == 0)
		return a == 0 ? -1 : 1;
	return a < b ? 1 : -1;
}

int
marks_prefer(const struct method *m, const int16_t *marks, uint32_t i)
{
	if (is_yes_no(m))
		return marks[0];
	if (m->marks == METHOD_RANKS)
		return compare_ranks(marks[i], marks[0]);
	if (m->marks == METHOD_GRADES && (marks[i] == 0 || marks[0] == 0))
		return 0; /* no opinion */
	return (marks[i] > marks[0]) - (marks[i] < marks[0]);
}
