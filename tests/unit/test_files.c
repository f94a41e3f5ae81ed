#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "ballots/machine/files.h"
#include "tests/lib/place.h"

static void
assert_content(int dir, const char *name, const char *content)
{
	struct writer w = {0};

	assert_int_equal(files_read(dir, name, 1000, &w), 0);
	assert_string_equal(writer_string(&w), content);
	writer_clear(&w);
}

static void
a_file_is_written_once_and_makes_its_directories(void **state)
{
	int dir = files_open_dir(*state);

	assert_int_equal(files_write_once(dir, "tile/0/x001/067", FILES_PUBLIC,
				 BYTES("leaves")),
		0);
	assert_content(dir, "tile/0/x001/067", "leaves");
	files_close(dir);
}

static void
writing_the_same_again_is_well_and_another_content_is_refused(void **state)
{
	int dir = files_open_dir(*state);

	files_write_once(dir, "a", FILES_PUBLIC, BYTES("one"));
	assert_int_equal(
		files_write_once(dir, "a", FILES_PUBLIC, BYTES("one")), 0);
	assert_int_equal(
		files_write_once(dir, "a", FILES_PUBLIC, BYTES("on")), -1);
	assert_trouble("a is there already and differs");
	assert_int_equal(
		files_write_once(dir, "a", FILES_PUBLIC, BYTES("one!")), -1);
	assert_trouble("a is there already and differs");
	assert_content(dir, "a", "one");
	files_close(dir);
}

static void
a_file_is_replaced_as_a_whole(void **state)
{
	int dir = files_open_dir(*state);

	files_replace(dir, "a", FILES_PUBLIC, BYTES("a long first content"));
	files_replace(dir, "a", FILES_PUBLIC, BYTES("short"));
	assert_content(dir, "a", "short");
	files_close(dir);
}

static void
a_private_file_is_for_its_owner_alone(void **state)
{
	int dir = files_open_dir(*state);
	char path[100];
	struct stat st;

	files_write_once(dir, "keys/mine", FILES_PRIVATE, BYTES("secret"));
	snprintf(path, sizeof(path), "%s/keys/mine", (char *)*state);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	snprintf(path, sizeof(path), "%s/keys", (char *)*state);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	files_close(dir);
}

static void
nothing_but_the_files_asked_for_is_left(void **state)
{
	int dir = files_open_dir(*state);

	files_replace(dir, "a", FILES_PUBLIC, BYTES("1"));
	files_replace(dir, "a", FILES_PUBLIC, BYTES("2"));
	assert_int_equal(files_remove(dir, "a"), 0);
	assert_int_equal(files_remove(dir, "a"), 0);
	files_close(dir);
	assert_int_equal(rmdir(*state), 0); /* so it is empty */
	assert_int_equal(mkdir(*state, 0700), 0);
}

static void
a_file_over_the_limit_or_missing_is_told(void **state)
{
	int dir = files_open_dir(*state);
	struct writer w = {0};

	files_replace(dir, "a", FILES_PUBLIC, BYTES("12345"));
	assert_int_equal(files_read(dir, "a", 4, &w), -1);
	assert_trouble("cannot read a: File too large");
	assert_int_equal(files_read(dir, "b", 4, &w), -1);
	assert_trouble("cannot open b: No such file");
	assert_true(files_exist(dir, "a"));
	assert_false(files_exist(dir, "b"));
	writer_clear(&w);
	files_close(dir);
}

static void
a_lock_keeps_a_second_process_out_until_the_first_is_gone(void **state)
{
	int dir = files_open_dir(*state);
	int lock = files_lock(dir, "lock");
	pid_t child;
	int status;

	assert_true(lock >= 0);
	assert_int_equal(files_lock(dir, "lock"), -1);
	assert_trouble("lock is locked: another process is at work here");
	files_close(lock);

	child = fork();
	if (child == 0)
		_exit(files_lock(dir, "lock") >= 0 ? 0 : 1);
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	lock = files_lock(dir, "lock");
	assert_true(lock >= 0);
	files_close(lock);
	files_close(dir);
}

static void
directories_are_made_with_their_parents(void **state)
{
	char path[100];
	uint64_t room;
	int dir;

	snprintf(path, sizeof(path), "%s/a/b//c/", (char *)*state);
	dir = files_make_dir(path, FILES_PRIVATE);
	assert_true(dir >= 0);
	assert_int_equal(files_room(dir, &room), 0);
	assert_true(room > 0);
	files_close(dir);
	dir = files_make_dir(path, FILES_PRIVATE);
	assert_true(dir >= 0);
	files_close(dir);
	assert_int_equal(files_open_dir("/nowhere"), -1);
	assert_trouble("cannot open directory /nowhere");
}

#define in_a_place(test)                                                       \
	cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_a_place(a_file_is_written_once_and_makes_its_directories),
		in_a_place(
			writing_the_same_again_is_well_and_another_content_is_refused),
		in_a_place(a_file_is_replaced_as_a_whole),
		in_a_place(a_private_file_is_for_its_owner_alone),
		in_a_place(nothing_but_the_files_asked_for_is_left),
		in_a_place(a_file_over_the_limit_or_missing_is_told),
		in_a_place(
			a_lock_keeps_a_second_process_out_until_the_first_is_gone),
		in_a_place(directories_are_made_with_their_parents),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
