#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "tests/lib/desk.h"

#define MIB (1024 * 1024)

static void
what_was_appended_is_there_after_reopening(void **state)
{
	struct desk *d = desk_open(*state, &roomy);
	struct tree_head head;
	struct writer w = {0};
	char room[400];

	assert_non_null(d);
	assert_int_equal(ledger_head(d->led).size, 0);
	assert_int_equal(desk_append(d, 1), 0);
	assert_int_equal(desk_append(d, 64), 0);
	assert_int_equal(desk_append(d, 700), 0);
	head = ledger_head(d->led);
	desk_close(d);

	d = desk_open(*state, &roomy);
	assert_non_null(d);
	assert_int_equal(ledger_head(d->led).size, 765);
	assert_memory_equal(ledger_head(d->led).root, head.root, CRYPT_HASH);
	store_copy(ledger_store(d->led), 64, &w);
	assert_true(bytes_equal(writer_view(&w), record_of(64, room)));
	assert_int_equal(desk_append(d, 1), 0);
	writer_clear(&w);
	desk_close(d);
}

static void
a_batch_built_on_another_head_is_not_written(void **state)
{
	struct desk *d = desk_open(*state, &roomy);
	struct tree_head other;
	struct batch batch = {0};
	uint8_t id[CRYPT_HASH] = {1};

	desk_append(d, 3);
	other = ledger_head(d->led);
	other.root[0] ^= 1;
	batch_put(&batch, BYTES("x"), id);
	tree_append(&d->tree, BYTES("x"), batch_put_tile, &batch);
	batch.after = tree_head(&d->tree);
	assert_int_equal(ledger_append(d->led, &batch, &other), -1);
	assert_trouble("not at the head the batch was built on");
	assert_int_equal(ledger_head(d->led).size, 3);
	batch_clear(&batch);
	desk_close(d);
	d = desk_open(*state, &roomy);
	assert_int_equal(ledger_head(d->led).size, 3);
	desk_close(d);
}

static void
a_batch_whose_root_is_not_that_of_its_records_ends_the_ledger(void **state)
{
	struct desk *d = desk_open(*state, &roomy);
	struct tree_head before = ledger_head(d->led);
	struct batch batch = {0};
	uint8_t id[CRYPT_HASH] = {1};

	batch_put(&batch, BYTES("stored"), id);
	tree_append(&d->tree, BYTES("judged"), batch_put_tile, &batch);
	batch.after = tree_head(&d->tree);
	assert_int_equal(ledger_append(d->led, &batch, &before), -1);
	assert_trouble("hash to another root than as judged");
	assert_int_equal(ledger_marked(d->led).size, 0); /* never signed */
	assert_int_equal(ledger_append(d->led, &batch, &before), -1);
	assert_trouble("takes no records");
	batch_clear(&batch);
	desk_close(d);
	assert_null(desk_open(*state, &roomy));
	assert_trouble("the records are damaged");
}

static void
the_same_act_is_never_stored_twice(void **state)
{
	struct desk *d = desk_open(*state, &roomy);
	struct tree_head before = ledger_head(d->led);
	struct batch batch = {0};
	uint8_t id[CRYPT_HASH] = {1};

	for (int i = 0; i < 2; i++) {
		batch_put(&batch, BYTES("x"), id);
		tree_append(&d->tree, BYTES("x"), batch_put_tile, &batch);
	}
	batch.after = tree_head(&d->tree);
	assert_int_equal(ledger_append(d->led, &batch, &before), -1);
	assert_trouble("the act of record 1 is known already");
	batch_clear(&batch);
	desk_close(d);
	d = desk_open(*state, &roomy);
	assert_int_equal(ledger_head(d->led).size, 0);
	desk_close(d);
}

static void
nothing_is_appended_before_the_ledger_is_confirmed(void **state)
{
	struct desk d = {.led = ledger_open(*state, &roomy)};

	assert_int_equal(desk_append(&d, 1), -1);
	assert_trouble("it was not confirmed");
	ledger_close(d.led);
}

static void
a_flipped_bit_in_a_record_is_found_at_start(void **state)
{
	make_ledger(*state, 500);
	flip_at(*state, "db/data.mdb", "record 123");
	assert_null(desk_open(*state, &roomy));
	assert_trouble("the records are damaged");
	assert_null(desk_open(*state, &for_audit));
	assert_trouble("the records are damaged");
}

