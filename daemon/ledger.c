#include "daemon/ledger.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "ballots/base/mem.h"
#include "ballots/machine/files.h"
#include "ballots/machine/trouble.h"
#include "daemon/mark.h"

enum { PATH_BYTES = 4096 };

struct ledger {
	int dir;
	int lock; /* -1 when read-only */
	struct mark *mark;
	struct store *store;
	bool read_only;
	bool ready; /* confirmed, and no append has failed since */
	uint64_t reserve_bytes;
	struct tree_head head;
	struct tree stored; /* made from bytes read back, never from a batch */
};

/* A database without a mark is no new ledger, so the mark comes first. */
static int
open_mark(struct ledger *led)
{
	bool create = !led->read_only && !files_exist(led->dir, "db/data.mdb");

	led->mark = mark_open(led->dir, create);
	return led->mark != NULL ? 0 : -1;
}

/* Make the directory of the database, and flush the names in it. */
static int
make_home(const char *path)
{
	int db = files_make_dir(path, FILES_PRIVATE);
	int rc = db >= 0 ? files_flush_dir(db, path) : -1;

	files_close(db);
	return rc;
}

static int
open_store(struct ledger *led, const char *dir, uint64_t map_bytes)
{
	char path[PATH_BYTES];

	if (snprintf(path, sizeof(path), "%s/db", dir) >= (int)sizeof(path))
		return trouble_say("the path of the ledger is too long");
	if (!led->read_only && make_home(path) != 0)
		return -1;
	led->store = store_open(path, map_bytes, led->read_only);
	if (led->store == NULL)
		return -1;
	/* LMDB flushes its files, not their names. */
	if (!led->read_only && make_home(path) != 0)
		return -1;
	return store_head(led->store, &led->head);
}

/* The mark was read first, so a daemon at work cannot seem rolled back. */
static int
compare_mark(const struct ledger *led)
{
	struct tree_head marked = mark_head(led->mark);

	if (marked.size > led->head.size)
		return trouble_say("the database was rolled back: it holds "
				   "%" PRIu64 " records, the head file says "
				   "%" PRIu64,
			led->head.size, marked.size);
	if (marked.size == led->head.size &&
		!tree_same_head(&marked, &led->head))
		return trouble_say("the database and the head file name "
				   "different roots for %" PRIu64 " records",
			marked.size);
	return 0;
}

struct ledger *
ledger_open(const char *dir, const struct ledger_options *options)
{
	struct ledger *led = mem_new(sizeof(*led));

	led->lock = -1;
	led->read_only = options->read_only;
	led->reserve_bytes = options->reserve_bytes;
	led->dir = files_open_dir(dir);
	if (led->dir < 0)
		goto failed;
	if (!led->read_only && (led->lock = files_lock(led->dir, "lock")) < 0)
		goto failed;
	if (open_mark(led) != 0)
		goto failed;
	if (open_store(led, dir, options->map_bytes) != 0)
		goto failed;
	if (compare_mark(led) != 0)
		goto failed;
	return led;

failed:
	ledger_close(led);
	return NULL;
}

void
ledger_close(struct ledger *led)
{
	if (led == NULL)
		return;
	store_close(led->store);
	mark_close(led->mark);
	files_close(led->lock);
	files_close(led->dir);
	mem_free(led);
}

const struct store *
ledger_store(const struct ledger *led)
{
	return led->store;
}

struct tree_head
ledger_head(const struct ledger *led)
{
	return led->head;
}

struct tree_head
ledger_marked(const struct ledger *led)
{
	return mark_head(led->mark);
}

int
ledger_recall(struct ledger *led, const uint8_t id[static CRYPT_HASH])
{
	return store_recall(led->store, id);
}

int
ledger_confirm(struct ledger *led, const struct tree *recomputed,
	const struct tree_head *marked)
{
	struct tree_head noted = mark_head(led->mark);
	struct tree_head head = tree_head(recomputed);

	assert(store_recalled(led->store) == head.size);
	if (!tree_same_head(&head, &led->head))
		return trouble_say("the records are damaged: they hash to "
				   "another root than the head states");
	if (!tree_same_head(marked, &noted))
		return trouble_say("the records are not those that were "
				   "signed: the first %" PRIu64
				   " hash to another root than the head file "
				   "states",
			noted.size);
	if (led->read_only)
		return 0;
	if (noted.size < head.size && mark_set(led->mark, &head) != 0)
		return -1;
	led->stored = *recomputed;
	led->ready = true;
	return 0;
}

static bool
hash_one(void *ctx, uint64_t index, struct bytes record)
{
	(void)index;
	tree_append(ctx, record, NULL, NULL);
	return true;
}

/* Hash what is on disk now, so that no slip of memory is ever signed. */
static int
read_back(struct ledger *led, const struct tree_head *after)
{
	struct tree_head head;

	if (store_read(led->store, led->stored.size, SIZE_MAX, hash_one,
		    &led->stored) != 0)
		return -1;
	head = tree_head(&led->stored);
	if (!tree_same_head(&head, after))
		return trouble_say("the first %" PRIu64 " records as stored "
				   "hash to another root than as judged",
			head.size);
	return 0;
}

int
ledger_append(struct ledger *led, const struct batch *batch,
	const struct tree_head *before)
{
	assert(batch->n_entries > 0);
	assert(batch->after.size == before->size + batch->n_entries);

	if (!led->ready)
		return trouble_say("the ledger takes no records: its last "
				   "append failed, or it was not confirmed");
	led->ready = false;
	if (store_append(led->store, batch, before) != 0)
		return -1;
	if (read_back(led, &batch->after) != 0)
		return -1;
	if (mark_set(led->mark, &batch->after) != 0)
		return -1;
	led->head = batch->after;
	led->ready = true;
	return 0;
}

bool
ledger_has_room(const struct ledger *led)
{
	uint64_t disk, map;

	return store_room(led->store, &map) &&
	       files_room(led->dir, &disk) == 0 && map >= led->reserve_bytes &&
	       disk >= led->reserve_bytes;
}
