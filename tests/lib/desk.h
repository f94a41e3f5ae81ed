#ifndef TESTS_LIB_DESK_H
#define TESTS_LIB_DESK_H

#include <fcntl.h>
#include <stdint.h>

#include "ballots/base/mem.h"
#include "daemon/ledger.h"
#include "tests/lib/place.h"

/*
 * A ledger on disk with records of no meaning, and ways to damage it.  Include
 * after cmocka.h.
 */
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
static inline struct bytes
record_of(uint64_t index, char room[static 400])
{
	memset(room, filler, 400);
	snprintf(room, 400, "record %llu", (unsigned long long)index);
	return bytes_of(room, record_bytes);
}

static inline void
id_of(uint64_t index, uint8_t id[static CRYPT_HASH])
{
	char room[400];

	crypt_hash(record_of(index, room), id);
}

static inline bool
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
static inline int
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

static inline struct desk *
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

static inline void
desk_close(struct desk *d)
{
	ledger_close(d->led);
	mem_free(d);
}

/* Append n records in one batch. */
static inline int
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

static inline void
make_ledger(const char *dir, size_t n)
{
	struct desk *d = desk_open(dir, &roomy);

	assert_non_null(d);
	assert_int_equal(desk_append(d, n), 0);
	desk_close(d);
}

static inline int
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
static inline void
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

#define in_a_place(test)                                                       \
	cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

#endif
