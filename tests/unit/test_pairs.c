#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/pairs.h"

static void
what_is_written_is_read_back(void **state)
{
	struct pairs p = {0}, back = {0};
	struct writer w = {0};

	(void)state;
	assert_true(pairs_set(&p, BYTES("socket"), BYTES("ipc:///a b")));
	assert_true(pairs_set(&p, BYTES("language"), BYTES("ar")));
	assert_true(pairs_set(&p, BYTES("language"), BYTES("pt-BR")));
	pairs_encode(&p, &w);
	assert_string_equal(
		writer_string(&w), "socket ipc:///a b\nlanguage pt-BR\n");
	assert_int_equal(pairs_decode(writer_view(&w), &back), 0);
	assert_string_equal(pairs_get(&back, BYTES("socket")), "ipc:///a b");
	assert_string_equal(pairs_key_of(&back, BYTES("pt-BR")), "language");
	assert_true(pairs_remove(&back, BYTES("socket")));
	assert_false(pairs_remove(&back, BYTES("socket")));
	assert_null(pairs_get(&back, BYTES("socket")));
	pairs_clear(&p);
	pairs_clear(&back);
	writer_clear(&w);
}

static void
the_first_line_that_is_no_pair_is_named(void **state)
{
	static const struct {
		const char *file;
		size_t line;
	} cases[] = {
		{"", 0},
		{"# a comment\n\na b", 0},
		{"a b\nc\n", 2},
		{"a b\nA b\n", 2},
		{"a b\na c\n", 2},
		{"a b\r\n", 1},
		{"a \xe2\x80\xae\n", 1},
		{"a \xff\n", 1},
		{" a\n", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pairs p = {0};

		assert_int_equal(
			pairs_decode(bytes_of_string(cases[i].file), &p),
			cases[i].line);
		pairs_clear(&p);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(the_first_line_that_is_no_pair_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
