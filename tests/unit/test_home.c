#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <sys/stat.h>

#include "ballots/base/mem.h"
#include "ballots/machine/files.h"
#include "cli/complain.h"
#include "cli/home.h"
#include "tests/lib/place.h"

static void
assert_complaint(enum complain_status status, const char *text)
{
	const char *sentence, *hint;

	assert_int_equal(complain_last(&sentence, &hint), status);
	if (strstr(sentence, text) == NULL)
		fail_msg("said: '%s'", sentence);
}

static void
settings_and_names_stay(void **state)
{
	const uint8_t id[CRYPT_HASH] = {1}, other[CRYPT_HASH] = {2};
	uint8_t found[CRYPT_HASH];
	struct home h;

	assert_int_equal(home_open(&h, *state, NULL), 0);
	assert_string_equal(h.name, "default");
	assert_null(home_get(&h, "socket"));
	assert_int_equal(home_set(&h, "socket", "ipc:///a"), 0);
	assert_int_equal(home_set(&h, "colour", "red"), -1);
	assert_complaint(COMPLAIN_USAGE, "no setting 'colour'");
	assert_int_equal(home_set_petname(&h, id, BYTES("the baker")), 0);
	assert_int_equal(home_set_petname(&h, other, BYTES("the baker")), -1);
	assert_complaint(COMPLAIN_NO, "somebody else");
	assert_int_equal(home_set_petname(&h, other, BYTES("P1")), -1);
	assert_complaint(COMPLAIN_USAGE, "cannot be a name");
	home_close(&h);

	assert_int_equal(home_open(&h, *state, NULL), 0);
	assert_string_equal(home_get(&h, "socket"), "ipc:///a");
	assert_string_equal(home_petname(&h, id), "the baker");
	assert_null(home_petname(&h, other));
	assert_true(home_find_petname(&h, BYTES("the baker"), found));
	assert_memory_equal(found, id, CRYPT_HASH);
	assert_int_equal(home_set_petname(&h, id, BYTES("")), 0);
	assert_null(home_petname(&h, id));
	assert_int_equal(home_set(&h, "socket", NULL), 0);
	assert_null(home_get(&h, "socket"));
	home_close(&h);
}

static void
the_union_meant_is_the_only_one_or_the_chosen_one(void **state)
{
	struct home h;

	assert_int_equal(home_open(&h, *state, "typo"), 0);
	assert_false(home_in_use(&h));
	home_close(&h); /* leaves nothing behind */
	assert_int_equal(home_open(&h, *state, "bakers"), 0);
	assert_int_equal(home_set(&h, "language", "ar"), 0);
	assert_true(home_in_use(&h));
	home_close(&h);
	assert_int_equal(home_open(&h, *state, NULL), 0);
	assert_string_equal(h.name, "bakers");
	home_close(&h);
	assert_int_equal(home_open(&h, *state, "riders"), 0);
	assert_int_equal(home_make_default(&h), 0);
	home_close(&h);
	assert_int_equal(home_open(&h, *state, NULL), 0);
	assert_string_equal(h.name, "riders");
	home_close(&h);
	assert_int_equal(home_open(&h, *state, "../x"), -1);
	assert_complaint(COMPLAIN_USAGE, "cannot be a union's name");
	home_close(&h);
	assert_int_equal(home_open(&h, *state, "settings"), -1);
	home_close(&h);
}

static void
a_folder_that_others_can_enter_is_not_used(void **state)
{
	struct home h;

	assert_int_equal(chmod(*state, 0750), 0);
	assert_int_equal(home_open(&h, *state, NULL), -1);
	assert_complaint(COMPLAIN_CANNOT, "Others on this machine");
	home_close(&h);
}

static void
a_line_that_cannot_be_read_is_named(void **state)
{
	struct home h;

	assert_int_equal(home_open(&h, *state, NULL), 0);
	assert_int_equal(files_replace(h.dir, "petnames", FILES_PRIVATE,
				 BYTES("a b\nc\n")),
		0);
	home_close(&h);
	assert_int_equal(home_open(&h, *state, NULL), -1);
	assert_complaint(COMPLAIN_CANNOT, "Line 2 of your file 'petnames'");
	home_close(&h);
}

static void
checkpoints_receipts_and_forks_are_kept(void **state)
{
	struct writer note = {0};
	struct home h;
	char *path;

	assert_int_equal(home_open(&h, *state, NULL), 0);
	assert_int_equal(home_read_checkpoint(&h, &note), 0);
	assert_int_equal(note.len, 0);
	assert_int_equal(home_keep_checkpoint(&h, BYTES("one")), 0);
	assert_int_equal(home_keep_checkpoint(&h, BYTES("two")), 0);
	assert_int_equal(home_read_checkpoint(&h, &note), 0);
	assert_string_equal(writer_string(&note), "two");
	assert_int_equal(
		home_keep_fork(&h, BYTES("two"), BYTES("zwei"), &path), 0);
	writer_clear(&note);
	writer_put_string(&note, path);
	writer_put_string(&note, "/shown");
	assert_int_equal(access(writer_string(&note), R_OK), 0);
	mem_free(path);
	writer_clear(&note);
	assert_int_equal(home_keep_receipt(&h, "7-ballot", BYTES("r")), 0);
	assert_int_equal(home_keep_receipt(&h, "7-ballot", BYTES("r")), 0);
	assert_int_equal(home_keep_receipt(&h, "7-ballot", BYTES("s")), -1);
	assert_true(files_exist(h.dir, "receipts/7-ballot"));
	home_close(&h);
}

#define PLACE(test)                                                            \
	cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLACE(settings_and_names_stay),
		PLACE(the_union_meant_is_the_only_one_or_the_chosen_one),
		PLACE(a_folder_that_others_can_enter_is_not_used),
		PLACE(a_line_that_cannot_be_read_is_named),
		PLACE(checkpoints_receipts_and_forks_are_kept),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
