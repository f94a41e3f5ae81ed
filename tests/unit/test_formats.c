#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/file/formats.h"

static bool
read_as(const char *file, enum method_marks marks, struct election *e,
	struct file_fault *fault)
{
	struct bytes bytes = bytes_of_string(file);
	struct election_wanted wanted = {.marks = marks, .high = 5};

	return formats_read(formats_guess(bytes), bytes, wanted, e, fault);
}

/* "weight: marks" for each row: "5: 1 0 2 | 1: - 1 1". */
static void
print_rows(const struct election *e, char *out, size_t room)
{
	size_t len = 0;

	*out = '\0';
	for (size_t row = 0; row < e->profile.rows; row++) {
		len += (size_t)snprintf(out + len, room - len,
			"%s%d:", row == 0 ? "" : " | ",
			(int)profile_weight(&e->profile, row));
		for (uint32_t i = 0; i < e->n_options; i++) {
			uint16_t mark = profile_mark(&e->profile, row, i);

			len += (size_t)snprintf(out + len, room - len,
				mark == PROFILE_NO_OPINION ? " -" : " %d",
				mark);
		}
	}
}

static const struct {
	const char *format;
	const char *file;
	enum method_marks marks;
	const char *options; /* joined by | */
	const char *rows;
} good[] = {
	{"blt",
		"3 1\n5 1 3 0\n1 2=3 1 0\n1 0\n0\n\"A "
		"a\"\n\"B\"\n\"C\"\n\"T\"\n",
		METHOD_RANKS, "A a|B|C", "5: 1 0 2 | 1: 2 1 1 | 1: 0 0 0"},
	{"blt", "3 1 # sizes\r\n-2\r\n5 1 2 3 0\r\n0\r\nA a\r\nB\r\nC",
		METHOD_RANKS, "A a|C", "5: 1 3"},
	{"blt", "2 2\n1 - 2 0\n0\n\"1\" \"2\" \"f:x\"\n", METHOD_RANKS, "1|2",
		"1: 0 1"},
	{"preflib",
		"# DATA TYPE: toi\n# NUMBER ALTERNATIVES: 3\n"
		"# NUMBER VOTERS: 21\n# ALTERNATIVE NAME 1: A: a\n"
		"# ALTERNATIVE NAME 2: B\n# ALTERNATIVE NAME 3: C\n"
		"20: 1,{2,3}\n1: 3\n",
		METHOD_RANKS, "A: a|B|C", "20: 1 2 2 | 1: 0 0 1"},
	{"preflib",
		"# NUMBER ALTERNATIVES: 3\n# NUMBER CATEGORIES: 2\n"
		"# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n"
		"# ALTERNATIVE NAME 3: C\n2: {1,3},2\n1: {},{1,2,3}",
		METHOD_APPROVALS, "A|B|C", "2: 1 0 1 | 1: 0 0 0"},
	{"preflib",
		"# NUMBER ALTERNATIVES: 2\n# NUMBER CATEGORIES: 3\n"
		"# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n"
		"2: {},1,2\n",
		METHOD_GRADES, "A|B", "2: 2 1"},
	{"pb",
		"META\nkey;value\nbudget;100.00\nvote_type;approval\n"
		"PROJECTS\nproject_id;name;cost\n1;\"a \"\"b\"\"; c\";60\n"
		"x;d;50\nVOTES\nage;voter_id;vote\n3;1;\"1,x\"\n;2;\n",
		METHOD_APPROVALS, "1|x", "1: 1 1 | 1: 0 0"},
	{"pb",
		"META\nkey;value\nbudget;9\nvote_type;ordinal\nPROJECTS\n"
		"cost;project_id\n1;7\n2;8\nVOTES\nvoter_id;vote\n1;8,7\n",
		METHOD_RANKS, "7|8", "1: 2 1"},
	{"tally",
		"text\n  Option 1-->: Tea\n /  Option 2->: None\n |/\n"
		"V: 12 ann Ann\nV: -1\n",
		METHOD_RANKS, "Tea|None", "1: 1 2 | 1: 0 1"},
	{"csv", "count,A,\"B, \"\"b\"\"\"\n3,1,\n1,-,65534", METHOD_RANKS,
		"A|B, \"b\"", "3: 1 0 | 1: - 1"},
	{"csv", "A\n6600\n", METHOD_RANKS, "A", "1: 1"},
	{"csv", "A,B\r\n0,5\r\n,-\r\n", METHOD_SCORES, "A|B",
		"1: 1 6 | 1: 0 -"},
	{"csv",
		"\xef\xbb\xbf"
		"A,B\n1,0\n",
		METHOD_APPROVALS, "A|B", "1: 1 0"},
};

