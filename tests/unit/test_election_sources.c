#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>

#include "tests/lib/count.h"

/*
 * The ballots in tests/elections are those of their sources, which lie in
 * ../shared/elections.  Sources in forms of their own are brought into ours
 * by the adapters here.  Skipped where that folder is not there.
 */
#define SHARED "../shared/elections/"

/* Our own file, which gives the adapters the names of options. */
typedef void adapter(
	struct bytes source, const struct election *ours, struct writer *csv);

/* A line of cells, with commas in between. */
static void
put_cell(struct writer *csv, bool first, struct bytes cell)
{
	if (!first)
		writer_put_u8(csv, ',');
	writer_put(csv, cell);
}

static void
put_header(struct writer *csv, const struct election *ours)
{
	for (uint32_t i = 0; i < ours->n_options; i++)
		put_cell(csv, i == 0, ours->options[i]);
	writer_put_u8(csv, '\n');
}

/* Copy cells, the first skip of each line left out, from changed to to. */
static void
replace_cells(struct bytes source, size_t skip, struct bytes from,
	struct bytes to, struct writer *csv)
{
	while (source.len > 0) {
		struct bytes line = bytes_cut(&source, '\n');

		for (size_t i = 0; i < skip; i++)
			bytes_cut(&line, ',');
		for (bool first = true; line.len > 0; first = false) {
			struct bytes cell = bytes_cut(&line, ',');

			put_cell(csv, first,
				bytes_equal(cell, from) ? to : cell);
		}
		writer_put_u8(csv, '\n');
	}
}

static void
kubernetes(struct bytes source, const struct election *ours, struct writer *csv)
{
	(void)ours;
	replace_cells(source, 0, BYTES("No opinion"), BYTES("-"), csv);
}

/* A number of the ballot first, and 0 for no opinion. */
static void
orsay(struct bytes source, const struct election *ours, struct writer *csv)
{
	(void)ours;
	replace_cells(source, 1, BYTES("0"), BYTES("-"), csv);
}

static void
put_line(struct writer *csv, const struct bytes *cells, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		put_cell(csv, i == 0, cells[i]);
	writer_put_u8(csv, '\n');
}

/* A line says what one country gave another; those of a giver are together. */
static void
eurovision(struct bytes source, const struct election *ours, struct writer *csv)
{
	struct bytes giver = BYTES(""), points[64] = {{NULL, 0}};

	put_header(csv, ours);
	bytes_cut(&source, '\n');
	while (source.len > 0) {
		struct bytes line = bytes_cut(&source, '\n');
		struct bytes from, to;

		bytes_cut(&line, ','); /* year */
		bytes_cut(&line, ','); /* round */
		from = bytes_cut(&line, ',');
		to = bytes_cut(&line, ',');
		if (giver.len > 0 && !bytes_equal(from, giver)) {
			put_line(csv, points, ours->n_options);
			memset(points, 0, sizeof(points));
		}
		giver = from;
		points[election_option(ours, to)] = bytes_cut(&line, ',');
	}
	put_line(csv, points, ours->n_options);
}

/* The last cell of a line is yes, no or abstain. */
static void
united_nations(
	struct bytes source, const struct election *ours, struct writer *csv)
{
	put_header(csv, ours);
	bytes_cut(&source, '\n');
	while (source.len > 0) {
		struct bytes line = bytes_cut(&source, '\n'), vote = line;
		struct bytes cells[3] = {{NULL, 0}};

		while (line.len > 0)
			vote = bytes_cut(&line, ',');
		cells[election_option(ours, vote)] = BYTES("1");
		put_line(csv, cells, 3);
	}
}

/* Members that begin with vote_ name who is approved. */
static void
utah(struct bytes source, const struct election *ours, struct writer *csv)
{
	json_t *ballots =
		json_loadb((const char *)source.data, source.len, 0, NULL);
	json_t *ballot, *name;
	const char *key;
	size_t i;

	assert_non_null(ballots);
	put_header(csv, ours);
	json_array_foreach(ballots, i, ballot)
	{
		struct bytes cells[64] = {{NULL, 0}};

		json_object_foreach(ballot, key, name)
		{
			if (strncmp(key, "vote_", 5) == 0)
				cells[election_option(
					ours, bytes_of_string(json_string_value(
						      name)))] = BYTES("1");
		}
		put_line(csv, cells, ours->n_options);
	}
	json_decref(ballots);
}

