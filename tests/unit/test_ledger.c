#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "ballots/base/mem.h"
#include "daemon/known.h"
#include "daemon/ledger.h"
#include "tests/lib/place.h"

#define MIB (1024 * 1024)

static const struct ledger_options roomy = {.map_bytes = (uint64_t)1 << 40};
static const struct ledger_options for_audit = {
	.map_bytes = (uint64_t)1 << 40, .read_only = true};

/* A ledger with the tree of its records, as a daemon holds them. */
struct desk {
	struct ledger *led;
	struct tree tree;
	struct tree_head marked;
	int rc; /* of recalling the acts */
};

/* Another filler is another history. */
static char filler = 'r';
static size_t record_bytes = 400;

/* Record number index: bytes that begin with the number. */
static struct bytes
record_of(uint64_t index, char room[static 400])
{
	memset(room, filler, 400);
	snprintf(room, 400, "record %llu", (unsigned long long)index);
	return bytes_of(room, record_bytes);
}

static void
id_of(uint64_t index, uint8_t id[static CRYPT_HASH])
{
	char room[400];

	crypt_hash(record_of(index, room), id);
}

static bool
hash_one(void *ctx, uint64_t index, struct bytes record)
{
	struct desk *d = ctx;
	uint8_t id[CRYPT_HASH];

	assert_int_equal(index, d->tree.size);
	tree_append(&d->tree, record, NULL, NULL);
	crypt_hash(record, id);
	d->rc |= ledger_recall(d->led, id);
	if (d->tree.size == ledger_marked(d->led).size)
		d->marked = tree_head(&d->tree);
	return true;
}

/* Walk all records in pages of 10,000 bytes; what a start does. */
static int
walk_all(struct desk *d)
{
	d->tree = (struct tree){0};
	d->marked = tree_head(&d->tree);
	while (d->tree.size < ledger_head(d->led).size)
		if (store_read(ledger_store(d->led), d->tree.size, 10000,
			    hash_one, d) != 0 ||
			d->rc != 0)
			return -1;
	return ledger_confirm(d->led, &d->tree, &d->marked);
}

static struct desk *
desk_open(const char *dir, const struct ledger_options *options)
{
	struct desk *d = mem_new(sizeof(*d));

	d->led = ledger_open(dir, options);
	if (d->led != NULL && walk_all(d) == 0)
		return d;
	ledger_close(d->led);
	mem_free(d);
	return NULL;
}

static void
desk_close(struct desk *d)
{
	ledger_close(d->led);
	mem_free(d);
}

/* Append n records in one batch. */
static int
desk_append(struct desk *d, size_t n)
{
	struct tree_head before = ledger_head(d->led);
	struct batch batch = {0};
	int rc;

	for (size_t i = 0; i < n; i++) {
		uint8_t id[CRYPT_HASH];
		char room[400];
		struct bytes record = record_of(d->tree.size, room);

		id_of(d->tree.size, id);
		batch_put(&batch, record, id);
		tree_append(&d->tree, record, batch_put_tile, &batch);
	}
	batch.after = tree_head(&d->tree);
	rc = ledger_append(d->led, &batch, &before);
	batch_clear(&batch);
	return rc;
}

static void
make_ledger(const char *dir, size_t n)
{
	struct desk *d = desk_open(dir, &roomy);

	assert_non_null(d);
	assert_int_equal(desk_append(d, n), 0);
	desk_close(d);
}

static int
open_file(const char *dir, const char *name)
{
	char path[200];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_RDWR);
	assert_true(fd >= 0);
	return fd;
}

/* Change one byte of a file where the text stands, every time it does. */
static void
flip_at(const char *dir, const char *name, const char *text)
{
	int fd = open_file(dir, name);
	size_t len = (size_t)lseek(fd, 0, SEEK_END);
	char *all = mem_new(len);
	int found = 0;

	assert_int_equal(pread(fd, all, len, 0), len);
	for (size_t i = 0; i + strlen(text) <= len; i++)
		if (memcmp(all + i, text, strlen(text)) == 0) {
			char other = (char)(all[i] ^ 1);

			assert_int_equal(pwrite(fd, &other, 1, (off_t)i), 1);
			found++;
		}
	assert_true(found > 0);
	mem_free(all);
	close(fd);
}

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
known_acts_have_their_index_and_unknown_ones_none(void **state)
{
	struct desk *d = desk_open(*state, &roomy);
	uint8_t id[CRYPT_HASH];
	uint64_t index;

	desk_append(d, 300);
	id_of(299, id);
	assert_int_equal(store_find(ledger_store(d->led), id, &index), 0);
	assert_int_equal(index, 299);
	id_of(300, id);
	assert_int_equal(store_find(ledger_store(d->led), id, &index), 0);
	assert_true(index == STORE_NONE);
	desk_close(d);
}

