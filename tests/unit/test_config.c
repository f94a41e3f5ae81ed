#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/config.h"
#include "daemon/log.h"
#include "tests/lib/place.h"

static void
nothing_set_leaves_the_defaults(void **state)
{
	struct config c, parsed;
	struct config_fault fault;

	(void)state;
	config_default(&c);
	assert_string_equal(c.directory, "/var/lib/uniond");
	assert_true(c.map_bytes == (uint64_t)1 << 40);
	assert_int_equal(c.reserve_bytes, 64 << 20);
	assert_int_equal(c.log_level, LOG_INFO);
	config_default(&parsed);
	assert_true(config_parse(&parsed, BYTES("\n# \n \t\n"), &fault));
	assert_memory_equal(&c, &parsed, sizeof(c));
}

static void
the_printed_options_read_back_as_the_defaults(void **state)
{
	struct config c, defaults;
	struct config_fault fault;
	struct writer w = {0};

	(void)state;
	config_default(&defaults);
	config_default(&c);
	c.directory[1] = 'x';
	config_print(&w);
	assert_true(config_parse(&c, writer_view(&w), &fault));
	assert_memory_equal(&c, &defaults, sizeof(c));
	writer_clear(&w);
}

static void
options_are_set_whatever_blanks_stand_between(void **state)
{
	static const char text[] = "# a comment\r\n"
				   "  directory \t /srv/a union  \r\n"
				   "reserve 2G\n"
				   "threads 3\n"
				   "log debug";
	struct config_fault fault;
	struct config c;

	(void)state;
	config_default(&c);
	assert_true(config_parse(&c, bytes_of_string(text), &fault));
	assert_string_equal(c.directory, "/srv/a union");
	assert_true(c.reserve_bytes == (uint64_t)2 << 30);
	assert_int_equal(c.threads, 3);
	assert_int_equal(c.log_level, LOG_DEBUG);
}

static void
a_fault_is_named_by_line_and_column_and_changes_nothing(void **state)
{
	static const struct {
		const char *text;
		size_t line, column;
		const char *what;
	} cases[] = {
		{"threads 1\n  thread 1\n", 2, 3, "there is no such option"},
		{"threads x", 1, 9, "a number is missing"},
		{"threads", 1, 8, "a number is missing"},
		{"threads 1\nthreads 1", 2, 1, "this option was set before"},
		{"threads 257", 1, 9, "the number is out of bounds"},
		{"threads 1K", 1, 9, "a number is missing"},
		{"map 1K", 1, 5, "the number is out of bounds"},
		{"map 18446744073709551615T", 1, 5,
			"the number is out of bounds"},
		{"map 4096", 1, 5, "the number is out of bounds"},
		{"reserve 01M", 1, 9,
			"a size is a number, and K, M, G or T where wanted"},
		{"socket", 1, 7, "a path is missing"},
		{"socket a\x01", 1, 8, "a path has no control characters"},
		{"log loud", 1, 5,
			"one of error, warning, info and debug is missing"},
	};
	struct config c, before;

	(void)state;
	config_default(&before);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct config_fault fault = {0};

		c = before;
		assert_false(config_parse(
			&c, bytes_of_string(cases[i].text), &fault));
		assert_int_equal(fault.line, cases[i].line);
		assert_int_equal(fault.column, cases[i].column);
		assert_string_equal(fault.what, cases[i].what);
		assert_memory_equal(&c, &before, sizeof(c));
	}
}

static void
a_file_is_read_and_its_faults_are_told_with_its_name(void **state)
{
	char path[200];
	struct config c;
	FILE *file;

	config_default(&c);
	snprintf(path, sizeof(path), "%s/conf", (char *)*state);
	assert_int_equal(config_load(&c, path), -1);
	assert_trouble("No such file");
	file = fopen(path, "w");
	fputs("threads 2\nspeed 9\n", file);
	fclose(file);
	assert_int_equal(config_load(&c, path), -1);
	assert_trouble("conf:2:1: there is no such option");
}

static void
one_option_is_set_by_name(void **state)
{
	struct config c;

	(void)state;
	config_default(&c);
	assert_null(config_set(&c, BYTES("socket"), BYTES("/tmp/s")));
	assert_string_equal(c.socket, "/tmp/s");
	assert_non_null(config_set(&c, BYTES("sock"), BYTES("/tmp/s")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_set_leaves_the_defaults),
		cmocka_unit_test(the_printed_options_read_back_as_the_defaults),
		cmocka_unit_test(options_are_set_whatever_blanks_stand_between),
		cmocka_unit_test(
			a_fault_is_named_by_line_and_column_and_changes_nothing),
		cmocka_unit_test_setup_teardown(
			a_file_is_read_and_its_faults_are_told_with_its_name,
			place_setup, place_teardown),
		cmocka_unit_test(one_option_is_set_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
