#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "ballots/machine/files.h"
#include "cli/exchange.h"
#include "tests/lib/place.h"

/* Write text into a file, read it back as a document. */
static void
read_back(void **state, struct bytes text, struct writer *out)
{
	char path[200];
	int dir = files_open_dir(*state);

	assert_int_equal(files_replace(dir, "doc", FILES_PRIVATE, text), 0);
	files_close(dir);
	snprintf(path, sizeof(path), "%s/doc", (char *)*state);
	assert_int_equal(exchange_read(path, out), 0);
}

static void
assert_reads(void **state, const char *text, const char *document)
{
	struct writer out = {0};

	read_back(state, bytes_of_string(text), &out);
	assert_string_equal(writer_string(&out), document);
	writer_clear(&out);
}

static void
json_in_any_form_is_read_in_one(void **state)
{
	assert_reads(state,
		" {\"b\" : [1, true,null],\n\t\"@a\":\"\\u00e9\\/\"}\n",
		"{\"@a\":\"\u00e9/\",\"b\":[1,true,null]}");
	assert_reads(state, "{\"a\":{\"d\":{},\"c\":-0}}",
		"{\"a\":{\"c\":0,\"d\":{}}}");
}

static void
what_is_no_json_stays_as_it_is(void **state)
{
	static const char *const bad[] = {
		"", "{", "{\"a\":1,\"a\":2}", "{} {}", "hello", "{\"a\":01}"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_reads(state, bad[i], bad[i]);
}

static void
a_file_that_is_missing_or_too_long_is_complained_of(void **state)
{
	char path[200];
	struct writer out = {0};
	int dir = files_open_dir(*state);

	snprintf(path, sizeof(path), "%s/long", (char *)*state);
	assert_int_equal(exchange_read(path, &out), -1);
	assert_trouble("long");
	close(openat(dir, "long", O_CREAT | O_WRONLY, 0600));
	assert_int_equal(truncate(path, EXCHANGE_BYTES_MAX + 1), 0);
	assert_int_equal(exchange_read(path, &out), -1);
	files_close(dir);
	writer_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(json_in_any_form_is_read_in_one,
			place_setup, place_teardown),
		cmocka_unit_test_setup_teardown(what_is_no_json_stays_as_it_is,
			place_setup, place_teardown),
		cmocka_unit_test_setup_teardown(
			a_file_that_is_missing_or_too_long_is_complained_of,
			place_setup, place_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