static void
every_format_gives_the_ballots_it_holds(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct bytes options = bytes_of_string(good[i].options);
		struct bytes file = bytes_of_string(good[i].file);
		struct file_fault fault;
		struct election e;
		char rows[200];

		assert_string_equal(formats_guess(file)->name, good[i].format);
		assert_true(read_as(good[i].file, good[i].marks, &e, &fault));
		for (uint32_t j = 0; j < e.n_options; j++)
			assert_true(bytes_equal(
				bytes_cut(&options, '|'), e.options[j]));
		assert_int_equal(options.len, 0);
		print_rows(&e, rows, sizeof(rows));
		assert_string_equal(rows, good[i].rows);
		election_clear(&e);
	}
}

static void
seats_default_budget_costs_and_scale_are_read(void **state)
{
	struct file_fault fault;
	struct election e;

	(void)state;
	assert_true(read_as(good[0].file, METHOD_RANKS, &e, &fault));
	assert_int_equal(e.seats, 1);
	assert_int_equal(e.default_option, METHOD_NO_OPTION);
	election_clear(&e);
	assert_true(read_as(good[6].file, METHOD_APPROVALS, &e, &fault));
	assert_int_equal(e.budget, 100);
	assert_int_equal(e.costs[0], 60);
	assert_int_equal(e.costs[1], 50);
	election_clear(&e);
	assert_true(read_as(good[8].file, METHOD_RANKS, &e, &fault));
	assert_int_equal(e.default_option, 1);
	election_clear(&e);
	assert_true(read_as(good[5].file, METHOD_GRADES, &e, &fault));
	assert_true(e.has_scale);
	assert_int_equal(e.low, 0);
	assert_int_equal(e.high, 2);
	election_clear(&e);
}

#define PB_HEAD     "META\nkey;value\nbudget;9\nvote_type;approval\n"
#define PB_PROJECTS "PROJECTS\nproject_id;cost\n1;5\n2;5\n"
#define PL_HEAD                                                                \
	"# DATA TYPE: soi\n# NUMBER ALTERNATIVES: 2\n"                         \
	"# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n"