static const struct {
	const char *ours;
	const char *source;
	const char *method;
	adapter *adapt; /* NULL: a format that we read */
} sources[] = {
	{"debian-2006-recall", "debian-2006-recall-yesno/vote_005_tally.txt",
		"schulze", NULL},
	{"debian-2007-dpl", "debian-2007-dpl-schulze/vote_001_tally.txt",
		"schulze", NULL},
	{"debian-2008-lenny", "debian-2008-lenny-schulze/vote_003_tally.txt",
		"schulze", NULL},
	{"debian-2016-declassify",
		"debian-2016-declassify-yesno/vote_002_tally.txt", "schulze",
		NULL},
	{"nixos-2025-sc", "nixos-2025-sc-meek/opavote-ballots-5.blt",
		"stv-meek", NULL},
	{"nsw-ballina-2015", "nsw-ballina-2015-irv/00058-00000003.soi", "irv",
		NULL},
	{"kubernetes-2018-steering",
		"kubernetes-2018-steering-schulze/BALLOTS.csv", "schulze",
		kubernetes},
	{"kubernetes-2024-steering",
		"kubernetes-2024-steering-schulze/ballots.csv", "schulze",
		kubernetes},
	{"orsay-2007-bureau-01", "orsay-2007-bureau-01-mj/bureau_01.csv",
		"majority-judgment", orsay},
	{"orsay-2007-bureau-06", "orsay-2007-bureau-06-mj/bureau_06.csv",
		"majority-judgment", orsay},
	{"eurovision-1991", "eurovision-1991-score-tie/votes.csv", "score",
		eurovision},
	{"eurovision-2015", "eurovision-2015-score/votes.csv", "score",
		eurovision},
	{"un-ga-73-194", "un-ga-73-194-yesno/votes.csv", "yes-no",
		united_nations},
	{"utah-sd11-2025", "utah-sd11-2025-approval/utah_senate_11_cvr.json",
		"approval", utah},
};

/* A ballot, to be sorted. */
struct row {
	uint16_t marks[64];
	uint64_t weight;
};

static int
by_marks(const void *a, const void *b)
{
	const struct row *left = a, *right = b;

	return memcmp(left->marks, right->marks, sizeof(left->marks));
}

/* Rows in order, equal ones together; *n says how many. */
static struct row *
sort_rows(const struct profile *p, size_t *n)
{
	struct row *rows = mem_new_array(p->rows, sizeof(*rows));
	size_t kept = 0;

	for (size_t i = 0; i < p->rows; i++) {
		profile_row(p, i, rows[i].marks);
		rows[i].weight = profile_weight(p, i);
	}
	qsort(rows, p->rows, sizeof(*rows), by_marks);
	for (size_t i = 0; i < p->rows; i++) {
		if (kept > 0 && by_marks(&rows[kept - 1], &rows[i]) == 0)
			rows[kept - 1].weight += rows[i].weight;
		else
			rows[kept++] = rows[i];
	}
	*n = kept;
	return rows;
}

static void
assert_same_ballots(const struct election *a, const struct election *b)
{
	size_t n, m;
	struct row *left = sort_rows(&a->profile, &n);
	struct row *right = sort_rows(&b->profile, &m);

	assert_int_equal(a->n_options, b->n_options);
	for (uint32_t i = 0; i < a->n_options; i++)
		assert_true(bytes_equal(a->options[i], b->options[i]));
	assert_int_equal(n, m);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(by_marks(&left[i], &right[i]), 0);
		assert_int_equal(left[i].weight, right[i].weight);
	}
	mem_free(left);
	mem_free(right);
}

/* False when the source is not there. */
static bool
compare_with_source(size_t i)
{
	const struct method *m =
		methods_find(bytes_of_string(sources[i].method));
	struct method_rules rules = METHOD_RULES;
	struct writer source = {0}, csv = {0};
	struct election ours, theirs;
	char path[256];

	rules.low = m->marks == METHOD_GRADES ? 1 : 0;
	rules.high = m->marks == METHOD_GRADES ? 6 : 12;
	snprintf(path, sizeof(path), SHARED "%s", sources[i].source);
	if (!count_read_file(path, &source))
		return false;
	snprintf(path, sizeof(path), "tests/elections/%s.csv", sources[i].ours);
	assert_true(count_read(path, m, &rules, &ours));
	if (sources[i].adapt != NULL)
		sources[i].adapt(writer_view(&source), &ours, &csv);
	count_read_text(writer_view(sources[i].adapt == NULL ? &source : &csv),
		m, &rules, &theirs);
	assert_same_ballots(&ours, &theirs);
	election_clear(&ours);
	election_clear(&theirs);
	writer_clear(&source);
	writer_clear(&csv);
	return true;
}

static void
our_files_hold_the_ballots_of_their_sources(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (!compare_with_source(i))
			skip();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_files_hold_the_ballots_of_their_sources),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
