#include "ballots/file/preflib.h"

#include "ballots/base/mem.h"

struct heading {
	bool strict, complete; /* what the data type says of orders */
	struct bytes *names;   /* a place an option, lent by the text */
	struct scan_stated options, voters, orders, categories;
};

static void
take_number(struct scan *t, struct bytes value, uint64_t max,
	struct scan_stated *out)
{
	out->at = value.data;
	out->value = scan_number(t, &value, 0, max, "a number");
	if (value.len > 0)
		scan_fail(t, value.data, "the end of the line");
}

static void
take_type(struct heading *h, struct bytes type)
{
	bool soc = bytes_equal(type, BYTES("soc"));

	h->strict = soc || bytes_equal(type, BYTES("soi"));
	h->complete = soc || bytes_equal(type, BYTES("toc"));
}

static void
take_options(struct scan *t, struct heading *h, struct bytes value)
{
	if (h->options.at != NULL) {
		scan_fail(t, value.data, "one NUMBER ALTERNATIVES only");
		return;
	}
	take_number(t, value, PROFILE_OPTIONS_MAX, &h->options);
	h->names = mem_new_array(h->options.value, sizeof(*h->names));
}

/* key is what follows ALTERNATIVE NAME: the number. */
static void
take_name(
	struct scan *t, struct heading *h, struct bytes key, struct bytes value)
{
	const uint8_t *where = key.data;
	uint64_t number;

	if (h->options.at == NULL) {
		scan_fail(t, where, "NUMBER ALTERNATIVES before the names");
		return;
	}
	number = scan_number(
		t, &key, 1, h->options.value, "the number of an alternative");
	if (key.len > 0)
		scan_fail(t, key.data, "':'");
	if (scan_failed(t))
		return;
	if (h->names[number - 1].len > 0)
		scan_fail(t, where, "one name for each alternative");
	if (value.len == 0)
		scan_fail(t, value.data, "a name");
	h->names[number - 1] = value;
}

/* A line "# KEY: value".  Keys that change no count are passed over. */
static void
take_heading(struct scan *t, struct heading *h, struct bytes line)
{
	static const struct bytes name = BYTES("ALTERNATIVE NAME ");
	struct bytes value = line;
	struct bytes key;

	scan_take(&value, '#');
	key = scan_trim(bytes_cut(&value, ':'));
	value = scan_trim(value);
	if (bytes_equal(key, BYTES("DATA TYPE")))
		take_type(h, value);
	else if (bytes_equal(key, BYTES("NUMBER ALTERNATIVES")))
		take_options(t, h, value);
	else if (bytes_equal(key, BYTES("NUMBER VOTERS")))
		take_number(t, value, PROFILE_WEIGHT_MAX, &h->voters);
	else if (bytes_equal(key, BYTES("NUMBER UNIQUE ORDERS")))
		take_number(t, value, UINT32_MAX, &h->orders);
	else if (bytes_equal(key, BYTES("NUMBER CATEGORIES")))
		take_number(t, value, UINT16_MAX - 1, &h->categories);
	else if (bytes_start_with(key, name))
		take_name(t, h, bytes_slice(key, name.len, key.len), value);
}

/*
 * The mark of the options in the place that is counted from 1.  In cat files
 * that is the category.
 */
static uint16_t
mark_of(const struct election *e, const struct heading *h, uint32_t place)
{
	if (e->wanted.marks == METHOD_APPROVALS)
		return place == 1 ? 1 : PROFILE_BLANK;
	if (e->wanted.marks != METHOD_RANKS)
		return (uint16_t)(h->categories.value - place + 1);
	return (uint16_t)place;
}

static void
take_option(struct scan *t, struct election *e, struct bytes *rest,
	uint16_t mark, bool *listed)
{
	const uint8_t *where = rest->data;
	uint64_t number = scan_number(
		t, rest, 1, e->n_options, "the number of an alternative");

	if (scan_failed(t))
		return;
	if (listed[number - 1])
		scan_fail(t, where, "each alternative once only in an order");
	listed[number - 1] = true;
	e->marks[number - 1] = mark;
}

/* "3" or "{2,5}" or, in cat files, "{}"; returns how many options. */
static uint32_t
take_place(struct scan *t, struct election *e, struct bytes *rest,
	uint16_t mark, bool *listed)
{
	uint32_t n = 0;

	if (!scan_take(rest, '{')) {
		take_option(t, e, rest, mark, listed);
		return 1;
	}
	scan_blanks(rest);
	while (!scan_failed(t) && !scan_take(rest, '}')) {
		if (n > 0 && !scan_take(rest, ','))
			scan_fail(t, rest->data, "',' or '}'");
		scan_blanks(rest);
		take_option(t, e, rest, mark, listed);
		scan_blanks(rest);
		n++;
	}
	return n;
}