/* Enough records to finish a block of the index, of few bytes each. */
static void
make_long_ledger(const char *dir)
{
	struct desk *d = desk_open(dir, &roomy);

	record_bytes = 20;
	while (d->tree.size < KNOWN_BLOCK + 1000)
		assert_int_equal(desk_append(d, 2000), 0);
	desk_close(d);
}

static void
acts_of_finished_blocks_are_known_too(void **state)
{
	static const uint64_t some[] = {
		0, 1, 40000, KNOWN_BLOCK - 1, KNOWN_BLOCK, KNOWN_BLOCK + 999};
	struct desk *d;
	uint8_t id[CRYPT_HASH];
	uint64_t index;

	make_long_ledger(*state);
	d = desk_open(*state, &roomy);
	assert_non_null(d);
	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		id_of(some[i], id);
		assert_int_equal(
			store_find(ledger_store(d->led), id, &index), 0);
		assert_int_equal(index, some[i]);
	}
	id[0] ^= 1;
	assert_int_equal(store_find(ledger_store(d->led), id, &index), 0);
	assert_true(index == STORE_NONE);
	assert_int_equal(desk_append(d, 5), 0);
	desk_close(d);
	record_bytes = 400;
}

static void
damage_to_the_index_of_known_acts_is_found_at_start(void **state)
{
	char text[17] = {0};
	uint8_t id[CRYPT_HASH];

	make_long_ledger(*state);
	id_of(777, id);
	memcpy(text, id, 16);
	flip_at(*state, "db/data.mdb", text);
	assert_null(desk_open(*state, &roomy));
	assert_trouble("block 0 of the index of known acts is missing or "
		       "damaged");
	record_bytes = 400;
}

static void
finished_tiles_are_stored_with_their_batch(void **state)
{
	struct desk *d = desk_open(*state, &roomy);
	uint8_t tile[TREE_TILE_BYTES], leaf[CRYPT_HASH];
	char room[400];

	desk_append(d, 255);
	assert_int_equal(store_copy_tile(ledger_store(d->led), 0, 0, tile), -1);
	assert_trouble("tile 0 of level 0 is missing");
	desk_append(d, 400);
	assert_int_equal(store_copy_tile(ledger_store(d->led), 0, 1, tile), 0);
	tree_leaf_hash(record_of(257, room), leaf);
	assert_memory_equal(tile + CRYPT_HASH, leaf, CRYPT_HASH);
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

static bool
stop_at_12(void *ctx, uint64_t index, struct bytes record)
{
	uint64_t *last = ctx;

	(void)record;
	*last = index;
	return index < 12;
}

static void
a_page_ends_at_its_bytes_or_where_the_reader_stops(void **state)
{
	struct desk *d = desk_open(*state, &roomy);
	const struct store *st = ledger_store(d->led);
	uint64_t last = 99;

	desk_append(d, 50);
	assert_int_equal(store_read(st, 3, 1, stop_at_12, &last), 0);
	assert_int_equal(last, 3);
	assert_int_equal(store_read(st, 3, 1200, stop_at_12, &last), 0);
	assert_int_equal(last, 5);
	assert_int_equal(store_read(st, 3, SIZE_MAX, stop_at_12, &last), 0);
	assert_int_equal(last, 12);
	last = 99;
	assert_int_equal(store_read(st, 50, SIZE_MAX, stop_at_12, &last), 0);
	assert_int_equal(last, 99);
	desk_close(d);
}

#define in_a_place(test)                                                       \
	cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		in_a_place(what_was_appended_is_there_after_reopening),
		in_a_place(known_acts_have_their_index_and_unknown_ones_none),
		in_a_place(acts_of_finished_blocks_are_known_too),
		in_a_place(damage_to_the_index_of_known_acts_is_found_at_start),
		in_a_place(finished_tiles_are_stored_with_their_batch),
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
		in_a_place(a_page_ends_at_its_bytes_or_where_the_reader_stops),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
