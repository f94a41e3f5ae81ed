#include "ballots/file/pabulib.h"

#include "ballots/base/mem.h"
#include "ballots/base/writer.h"

/* The sections, in the order of the file. */
static const struct bytes sections[] = {
	BYTES("META"), BYTES("PROJECTS"), BYTES("VOTES")};

struct meta {
	struct scan_stated budget, projects, votes;
	const uint8_t *type_at;
	enum method_marks marks;
};

/* Pass over the cells that are left of a row. */
static void
skip_row(struct scan *t, struct scan_cell cell)
{
	while (!cell.last && !scan_failed(t))
		cell = scan_cell(t, ';');
}

/* Does a new section begin with this cell?  Takes its line. */
static bool
is_section(struct scan *t, struct scan_cell cell, struct bytes name)
{
	if (!bytes_equal(cell.text, name))
		return false;
	skip_row(t, cell);
	return true;
}

/* A whole number, perhaps written with zeros behind the point. */
static uint64_t
whole(struct scan *t, struct bytes cell, uint64_t min)
{
	uint64_t value = scan_number(
		t, &cell, min, (uint64_t)INT64_MAX, "a whole number");

	if (scan_take(&cell, '.'))
		while (scan_take(&cell, '0'))
			continue;
	if (cell.len > 0)
		scan_fail(t, cell.data, "a whole number");
	return value;
}

static void
take_type(struct scan *t, struct meta *m, struct bytes value)
{
	m->type_at = value.data;
	if (bytes_equal(value, BYTES("approval")))
		m->marks = METHOD_APPROVALS;
	else if (bytes_equal(value, BYTES("ordinal")))
		m->marks = METHOD_RANKS;
	else
		scan_fail(t, value.data, "approval or ordinal");
}

static void
take_entry(struct scan *t, struct meta *m, struct bytes key, struct bytes value)
{
	const struct {
		struct bytes key;
		uint64_t min;
		struct scan_stated *entry;
	} known[] = {
		{BYTES("budget"), 1, &m->budget},
		{BYTES("num_projects"), 1, &m->projects},
		{BYTES("num_votes"), 0, &m->votes},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (bytes_equal(key, known[i].key))
			*known[i].entry = (struct scan_stated){
				whole(t, value, known[i].min), value.data};
	if (bytes_equal(key, BYTES("vote_type")))
		take_type(t, m, value);
}

/* key;value lines up to the line PROJECTS, which is taken too. */
static void
read_meta(struct scan *t, struct meta *m)
{
	while (!scan_ended(t)) {
		struct scan_cell key = scan_cell(t, ';');
		struct scan_cell value = key;

		if (is_section(t, key, sections[1]))
			break;
		if (!key.last)
			value = scan_cell(t, ';');
		take_entry(t, m, key.text, value.text);
		skip_row(t, value);
	}
	if (m->budget.at == NULL)
		scan_fail(t, t->at, "META with a budget before this");
	if (m->type_at == NULL)
		scan_fail(t, t->at, "META with a vote_type before this");
}

/* The places of the columns a and b in a heading line. */
static void
find_columns(struct scan *t, const char *a, size_t *a_at, const char *b,
	size_t *b_at)
{
	struct scan_cell cell = {.last = false};
	const uint8_t *from = t->at;

	*a_at = *b_at = SIZE_MAX;
	for (size_t i = 0; !cell.last && !scan_failed(t); i++) {
		cell = scan_cell(t, ';');
		if (bytes_equal(cell.text, bytes_of_string(a)))
			*a_at = i;
		else if (bytes_equal(cell.text, bytes_of_string(b)))
			*b_at = i;
	}
	if (*a_at == SIZE_MAX)
		scan_fail(t, from, "a heading with a column %s", a);
	if (*b_at == SIZE_MAX)
		scan_fail(t, from, "a heading with a column %s", b);
}

/*
 * The cells of the columns a and b in the next row, whose first cell was
 * taken already.
 */
static void
take_columns(struct scan *t, struct scan_cell cell, size_t a,
	struct scan_cell *a_cell, size_t b, struct scan_cell *b_cell)
{
	size_t i = 0;

	for (;; i++) {
		if (i == a)
			*a_cell = cell;
		if (i == b)
			*b_cell = cell;
		if (cell.last || scan_failed(t))
			break;
		cell = scan_cell(t, ';');
	}
	if (i < a || i < b)
		scan_fail(t, scan_behind(cell.text),
			"as many cells as the heading has");
}

/* Rows of projects up to the line VOTES, which is taken too. */
static void
read_projects(struct scan *t, struct election *e)
{
	size_t id_at, cost_at, room = 0;

	find_columns(t, "project_id", &id_at, "cost", &cost_at);
	while (!scan_ended(t)) {
		struct scan_cell first = scan_cell(t, ';');
		struct scan_cell id = {0}, cost = {0};
		struct writer name = {0};

		if (is_section(t, first, sections[2]))
			break;
		take_columns(t, first, id_at, &id, cost_at, &cost);
		if (scan_failed(t))
			break;
		scan_unquote(id, &name);
		election_add_option(e, t, id.text.data, writer_view(&name));
		writer_clear(&name);
		e->costs = mem_grow(
			e->costs, &room, e->n_options + 1, sizeof(*e->costs));
		if (!scan_failed(t))
			e->costs[e->n_options - 1] = whole(t, cost.text, 1);
	}
}

/* "12,14,3": the marks of one voter. */
static void
read_vote(struct scan *t, struct election *e, enum method_marks marks,
	struct scan_cell cell)
{
	struct bytes list = cell.text;
	uint16_t place = 0;

	if (cell.quoted)
		list = bytes_slice(list, 1, list.len - 2);
	while (list.len > 0 && !scan_failed(t)) {
		struct bytes id = scan_trim(bytes_cut(&list, ','));
		uint32_t option = election_option(e, id);

		if (option == METHOD_NO_OPTION)
			scan_fail(t, id.data, "the id of a project");
		else if (e->marks[option] != PROFILE_BLANK)
			scan_fail(t, id.data, "each project once only");
		else
			e->marks[option] = marks == METHOD_RANKS ? ++place : 1;
	}
}

static void
read_votes(struct scan *t, struct election *e, const struct meta *m)
{
	size_t id_at, vote_at;

	find_columns(t, "voter_id", &id_at, "vote", &vote_at);
	while (!scan_ended(t)) {
		const uint8_t *from = t->at;
		struct scan_cell id = {0}, vote = {0};

		take_columns(t, scan_cell(t, ';'), id_at, &id, vote_at, &vote);
		read_vote(t, e, m->marks, vote);
		election_add_ballot(e, t, from, 1);
	}
}

void
pabulib_read(struct scan *t, struct election *e)
{
	struct meta m = {0};
	const uint8_t *projects_at;

	if (!is_section(t, scan_cell(t, ';'), sections[0]))
		scan_fail(t, t->all.data, "META");
	read_meta(t, &m);
	projects_at = t->at;
	read_projects(t, e);
	e->budget = m.budget.value;
	election_gives(e, t, m.type_at, m.marks);
	election_open(e, t, projects_at, e->n_options, e->n_options);
	read_votes(t, e, &m);
	scan_compare(t, &m.projects, e->n_options);
	scan_compare(t, &m.votes, e->profile.rows);
}

bool
pabulib_suits(struct bytes file)
{
	return bytes_equal(scan_trim(bytes_cut(&file, '\n')), sections[0]);
}