static const struct {
	const char *file;
	enum method_marks marks;
	unsigned line, column;
	const char *expected; /* part of the sentence */
} bad[] = {
	/* Any format. */
	{"", METHOD_RANKS, 1, 1, "name of an option"},
	{"A,B\n1,2\n\xe9,2\n", METHOD_RANKS, 3, 1, "UTF-8"},
	{"\xc3\xa9,B\n1,\xe9\n", METHOD_RANKS, 2, 3, "UTF-8"},
	{"A,B\r1,2\r", METHOD_RANKS, 1, 4, "LF or CR LF"},
	{"A,B\n1,\x07\n", METHOD_RANKS, 2, 3, "control characters"},
	{"\xff\xfe"
	 "A",
		METHOD_RANKS, 1, 1, "UTF-8"},
	{"A,B\n", METHOD_RANKS, 2, 1, "at least one ballot"},
	/* BLT. */
	{"2 0\n1 1 0\n0\nA\nB\n", METHOD_RANKS, 1, 3, "seats from 1 to 2"},
	{"2 3\n1 1 0\n0\nA\nB\n", METHOD_RANKS, 1, 3, "seats from 1 to 2"},
	{"0 1\n0\n", METHOD_RANKS, 1, 1, "number of options from 1"},
	{"10000000 1\n0\n", METHOD_RANKS, 1, 1, "options from 1 to 10000"},
	{"2 1\n1 3 0\n0\nA\nB\n", METHOD_RANKS, 2, 3, "from 0 to 2"},
	{"2 1\n1 1 1 0\n0\nA\nB\n", METHOD_RANKS, 2, 5, "once only"},
	{"2 1\n1 1\n0\nA\nB\n", METHOD_RANKS, 2, 4, "0 to close the ballot"},
	{"2 1\n1\n0\nA\nB\n", METHOD_RANKS, 2, 2, "0 to close the ballot"},
	{"2 1\n1 1 0 2\n0\nA\nB\n", METHOD_RANKS, 2, 7, "end of the line"},
	{"2 1\nx 1 0\n0\nA\nB\n", METHOD_RANKS, 2, 1, "number of equal"},
	{"2 1\n1 1 0\n", METHOD_RANKS, 3, 1, "0 after the last"},
	{"2 1\n1 1 0\n0\nA\n", METHOD_RANKS, 5, 1, "name of option 2 of 2"},
	{"2 1\n1 1 0\n0\nA\nA\n", METHOD_RANKS, 5, 1, "no other option"},
	{"2 1\n1 1 0\n0\nA\nB\nC\nD\n", METHOD_RANKS, 7, 1, "end of the file"},
	{"2 1\n1 1 0\n0\n\"A\n\"B\"\n", METHOD_RANKS, 4, 3, "closing quot"},
	{"2 1\n18446744073709551616 1 0\n0\nA\nB\n", METHOD_RANKS, 2, 1,
		"number of equal"},
	{"2 1\n9223372036854775807 1 0\n1 1 0\n0\nA\nB\n", METHOD_RANKS, 3, 1,
		"fewer than 2^63"},
	{"2 1\n1 1 0\n0\nA\nB\n", METHOD_APPROVALS, 1, 1, "approvals, which"},
	/* PrefLib. */
	{PL_HEAD "1: 3\n", METHOD_RANKS, 5, 4, "from 1 to 2"},
	{PL_HEAD "1: 1,1\n", METHOD_RANKS, 5, 6, "once only"},
	{PL_HEAD "1: {1,2}\n", METHOD_RANKS, 5, 4, "strict orders"},
	{PL_HEAD "1 1\n", METHOD_RANKS, 5, 3, "':'"},
	{PL_HEAD "0: 1\n", METHOD_RANKS, 5, 1, "number of ballots from 1"},
	{PL_HEAD "1: 1;2\n", METHOD_RANKS, 5, 5, "',' or the end"},
	{PL_HEAD "1: {1\n", METHOD_RANKS, 5, 6, "',' or '}'"},
	{PL_HEAD "# NUMBER VOTERS: 3\n2: 1\n", METHOD_RANKS, 5, 18, "2, which"},
	{PL_HEAD "# NUMBER UNIQUE ORDERS: 2\n2: 1\n", METHOD_RANKS, 5, 25,
		"1, which"},
	{"# DATA TYPE: soc\n# NUMBER ALTERNATIVES: 2\n"
	 "# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n1: 1\n",
		METHOD_RANKS, 5, 5, "complete orders of 2"},
	{"# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 1: A\n1: 1\n",
		METHOD_RANKS, 1, 24, "ALTERNATIVE NAME 2"},
	{"# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 3: A\n1: 1\n",
		METHOD_RANKS, 2, 20, "from 1 to 2"},
	/* Pabulib. */
	{"META\nkey;value\nbudget;0\n", METHOD_APPROVALS, 3, 8, "from 1"},
	{"META\nkey;value\nbudget;1.5\n", METHOD_APPROVALS, 3, 10, "whole"},
	{"META\nvote_type;approval\n" PB_PROJECTS, METHOD_APPROVALS, 4, 1,
		"META with a budget"},
	{PB_HEAD "num_projects;3\n" PB_PROJECTS "VOTES\nvoter_id;vote\n1;1\n",
		METHOD_APPROVALS, 5, 14, "2, which"},
	{PB_HEAD "num_votes;3\n" PB_PROJECTS "VOTES\nvoter_id;vote\n1;1\n",
		METHOD_APPROVALS, 5, 11, "1, which"},
	{PB_HEAD PB_PROJECTS "VOTES\nvoter_id;vote\n1;1,4\n", METHOD_APPROVALS,
		11, 5, "id of a project"},
	{PB_HEAD PB_PROJECTS "VOTES\nvoter_id;vote\n1;1,1\n", METHOD_APPROVALS,
		11, 5, "once only"},
	{PB_HEAD PB_PROJECTS "VOTES\nvoter_id;vote\n1\n", METHOD_APPROVALS, 11,
		2, "as many cells"},
	{PB_HEAD PB_PROJECTS "VOTES\nvoter_id;votes\n1;1\n", METHOD_APPROVALS,
		10, 1, "column vote"},
	{PB_HEAD "PROJECTS\nproject_id;cost\n1;0\n", METHOD_APPROVALS, 7, 3,
		"from 1"},
	{PB_HEAD "PROJECTS\nproject_id;cost\n1;5\n1;5\n", METHOD_APPROVALS, 8,
		1, "no other option"},
	{PB_HEAD "PROJECTS\nproject_id;cost\n1;\"5\n", METHOD_APPROVALS, 7, 3,
		"closed again"},
	/* Tally sheets. */
	{" Option 1->: A\n Option 3->: B\nV: 12\n", METHOD_RANKS, 2, 1,
		"option 2"},
	{" Option 1->: A\n Option 2->: B\nV: 1\n", METHOD_RANKS, 3, 5,
		"option 2 of 2"},
	{" Option 1->: A\n Option 2->: B\nV: 123\n", METHOD_RANKS, 3, 6,
		"each of 2"},
	{" Option 1->: A\n Option 2->: B\nV: 10\n", METHOD_RANKS, 3, 5,
		"rank from 1 to 9"},
	{" Option 1->: A\n Option 2->: B\nV: 12\nU: 12\n", METHOD_RANKS, 4, 1,
		"a ballot"},
	/* CSV. */
	{"A,B\n1\n", METHOD_RANKS, 2, 2, "each of 2"},
	{"A,B\n1,2,3\n", METHOD_RANKS, 2, 4, "after 2 options"},
	{"A,B\n1,x\n", METHOD_RANKS, 2, 3, "a rank from 1"},
	{"A,B\n1,0\n", METHOD_RANKS, 2, 3, "a rank from 1"},
	{"A,B\n1,2x\n", METHOD_RANKS, 2, 4, "end of the cell"},
	{"A,B\n1,2\n", METHOD_APPROVALS, 2, 3, "from 0 to 1"},
	{"A,B\n1,6\n", METHOD_SCORES, 2, 3, "scale 0..5"},
	{"A,B\n1,-1\n", METHOD_SCORES, 2, 3, "scale 0..5"},
	{"count,A\n0,1\n", METHOD_RANKS, 2, 1, "number of ballots from 1"},
	{"count\n1\n", METHOD_RANKS, 1, 6, "names of options"},
	{"A,\n1,2\n", METHOD_RANKS, 1, 3, "name of an option"},
	{"A,A\n1,2\n", METHOD_RANKS, 1, 3, "no other option"},
	{"A,\"B\" x\n1,2\n", METHOD_RANKS, 1, 7, "','"},
};