static void
a_torn_newest_mark_leaves_the_one_before_and_is_healed(void **state)
{
	struct desk *d;
	int fd;

	make_ledger(*state, 5);
	make_ledger(*state, 5);
	make_ledger(*state, 5); /* marks 15 in slot 1; 10 is in slot 0 */
	fd = open_file(*state, "head");
	assert_int_equal(pwrite(fd, "torn", 4, 4096 + 20), 4);
	close(fd);

	d = desk_open(*state, &roomy);
	assert_non_null(d);
	assert_int_equal(d->marked.size, 10);
	assert_int_equal(ledger_marked(d->led).size, 15);
	assert_int_equal(desk_append(d, 5), 0);
	desk_close(d);
	d = desk_open(*state, &roomy);
	assert_int_equal(d->marked.size, 20);
	desk_close(d);
}

static void
a_head_file_that_is_gone_or_torn_twice_is_named(void **state)
{
	char path[200];
	int fd;

	make_ledger(*state, 5);
	fd = open_file(*state, "head");
	assert_int_equal(pwrite(fd, "torn", 4, 20), 4);
	assert_int_equal(pwrite(fd, "torn", 4, 4096 + 20), 4);
	close(fd);
	assert_null(desk_open(*state, &roomy));
	assert_trouble("the head file is damaged");

	snprintf(path, sizeof(path), "%s/head", (char *)*state);
	unlink(path);
	assert_null(desk_open(*state, &roomy));
	assert_trouble("cannot open the head file");
}

static void
copy_database(const char *dir, const char *from, const char *to)
{
	char command[300];

	snprintf(
		command, sizeof(command), "cp %s/%s %s/%s", dir, from, dir, to);
	assert_int_equal(system(command), 0);
}

static void
a_database_put_back_from_a_backup_is_named(void **state)
{
	make_ledger(*state, 5);
	copy_database(*state, "db/data.mdb", "backup");
	make_ledger(*state, 5);
	copy_database(*state, "backup", "db/data.mdb");
	assert_null(desk_open(*state, &roomy));
	assert_trouble("the database was rolled back: it holds 5 records, the "
		       "head file says 10");
}

/* A ledger of n records of another history replaces the database of dir. */
static void
swap_in_another_history(const char *dir, size_t n)
{
	char other[100];

	snprintf(other, sizeof(other), "%s/other", dir);
	assert_int_equal(mkdir(other, 0700), 0);
	filler = 'o';
	make_ledger(other, n);
	filler = 'r';
	copy_database(dir, "other/db/data.mdb", "db/data.mdb");
}

static void
a_fork_of_the_same_size_is_named(void **state)
{
	make_ledger(*state, 10);
	swap_in_another_history(*state, 10);
	assert_null(desk_open(*state, &roomy));
	assert_trouble("name different roots for 10 records");
}

static void
a_fork_that_grew_past_the_mark_is_named(void **state)
{
	make_ledger(*state, 10);
	swap_in_another_history(*state, 12);
	assert_null(desk_open(*state, &roomy));
	assert_trouble("the first 10 hash to another root");
}

static void
a_second_process_on_the_directory_is_refused(void **state)
{
	struct desk *d = desk_open(*state, &roomy);
	struct desk *audit;

	desk_append(d, 3);
	assert_null(ledger_open(*state, &roomy));
	assert_trouble("another process is at work here");
	desk_close(d);

	audit = desk_open(*state, &for_audit);
	assert_non_null(audit);
	assert_int_equal(audit->tree.size, 3);
	assert_int_equal(desk_append(audit, 1), -1);
	desk_close(audit);
}

static void
a_full_map_is_seen_coming_and_stops_the_ledger_whole(void **state)
{
	const struct ledger_options tight = {
		.map_bytes = 2 * MIB, .reserve_bytes = MIB};
	struct desk *d = desk_open(*state, &tight);
	uint64_t size;

	assert_true(ledger_has_room(d->led));
	while (ledger_has_room(d->led))
		assert_int_equal(desk_append(d, 100), 0);
	assert_true(ledger_head(d->led).size > 500);
	while (desk_append(d, 100) == 0)
		;
	assert_trouble("MDB_MAP_FULL");
	size = ledger_head(d->led).size;
	desk_close(d);

	d = desk_open(*state, &roomy);
	assert_non_null(d);
	assert_int_equal(ledger_head(d->led).size, size);
	assert_int_equal(desk_append(d, 100), 0);
	desk_close(d);
}

