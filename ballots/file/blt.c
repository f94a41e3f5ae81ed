#include "ballots/file/blt.h"

#include "ballots/base/mem.h"
#include "ballots/base/reader.h"

/* The places of the file's numbers among those that did not withdraw. */
struct entries {
	uint32_t *index; /* METHOD_NO_OPTION: has withdrawn */
	uint32_t n;
};

static struct bytes
without_comment(struct bytes line)
{
	return bytes_slice(line, 0, bytes_find(line, '#'));
}

/* The next line of numbers. */
static struct bytes
number_line(struct scan *t)
{
	struct bytes line;

	do {
		line = scan_trim(without_comment(scan_full_line(t)));
	} while (line.len == 0 && !scan_ended(t));
	return line;
}

static void
no_more(struct scan *t, struct bytes rest)
{
	scan_blanks(&rest);
	if (rest.len > 0)
		scan_fail(t, rest.data, "the end of the line");
}

/* "-2 -5": withdrawn numbers.  True when line was such a line. */
static bool
read_withdrawn(struct scan *t, struct bytes line, struct entries *in)
{
	if (line.len == 0 || line.data[0] != '-')
		return false;
	while (line.len > 0 && !scan_failed(t)) {
		uint64_t number;

		if (!scan_take(&line, '-'))
			scan_fail(
				t, line.data, "- and the number of an option");
		number = scan_number(
			t, &line, 1, in->n, "the number of an option");
		if (!scan_failed(t))
			in->index[number - 1] = METHOD_NO_OPTION;
		scan_blanks(&line);
	}
	return true;
}

/* One option of a ballot; false at the closing 0. */
static bool
read_option(struct scan *t, struct election *e, const struct entries *in,
	struct bytes *rest, uint16_t rank)
{
	const uint8_t *where = rest->data;
	uint64_t number = scan_number(t, rest, 0, in->n,
		"the number of an option, or 0 to close the ballot,");
	uint32_t option;

	if (number == 0)
		return false;
	option = in->index[number - 1];
	if (option == METHOD_NO_OPTION)
		return true;
	if (e->marks[option] != PROFILE_BLANK)
		scan_fail(t, where, "each option once only in a ballot");
	e->marks[option] = rank;
	return true;
}

/*
 * The ranks of one ballot: "1 2=3 - 4 0".  Ranks that name only options which
 * have withdrawn are no ranks, and neither is a lone "-".
 */
static void
read_ranks(struct scan *t, struct election *e, const struct entries *in,
	struct bytes rest)
{
	uint16_t rank = 1;

	while (!scan_failed(t)) {
		scan_blanks(&rest);
		if (scan_take(&rest, '-'))
			continue;
		if (!read_option(t, e, in, &rest, rank))
			break;
		while (scan_take(&rest, '='))
			if (!read_option(t, e, in, &rest, rank))
				scan_fail(t, rest.data,
					"the number of an option");
		if (rest.len > 0 && rest.data[0] != ' ' && rest.data[0] != '\t')
			scan_fail(t, rest.data, "white space");
		rank++;
	}
	no_more(t, rest);
}

static void
read_ballots(struct scan *t, struct election *e, const struct entries *in,
	struct bytes line)
{
	while (!scan_failed(t)) {
		struct bytes rest = line;
		uint64_t weight = scan_number(t, &rest, 0, PROFILE_WEIGHT_MAX,
			"the number of equal ballots, or 0 after the last,");

		if (weight == 0) {
			no_more(t, rest);
			return;
		}
		if (rest.len == 0)
			scan_fail(t, rest.data, "0 to close the ballot");
		else if (rest.data[0] != ' ' && rest.data[0] != '\t')
			scan_fail(t, rest.data, "white space");
		read_ranks(t, e, in, rest);
		election_add_ballot(e, t, line.data, weight);
		line = number_line(t);
	}
}

/* The next name: in quotation marks, or else a line. */
static struct bytes
read_name(struct scan *t)
{
	const uint8_t *end;

	while (!scan_ended(t) && (*t->at == ' ' || *t->at == '\t' ||
					 *t->at == '\r' || *t->at == '\n'))
		t->at++;
	if (scan_ended(t) || *t->at != '"')
		return scan_trim(scan_line(t));
	for (end = t->at + 1; end < t->end && *end != '"' && *end != '\n';)
		end++;
	if (end == t->end || *end != '"') {
		scan_fail(t, end, "a closing quotation mark");
		return bytes_of(t->end, 0);
	}
	struct bytes name = {t->at + 1, (size_t)(end - t->at - 1)};

	t->at = end + 1;
	if (!scan_ended(t) && *t->at > ' ')
		scan_fail(t, t->at, "white space behind the quotation mark");
	return name;
}

static void
read_names(struct scan *t, struct election *e, const struct entries *in)
{
	for (uint32_t i = 0; i < in->n && !scan_failed(t); i++) {
		struct bytes name = read_name(t);

		if (name.len == 0)
			scan_fail(t, name.data, "the name of option %u of %u",
				i + 1, in->n);
		if (in->index[i] != METHOD_NO_OPTION)
			election_add_option(e, t, name.data, name);
	}
	read_name(t); /* the title, if there is one */
	if (!scan_ended(t) &&
		scan_trim(bytes_of(t->at, (size_t)(t->end - t->at))).len > 0)
		scan_fail(t, t->at,
			"the end of the file after %u names and a title",
			in->n);
}

static void
read_all(struct scan *t, struct election *e, struct entries *in)
{
	const uint8_t *from = t->at;
	struct bytes line = number_line(t);
	uint32_t standing = 0;

	if (read_withdrawn(t, line, in))
		line = number_line(t);
	for (uint32_t i = 0; i < in->n; i++)
		if (in->index[i] != METHOD_NO_OPTION)
			in->index[i] = standing++;
	election_open(e, t, from, standing, standing);
	read_ballots(t, e, in, line);
	read_names(t, e, in);
}

void
blt_read(struct scan *t, struct election *e)
{
	struct bytes line = number_line(t);
	struct entries in;

	in.n = (uint32_t)scan_number(
		t, &line, 1, PROFILE_OPTIONS_MAX, "a number of options");
	scan_blanks(&line);
	e->seats =
		(uint32_t)scan_number(t, &line, 1, in.n, "a number of seats");
	no_more(t, line);
	election_gives(e, t, t->all.data, METHOD_RANKS);
	if (scan_failed(t))
		return;
	in.index = mem_new_array(in.n, sizeof(*in.index));
	read_all(t, e, &in);
	mem_free(in.index);
}

bool
blt_suits(struct bytes file)
{
	struct bytes line = without_comment(bytes_cut(&file, '\n'));
	struct bytes words[3];
	uint64_t number;

	for (int i = 0; i < 3; i++)
		words[i] = scan_word(&line);
	return words[2].len == 0 &&
	       reader_decimal(words[0], UINT32_MAX, &number) &&
	       reader_decimal(words[1], UINT32_MAX, &number);
}