/* One line "count: order". */
static uint64_t
take_order(struct scan *t, struct election *e, const struct heading *h,
	struct bytes rest, bool *listed)
{
	const uint8_t *from = rest.data;
	uint64_t weight = scan_number(
		t, &rest, 1, PROFILE_WEIGHT_MAX, "a number of ballots");
	uint32_t place = 0, ranked = 0, n;

	scan_blanks(&rest);
	if (!scan_take(&rest, ':'))
		scan_fail(t, rest.data, "':'");
	do {
		scan_blanks(&rest);
		if (++place > h->categories.value && h->categories.at != NULL)
			scan_fail(t, rest.data, "no more than %u categories",
				(unsigned)h->categories.value);
		const uint8_t *where = rest.data;
		n = take_place(t, e, &rest, mark_of(e, h, place), listed);
		if (h->strict && n != 1)
			scan_fail(t, where, "strict orders in this data type");
		if (n == 0 && h->categories.at == NULL)
			scan_fail(t, where, "an alternative");
		ranked += n;
		scan_blanks(&rest);
	} while (!scan_failed(t) && scan_take(&rest, ','));
	if (rest.len > 0)
		scan_fail(t, rest.data, "',' or the end of the line");
	if (h->complete && ranked != e->n_options)
		scan_fail(t, rest.data,
			"complete orders of %u in this data type",
			e->n_options);
	election_add_ballot(e, t, from, weight);
	return weight;
}

static void
read_orders(struct scan *t, struct election *e, const struct heading *h,
	struct bytes line)
{
	bool *listed = mem_new_array(e->n_options, sizeof(*listed));
	uint64_t orders = 0, voters = 0;

	while (line.len > 0 && !scan_failed(t)) {
		voters += take_order(t, e, h, line, listed);
		for (uint32_t i = 0; i < e->n_options; i++)
			listed[i] = false;
		orders++;
		line = scan_full_line(t);
	}
	scan_compare(t, &h->voters, voters);
	scan_compare(t, &h->orders, orders);
	mem_free(listed);
}

/* May these orders be read as the marks that are wanted? */
static void
check_wanted(struct scan *t, struct election *e, const struct heading *h)
{
	if (h->categories.at == NULL) {
		election_gives(e, t, t->all.data, METHOD_RANKS);
		return;
	}
	if (h->categories.value == 0)
		scan_fail(t, h->categories.at, "at least one category");
	if (e->wanted.marks == METHOD_APPROVALS && h->categories.value != 2)
		scan_fail(t, h->categories.at, "2 categories, for approvals");
	if (e->wanted.marks == METHOD_SCORES ||
		e->wanted.marks == METHOD_GRADES) {
		e->has_scale = true;
		e->low = 0;
		e->high = (int32_t)h->categories.value - 1;
	}
}

static uint32_t
highest_mark(const struct election *e, const struct heading *h)
{
	if (h->categories.value > e->n_options)
		return (uint32_t)h->categories.value;
	return e->n_options;
}

static void
open_election(struct scan *t, struct election *e, const struct heading *h)
{
	if (h->options.at == NULL)
		scan_fail(t, t->all.data, "a line # NUMBER ALTERNATIVES");
	for (uint32_t i = 0; i < h->options.value && !scan_failed(t); i++) {
		if (h->names[i].len == 0)
			scan_fail(t, h->options.at,
				"a line # ALTERNATIVE NAME %u", i + 1);
		election_add_option(e, t, h->names[i].data, h->names[i]);
	}
	check_wanted(t, e, h);
	election_open(e, t, h->options.at, e->n_options, highest_mark(e, h));
}

void
preflib_read(struct scan *t, struct election *e)
{
	struct heading h = {0};
	struct bytes line = scan_full_line(t);

	while (line.len > 0 && line.data[0] == '#' && !scan_failed(t)) {
		take_heading(t, &h, line);
		line = scan_full_line(t);
	}
	open_election(t, e, &h);
	if (!scan_failed(t))
		read_orders(t, e, &h, line);
	mem_free(h.names);
}

bool
preflib_suits(struct bytes file)
{
	static const struct bytes key = BYTES("# NUMBER ALTERNATIVES:");

	while (file.len > 0 && file.data[0] == '#')
		if (bytes_start_with(bytes_cut(&file, '\n'), key))
			return true;
	return false;
}