static void
what_is_wrong_is_told_by_line_column_and_what_was_expected(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct file_fault fault = {0};
		struct election e;

		if (read_as(bad[i].file, bad[i].marks, &e, &fault))
			fail_msg("bad file %zu was read", i);
		if (fault.line != bad[i].line ||
			fault.column != bad[i].column ||
			strstr(fault.expected, bad[i].expected) == NULL)
			fail_msg("bad file %zu:\n%s%u:%u: %s", i, bad[i].file,
				(unsigned)fault.line, (unsigned)fault.column,
				fault.expected);
	}
}

static void
ten_million_columns_are_refused_at_the_first_too_many(void **state)
{
	struct writer w = {0};
	struct election_wanted wanted = {.marks = METHOD_RANKS};
	struct file_fault fault;
	struct election e;

	(void)state;
	for (int i = 0; i < PROFILE_OPTIONS_MAX; i++) {
		writer_put_decimal(&w, (uint64_t)i);
		writer_put_u8(&w, ',');
	}
	for (int i = 0; i < 10000000; i++)
		writer_put_u8(&w, ',');
	assert_false(formats_read(formats_find(BYTES("csv")), writer_view(&w),
		wanted, &e, &fault));
	assert_int_equal(fault.line, 1);
	writer_clear(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_gives_the_ballots_it_holds),
		cmocka_unit_test(seats_default_budget_costs_and_scale_are_read),
		cmocka_unit_test(
			what_is_wrong_is_told_by_line_column_and_what_was_expected),
		cmocka_unit_test(
			ten_million_columns_are_refused_at_the_first_too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