static void
what_an_append_answered_survives_a_process_that_just_ends(void **state)
{
	struct desk *d;
	pid_t child = fork();
	int status;

	if (child == 0) {
		d = desk_open(*state, &roomy);
		for (int i = 0; i < 10; i++)
			if (desk_append(d, 7) != 0)
				_exit(1);
		kill(getpid(), SIGKILL);
	}
	waitpid(child, &status, 0);
	assert_true(WIFSIGNALED(status));
	d = desk_open(*state, &roomy);
	assert_non_null(d);
	assert_int_equal(ledger_head(d->led).size, 70);
	assert_int_equal(d->marked.size, 70);
	desk_close(d);
}

static void
a_disk_that_takes_no_more_stops_the_ledger_and_loses_nothing(void **state)
{
	struct desk *d = desk_open(*state, &roomy);
	struct rlimit before, tight;
	uint64_t size;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	tight = before;
	tight.rlim_cur = MIB;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
	while (desk_append(d, 100) == 0)
		assert_true(d->tree.size < 10000);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_DFL);
	size = ledger_head(d->led).size;
	assert_true(size > 500);
	desk_close(d);

	d = desk_open(*state, &roomy);
	assert_non_null(d);
	assert_int_equal(ledger_head(d->led).size, size);
	assert_int_equal(desk_append(d, 100), 0);
	desk_close(d);
}

/* Tell the other side that it is its turn, or wait for that. */
static void
hand_over(int fd)
{
	assert_int_equal(write(fd, "x", 1), 1);
}

static void
await(int fd)
{
	char byte;

	assert_int_equal(read(fd, &byte, 1), 1);
}

static bool
count_one(void *ctx, uint64_t index, struct bytes record)
{
	(void)index;
	(void)record;
	++*(uint64_t *)ctx;
	return true;
}

/* 0 when the auditor saw what it should have. */
static int
audit_beside(const char *dir, int turn, int done)
{
	uint64_t more = 0;
	struct desk *d;

	await(turn);
	d = desk_open(dir, &for_audit);
	if (d == NULL || d->tree.size != 100)
		return 1;
	hand_over(done);
	await(turn);
	if (store_read(ledger_store(d->led), 100, SIZE_MAX, count_one, &more) !=
		0)
		return 1;
	desk_close(d);
	return more == 50 ? 0 : 1;
}

static void
an_auditor_reads_beside_the_process_that_writes(void **state)
{
	int turn[2], done[2], status;
	struct desk *d;
	pid_t child;

	assert_int_equal(pipe(turn), 0);
	assert_int_equal(pipe(done), 0);
	child = fork();
	if (child == 0)
		_exit(audit_beside(*state, turn[0], done[1]));
	d = desk_open(*state, &roomy);
	assert_int_equal(desk_append(d, 100), 0);
	hand_over(turn[1]);
	await(done[0]);
	assert_int_equal(desk_append(d, 50), 0);
	hand_over(turn[1]);
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	desk_close(d);
	for (int i = 0; i < 2; i++) {
		close(turn[i]);
		close(done[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_a_place(what_was_appended_is_there_after_reopening),
		in_a_place(a_batch_built_on_another_head_is_not_written),
		in_a_place(
			a_batch_whose_root_is_not_that_of_its_records_ends_the_ledger),
		in_a_place(the_same_act_is_never_stored_twice),
		in_a_place(nothing_is_appended_before_the_ledger_is_confirmed),
		in_a_place(a_flipped_bit_in_a_record_is_found_at_start),
		in_a_place(
			a_torn_newest_mark_leaves_the_one_before_and_is_healed),
		in_a_place(a_head_file_that_is_gone_or_torn_twice_is_named),
		in_a_place(a_database_put_back_from_a_backup_is_named),
		in_a_place(a_fork_of_the_same_size_is_named),
		in_a_place(a_fork_that_grew_past_the_mark_is_named),
		in_a_place(a_second_process_on_the_directory_is_refused),
		in_a_place(
			a_full_map_is_seen_coming_and_stops_the_ledger_whole),
		in_a_place(
			what_an_append_answered_survives_a_process_that_just_ends),
		in_a_place(
			a_disk_that_takes_no_more_stops_the_ledger_and_loses_nothing),
		in_a_place(an_auditor_reads_beside_the_process_that_writes),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
