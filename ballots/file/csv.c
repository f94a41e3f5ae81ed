#include "ballots/file/csv.h"

#include "ballots/base/writer.h"

/* Add an option with the name in cell, doubled quotation marks made single. */
static void
add_option(struct scan *t, struct election *e, struct scan_cell cell)
{
	struct writer name = {0};

	scan_unquote(cell, &name);
	election_add_option(e, t, cell.text.data, writer_view(&name));
	writer_clear(&name);
}

/* The names of the options.  True when a column of counts stands first. */
static bool
read_heading(struct scan *t, struct election *e)
{
	struct scan_cell cell = scan_cell(t, ',');
	bool counted = bytes_equal(cell.text, BYTES("count"));

	if (!counted)
		add_option(t, e, cell);
	else if (cell.last)
		scan_fail(t, scan_behind(cell.text), "names of options");
	while (!cell.last && !scan_failed(t)) {
		cell = scan_cell(t, ',');
		add_option(t, e, cell);
	}
	return counted;
}

/* The number of a scale's levels. */
static uint32_t
levels(int32_t low, int32_t high)
{
	return (uint32_t)(high > low ? high - low : low - high) + 1;
}

static uint32_t
highest_mark(const struct election *e)
{
	switch (e->wanted.marks) {
	case METHOD_RANKS:
		return e->n_options;
	case METHOD_APPROVALS:
		return 1;
	default:
		return levels(e->low, e->high);
	}
}

/* A score or grade, which may be negative, as a mark (profile.h). */
static uint16_t
read_level(struct scan *t, const struct election *e, struct bytes *rest)
{
	const uint8_t *where = rest->data;
	int64_t sign = scan_take(rest, '-') ? -1 : 1;
	int64_t value = sign * (int64_t)scan_number(t, rest, 0, INT32_MAX,
				       "a score or grade, its size");
	int64_t step = e->high >= e->low ? 1 : -1;
	int64_t distance = (value - e->low) * step;

	if (distance < 0 || distance >= levels(e->low, e->high))
		scan_fail(t, where, "a score or grade of the scale %d..%d",
			e->low, e->high);
	return (uint16_t)(distance + 1);
}

/* On a single option, a choice is an answer: yes or no. */
static bool
is_answer(const struct election *e)
{
	return e->wanted.choice && e->n_options == 1;
}

static uint16_t
read_mark(struct scan *t, const struct election *e, struct bytes cell)
{
	struct bytes rest = cell;
	uint16_t mark;

	if (cell.len == 0)
		return PROFILE_BLANK;
	if (cell.len == 1 && cell.data[0] == '-')
		return PROFILE_NO_OPINION;
	if (e->wanted.choice && scan_take(&rest, '0'))
		mark = is_answer(e) ? PROFILE_NO : PROFILE_BLANK;
	else if (e->wanted.marks == METHOD_RANKS)
		mark = (uint16_t)scan_number(t, &rest, 1,
			is_answer(e) ? PROFILE_NO : PROFILE_MARK_MAX, "a rank");
	else if (e->wanted.marks == METHOD_APPROVALS)
		mark = (uint16_t)scan_number(t, &rest, 0, 1, "a number");
	else
		mark = read_level(t, e, &rest);
	if (rest.len > 0)
		scan_fail(t, rest.data, "the end of the cell");
	return mark;
}

/* Ranks may have gaps, but marks are no more than there are options. */
static void
close_gaps(struct election *e)
{
	for (uint32_t i = 0; i < e->n_options; i++) {
		if (e->marks[i] > e->n_options &&
			e->marks[i] != PROFILE_NO_OPINION) {
			profile_close_gaps(e->marks, e->n_options);
			return;
		}
	}
}

/*
 * Take the commonest cell of all: a rank of one or two digits, and a comma.
 * False, and nothing taken, for anything else.
 */
static bool
take_short_rank(struct scan *t, uint16_t *mark)
{
	const uint8_t *p = t->at;
	uint8_t tens = 0, ones;

	if (t->end - p < 3)
		return false;
	ones = (uint8_t)(*p++ - '0');
	if (*p != ',') {
		tens = ones;
		ones = (uint8_t)(*p++ - '0');
	}
	if (*p != ',' || tens > 9 || ones > 9 || (tens | ones) == 0)
		return false;
	*mark = (uint16_t)(tens * 10 + ones);
	t->at = p + 1;
	return true;
}

static void
read_ballot(struct scan *t, struct election *e, bool counted)
{
	bool ranks = e->wanted.marks == METHOD_RANKS && !e->wanted.choice;
	const uint8_t *from = t->at;
	struct scan_cell cell = {.last = false};
	uint64_t weight = 1;

	if (counted) {
		cell = scan_cell(t, ',');
		weight = scan_number(t, &cell.text, 1, PROFILE_WEIGHT_MAX,
			"a number of ballots");
		if (cell.text.len > 0)
			scan_fail(t, cell.text.data, "the end of the cell");
	}
	for (uint32_t i = 0; i < e->n_options && !scan_failed(t); i++) {
		if (cell.last)
			scan_fail(t, scan_behind(cell.text),
				"a cell for each of %u options", e->n_options);
		if (ranks && take_short_rank(t, &e->marks[i]))
			continue;
		cell = scan_cell(t, ',');
		e->marks[i] = read_mark(t, e, cell.text);
	}
	if (!cell.last)
		scan_fail(t, t->at - 1, "the end of the line after %u options",
			e->n_options);
	if (e->wanted.marks == METHOD_RANKS && !is_answer(e))
		close_gaps(e);
	election_add_ballot(e, t, from, weight);
}

void
csv_read(struct scan *t, struct election *e)
{
	bool counted = read_heading(t, e);

	election_open(e, t, t->all.data, e->n_options, highest_mark(e));
	while (!scan_ended(t))
		read_ballot(t, e, counted);
}

bool
csv_suits(struct bytes file)
{
	return bytes_find(bytes_cut(&file, '\n'), ',') < SIZE_MAX &&
	       file.len > 0;
}
