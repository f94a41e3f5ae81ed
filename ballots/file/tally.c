#include "ballots/file/tally.h"

/*
 * "  |/  Option 3---->: Name": the name, or an empty view when the line
 * draws no option.  Such a line is slashes, bars, "Option", a number, an
 * arrow, a colon.
 */
static struct bytes
drawn_option(struct bytes line, uint64_t *number)
{
	static const struct bytes word = BYTES("Option ");
	struct bytes none = {line.data, 0};

	while (scan_take(&line, ' ') || scan_take(&line, '\t') ||
		scan_take(&line, '/') || scan_take(&line, '|'))
		continue;
	if (!bytes_start_with(line, word))
		return none;
	line = bytes_slice(line, word.len, line.len);
	*number = 0;
	while (line.len > 0 && line.data[0] >= '0' && line.data[0] <= '9' &&
		*number < PROFILE_OPTIONS_MAX) {
		*number = *number * 10 + (line.data[0] - '0');
		line = bytes_slice(line, 1, line.len);
	}
	while (scan_take(&line, '-'))
		continue;
	if (!scan_take(&line, '>') || !scan_take(&line, ':'))
		return none;
	return scan_trim(line);
}

/* One mark a character, then white space. */
static void
read_ballot(struct scan *t, struct election *e, struct bytes line)
{
	struct bytes rest = bytes_slice(line, 2, line.len);
	struct bytes marks = scan_word(&rest);

	for (uint32_t i = 0; i < e->n_options && !scan_failed(t); i++) {
		uint8_t mark = i < marks.len ? marks.data[i] : 0;

		if (mark >= '1' && mark <= '9')
			e->marks[i] = (uint16_t)(mark - '0');
		else if (mark != '-')
			scan_fail(t, marks.data + i,
				"a rank from 1 to 9 or - for option %u of %u",
				i + 1, e->n_options);
	}
	if (marks.len > e->n_options)
		scan_fail(t, marks.data + e->n_options,
			"one rank for each of %u options", e->n_options);
	election_add_ballot(e, t, line.data, 1);
}

/* Options up to the first ballot; what else stands there is explanation. */
static struct bytes
read_heading(struct scan *t, struct election *e)
{
	struct bytes line = {t->at, 0};

	while (!scan_ended(t)) {
		uint64_t number;
		struct bytes name;

		line = scan_line(t);
		if (bytes_start_with(line, BYTES("V:")))
			return line;
		name = drawn_option(line, &number);
		if (name.len == 0)
			continue;
		if (number != e->n_options + 1)
			scan_fail(t, line.data, "option %u", e->n_options + 1);
		election_add_option(e, t, name.data, name);
	}
	return bytes_of(t->end, 0);
}

void
tally_read(struct scan *t, struct election *e)
{
	struct bytes line = read_heading(t, e);

	election_gives(e, t, t->all.data, METHOD_RANKS);
	election_open(e, t, line.data, e->n_options,
		e->n_options < 9 ? 9 : e->n_options);
	e->default_option = e->n_options - 1;
	while (line.len > 0 && !scan_failed(t)) {
		if (!bytes_start_with(line, BYTES("V:")))
			scan_fail(t, line.data, "a ballot: V: and ranks");
		read_ballot(t, e, line);
		line = scan_full_line(t);
	}
}

bool
tally_suits(struct bytes file)
{
	while (file.len > 0) {
		uint64_t number;

		if (drawn_option(bytes_cut(&file, '\n'), &number).len > 0)
			return number == 1;
	}
	return false;
}
