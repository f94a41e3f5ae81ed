/*
 * How fast records become durable: batches of 1, 64 and 1,000 records of 400
 * bytes, with known acts whose ids are spread like hashes, on a ledger that
 * holds up to a million already.  The time of one flush is printed beside each
 * figure, since it moves from minute to minute.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ballots/base/crypt.h"
#include "daemon/ledger.h"
#include "tests/lib/bench.h"

enum { RECORD_BYTES = 400 };

static char dir[] = "bench.XXXXXX";
static struct ledger *led;
static struct tree tree;
static struct batch batch;

static struct bytes
record_of(uint64_t index, char room[static RECORD_BYTES])
{
	memset(room, 0, RECORD_BYTES);
	snprintf(room, RECORD_BYTES, "%llu", (unsigned long long)index);
	return bytes_of(room, RECORD_BYTES);
}

static void
id_of(uint64_t index, uint8_t id[static CRYPT_HASH])
{
	char room[RECORD_BYTES];

	crypt_hash(record_of(index, room), id);
}

static void
fill_batch(size_t n)
{
	batch_rewind(&batch);
	for (size_t i = 0; i < n; i++) {
		char room[RECORD_BYTES];
		uint8_t id[CRYPT_HASH];
		struct bytes b = record_of(tree.size, room);

		id_of(tree.size, id);
		batch_put(&batch, b, id);
		tree_append(&tree, b, batch_put_tile, &batch);
	}
	batch.after = tree_head(&tree);
}

/* Append batches of n until the ledger holds size or limit_s have passed. */
static void
measure(size_t n, uint64_t size, double limit_s)
{
	double flush = bench_flush_ms(dir), in_append = 0;
	uint64_t start = clock_steady_ns(), from = tree.size;
	size_t commits = 0;

	while (tree.size < size && bench_seconds_since(start) < limit_s) {
		struct tree_head before = ledger_head(led);
		uint64_t at;

		fill_batch(n);
		at = clock_steady_ns();
		if (ledger_append(led, &batch, &before) != 0)
			exit(1);
		in_append += bench_seconds_since(at);
		commits++;
	}
	printf("batch %4zu at %8llu records: %8.0f records/s, %7.3f ms an "
	       "append, flush %.3f to %.3f ms\n",
		n, (unsigned long long)tree.size,
		(double)(tree.size - from) / in_append,
		in_append * 1000 / (double)commits, flush, bench_flush_ms(dir));
}

static bool
hash_one(void *ctx, uint64_t index, struct bytes record)
{
	(void)index;
	tree_append(ctx, record, NULL, NULL);
	return true;
}

/* What a start costs before any rule is applied. */
static void
measure_walk(void)
{
	static struct tree again;
	uint64_t start = clock_steady_ns();

	while (again.size < tree.size)
		if (store_read(ledger_store(led), again.size, 1 << 20, hash_one,
			    &again) != 0)
			exit(1);
	printf("read and hashed by one thread: %.0f records/s\n",
		(double)tree.size / bench_seconds_since(start));
}

/* A retry asks once; here acts of all ages. */
static void
measure_find(void)
{
	uint64_t start, index;
	const int finds = 20000;

	start = clock_steady_ns();
	for (int i = 0; i < finds; i++) {
		uint64_t at = tree.size / finds * (uint64_t)i;
		uint8_t id[CRYPT_HASH];

		id_of(at, id);
		if (store_find(ledger_store(led), id, &index) != 0 ||
			index != at)
			exit(1);
	}
	printf("known acts found: %.0f a second\n",
		finds / bench_seconds_since(start));
}

int
main(void)
{
	const struct ledger_options options = {.map_bytes = (uint64_t)1 << 36};
	struct tree_head empty = tree_head(&tree);
	char command[64];

	if (!crypt_init() || mkdtemp(dir) == NULL)
		return 1;
	led = ledger_open(dir, &options);
	if (led == NULL || ledger_confirm(led, &tree, &empty) != 0)
		return 1;
	measure(1, 1000000, 1);
	measure(64, 1000000, 1);
	measure(1000, 200000, 30);
	measure(1000, 1000000, 30);
	measure(1, 2000000, 2);
	measure(64, 2000000, 2);
	measure_walk();
	measure_find();
	batch_clear(&batch);
	ledger_close(led);
	snprintf(command, sizeof(command), "du -sh %s && rm -r %s", dir, dir);
	return system(command);
}
