#include "daemon/store.h"

#include <assert.h>
#include <inttypes.h>
#include <lmdb.h>
#include <string.h>
#include <sys/resource.h>

#include "ballots/base/mem.h"
#include "ballots/base/reader.h"
#include "ballots/machine/files.h"
#include "ballots/machine/trouble.h"
#include "daemon/known.h"

#define FORMAT "union-ledger/1"

enum {
	KEY_BYTES = 8,          /* of a record: its index */
	TILE_KEY_BYTES = 9,     /* level, number */
	TIDY_EVERY = 64,        /* appends between looks for dead readers */
	MAP_STEP = 1024 * 1024, /* a map is a multiple of this */
	UNSAFE = MDB_NOSYNC | MDB_NOMETASYNC | MDB_WRITEMAP | MDB_MAPASYNC,
};

/*
 *     table    key                    value
 *     records  index                  the record
 *     tiles    level (1), number (8)  TREE_TILE_BYTES
 *     known    number of a block      the block (known.h)
 *     meta     "format"               FORMAT
 *              "head"                 size, root
 *
 * Integers are 8 bytes, big-endian, so that keys are in order of number.
 */
enum table {
	RECORDS,
	TILES,
	KNOWN,
	META,
	TABLES,
};

static const char *const table_names[TABLES] = {
	"records",
	"tiles",
	"known",
	"meta",
};

struct store {
	MDB_env *env;
	MDB_dbi table[TABLES];
	bool read_only;
	unsigned appends;
	uint64_t n_known;     /* acts of the index so far */
	struct known *latest; /* those of its unfinished block */
};

static int
fail(const char *what, int rc)
{
	return trouble_say("the ledger: %s: %s", what, mdb_strerror(rc));
}

/* Bytes for LMDB and back.  It takes, but never changes, what is not const. */
static MDB_val
val(struct bytes b)
{
	return (MDB_val){b.len, (void *)b.data};
}

static struct bytes
view(MDB_val v)
{
	return bytes_of(v.mv_data, v.mv_size);
}

static struct bytes
number_key(uint64_t number, uint8_t key[static KEY_BYTES])
{
	for (int i = 0; i < KEY_BYTES; i++)
		key[i] = (uint8_t)(number >> (56 - 8 * i));
	return bytes_of(key, KEY_BYTES);
}

static struct bytes
tile_key(unsigned level, uint64_t number, uint8_t key[static TILE_KEY_BYTES])
{
	key[0] = (uint8_t)level;
	number_key(number, key + 1);
	return bytes_of(key, TILE_KEY_BYTES);
}

/* Reading: every transaction is short, one call long. ***********************/

static int
begin_reading(const struct store *st, MDB_txn **txn)
{
	int rc = mdb_txn_begin(st->env, NULL, MDB_RDONLY, txn);

	return rc == 0 ? 0 : fail("cannot begin to read", rc);
}

/* 0 or MDB_NOTFOUND; -1 once it has told why. */
static int
get(const struct store *st, MDB_txn *txn, enum table table, struct bytes key,
	struct bytes *out)
{
	MDB_val k = val(key), v;
	int rc = mdb_get(txn, st->table[table], &k, &v);

	if (rc == 0)
		*out = view(v);
	else if (rc != MDB_NOTFOUND)
		return fail(table_names[table], rc);
	return rc;
}

static int
read_head(const struct store *st, MDB_txn *txn, struct tree_head *out)
{
	struct bytes value;
	struct reader r;
	struct bytes root;
	uint64_t size;
	int rc = get(st, txn, META, BYTES("head"), &value);

	if (rc == MDB_NOTFOUND)
		return trouble_say("the ledger: it has no head");
	if (rc != 0)
		return -1;
	r = reader_of(value);
	size = reader_u64(&r);
	root = reader_bytes(&r, CRYPT_HASH);
	if (!reader_done(&r))
		return trouble_say("the ledger: its head is damaged");
	out->size = size;
	memcpy(out->root, root.data, CRYPT_HASH);
	return 0;
}

/* Walk with a cursor; every index must be there, or it is said which is not. */
static int
walk(MDB_cursor *cursor, uint64_t from, uint64_t end, size_t max_bytes,
	store_take_fn *take, void *ctx)
{
	uint8_t room[KEY_BYTES];
	MDB_val key = val(number_key(from, room)), value;
	int rc = mdb_cursor_get(cursor, &key, &value, MDB_SET);
	size_t total = 0;

	for (uint64_t index = from; index < end && total < max_bytes; index++) {
		if (rc == MDB_NOTFOUND ||
			(rc == 0 && !bytes_equal(view(key),
					    number_key(index, room))))
			return trouble_say("the ledger: record %" PRIu64
					   " is missing",
				index);
		if (rc != 0)
			return fail("cannot read a record", rc);
		total += value.mv_size;
		if (!take(ctx, index, view(value)))
			break;
		rc = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
	}
	return 0;
}

int
store_read(const struct store *st, uint64_t from, size_t max_bytes,
	store_take_fn *take, void *ctx)
{
	struct tree_head head;
	MDB_cursor *cursor;
	MDB_txn *txn;
	int rc;

	if (begin_reading(st, &txn) != 0)
		return -1;
	rc = read_head(st, txn, &head);
	if (rc != 0 || from >= head.size)
		goto done;
	rc = mdb_cursor_open(txn, st->table[RECORDS], &cursor);
	if (rc != 0) {
		rc = fail("cannot read records", rc);
		goto done;
	}
	rc = walk(cursor, from, head.size, max_bytes, take, ctx);
	mdb_cursor_close(cursor);
done:
	mdb_txn_abort(txn);
	return rc;
}

static bool
copy_one(void *ctx, uint64_t index, struct bytes record)
{
	(void)index;
	writer_put(ctx, record);
	return false;
}

int
store_copy(const struct store *st, uint64_t index, struct writer *out)
{
	return store_read(st, index, 1, copy_one, out);
}

/* Search the finished blocks, the newest first. */
static int
search_blocks(const struct store *st, MDB_txn *txn,
	const uint8_t id[static CRYPT_HASH], uint64_t *index)
{
	for (uint64_t n = st->n_known / KNOWN_BLOCK; n-- > 0;) {
		uint8_t key[KEY_BYTES];
		struct bytes block;
		uint32_t place;
		int rc = get(st, txn, KNOWN, number_key(n, key), &block);

		if (rc != 0)
			return rc == MDB_NOTFOUND ? fail("known", rc) : -1;
		if (known_search(block, id, &place)) {
			*index = n * KNOWN_BLOCK + place;
			return 0;
		}
	}
	*index = STORE_NONE;
	return 0;
}

int
store_find(const struct store *st, const uint8_t id[static CRYPT_HASH],
	uint64_t *index)
{
	uint32_t place;
	MDB_txn *txn;
	int rc;

	if (known_find(st->latest, id, &place)) {
		*index = st->n_known - known_count(st->latest) + place;
		return 0;
	}
	if (begin_reading(st, &txn) != 0)
		return -1;
	rc = search_blocks(st, txn, id, index);
	mdb_txn_abort(txn);
	return rc;
}

/* Add the act of the next record; block gets the block that this fills. */
static int
learn(struct store *st, const uint8_t id[static CRYPT_HASH],
	struct writer *block)
{
	if (!known_add(st->latest, id))
		return trouble_say("the ledger: the act of record %" PRIu64
				   " is known already",
			st->n_known);
	st->n_known++;
	if (known_count(st->latest) == KNOWN_BLOCK)
		known_finish(st->latest, block);
	return 0;
}

/* The stored block must be this one. */
static int
compare_block(const struct store *st, uint64_t number, struct bytes block)
{
	uint8_t key[KEY_BYTES];
	struct bytes stored;
	MDB_txn *txn;
	int rc;

	if (begin_reading(st, &txn) != 0)
		return -1;
	rc = get(st, txn, KNOWN, number_key(number, key), &stored);
	if (rc == MDB_NOTFOUND || (rc == 0 && !bytes_equal(stored, block)))
		rc = trouble_say("the ledger: block %" PRIu64 " of the index "
				 "of known acts is missing or damaged",
			number);
	mdb_txn_abort(txn);
	return rc;
}

int
store_recall(struct store *st, const uint8_t id[static CRYPT_HASH])
{
	struct writer block = {0};
	int rc = learn(st, id, &block);

	if (rc == 0 && block.len > 0)
		rc = compare_block(
			st, st->n_known / KNOWN_BLOCK - 1, writer_view(&block));
	writer_clear(&block);
	return rc;
}

uint64_t
store_recalled(const struct store *st)
{
	return st->n_known;
}

int
store_copy_tile(const struct store *st, unsigned level, uint64_t number,
	uint8_t out[static TREE_TILE_BYTES])
{
	uint8_t key[TILE_KEY_BYTES];
	struct bytes value;
	MDB_txn *txn;
	int rc;

	if (begin_reading(st, &txn) != 0)
		return -1;
	rc = get(st, txn, TILES, tile_key(level, number, key), &value);
	if (rc == MDB_NOTFOUND || (rc == 0 && value.len != TREE_TILE_BYTES))
		rc = trouble_say("the ledger: tile %" PRIu64 " of level %u is "
				 "missing or damaged",
			number, level);
	if (rc == 0)
		memcpy(out, value.data, TREE_TILE_BYTES);
	mdb_txn_abort(txn);
	return rc;
}

int
store_head(const struct store *st, struct tree_head *out)
{
	MDB_txn *txn;
	int rc;

	if (begin_reading(st, &txn) != 0)
		return -1;
	rc = read_head(st, txn, out);
	mdb_txn_abort(txn);
	return rc;
}

/* Writing *******************************************************************/

static int
put(struct store *st, MDB_txn *txn, enum table table, struct bytes key,
	struct bytes value, unsigned flags)
{
	MDB_val k = val(key), v = val(value);
	int rc = mdb_put(txn, st->table[table], &k, &v, flags);

	return rc == 0 ? 0 : fail(table_names[table], rc);
}

static int
put_head(struct store *st, MDB_txn *txn, const struct tree_head *head)
{
	struct writer w = {0};
	int rc;

	writer_put_u64(&w, head->size);
	writer_put(&w, bytes_of(head->root, CRYPT_HASH));
	rc = put(st, txn, META, BYTES("head"), writer_view(&w), 0);
	writer_clear(&w);
	return rc;
}

/* Remember an act, and store the block that this fills. */
static int
put_known(struct store *st, MDB_txn *txn, const uint8_t id[static CRYPT_HASH])
{
	struct writer block = {0};
	uint8_t key[KEY_BYTES];
	int rc = learn(st, id, &block);

	if (rc == 0 && block.len > 0)
		rc = put(st, txn, KNOWN,
			number_key(st->n_known / KNOWN_BLOCK - 1, key),
			writer_view(&block), MDB_NOOVERWRITE);
	writer_clear(&block);
	return rc;
}

/* Records go behind the last one; tiles must be new. */
static int
put_batch(struct store *st, MDB_txn *txn, const struct batch *b,
	const struct tree_head *before)
{
	uint8_t key[TILE_KEY_BYTES];

	for (size_t i = 0; i < b->n_entries; i++)
		if (put(st, txn, RECORDS, number_key(before->size + i, key),
			    batch_record(b, i), MDB_APPEND) != 0 ||
			put_known(st, txn, b->entries[i].act_id) != 0)
			return -1;
	for (size_t i = 0; i < b->n_tiles; i++)
		if (put(st, txn, TILES,
			    tile_key(
				    b->tiles[i].level, b->tiles[i].number, key),
			    batch_tile(b, i), MDB_NOOVERWRITE) != 0)
			return -1;
	return put_head(st, txn, &b->after);
}

/* Readers that died would keep pages from being used again. */
static void
tidy(struct store *st)
{
	int dead;

	if (st->appends++ % TIDY_EVERY == 0)
		mdb_reader_check(st->env, &dead);
}

int
store_append(struct store *st, const struct batch *batch,
	const struct tree_head *before)
{
	struct tree_head head;
	MDB_txn *txn;
	int rc;

	assert(st->n_known == before->size);
	tidy(st);
	rc = mdb_txn_begin(st->env, NULL, 0, &txn);
	if (rc != 0)
		return fail("cannot begin to write", rc);
	if (read_head(st, txn, &head) != 0)
		goto failed;
	if (!tree_same_head(&head, before)) {
		trouble_say("the ledger stands at %" PRIu64
			    " records, not at the head the batch was built on",
			head.size);
		goto failed;
	}
	if (put_batch(st, txn, batch, before) != 0)
		goto failed;
	rc = mdb_txn_commit(txn);
	return rc == 0 ? 0 : fail("cannot commit", rc);

failed:
	mdb_txn_abort(txn);
	return -1;
}

bool
store_room(const struct store *st, uint64_t *bytes)
{
	MDB_envinfo info;
	MDB_stat stat;
	uint64_t used;

	if (mdb_env_info(st->env, &info) != 0 ||
		mdb_env_stat(st->env, &stat) != 0)
		return false;
	used = ((uint64_t)info.me_last_pgno + 1) * stat.ms_psize;
	*bytes = info.me_mapsize > used ? info.me_mapsize - used : 0;
	return true;
}

/* Opening *******************************************************************/

/* Told before LMDB ends the process over a page that cannot be right. */
static void
broken_page(MDB_env *env, const char *what)
{
	(void)env;
	trouble_say("the ledger: the database is damaged: %s", what);
}

/* Where address space is limited, the map leaves half of it to the rest. */
static size_t
map_size(uint64_t wanted)
{
	struct rlimit space;

	if (getrlimit(RLIMIT_AS, &space) == 0 &&
		space.rlim_cur != RLIM_INFINITY && wanted > space.rlim_cur / 2)
		wanted = space.rlim_cur / 2;
	return wanted < MAP_STEP ? MAP_STEP : wanted / MAP_STEP * MAP_STEP;
}

static int
open_env(struct store *st, const char *path, uint64_t map_bytes)
{
	unsigned how = MDB_NOTLS | (st->read_only ? MDB_RDONLY : 0);
	unsigned flags;
	int dead, rc;

	if ((rc = mdb_env_create(&st->env)) != 0 ||
		(rc = mdb_env_set_maxdbs(st->env, TABLES)) != 0 ||
		(rc = mdb_env_set_assert(st->env, broken_page)) != 0 ||
		(rc = mdb_env_set_mapsize(st->env, map_size(map_bytes))) != 0 ||
		(rc = mdb_env_open(st->env, path, how, FILES_PRIVATE)) != 0 ||
		(rc = mdb_env_get_flags(st->env, &flags)) != 0 ||
		(rc = mdb_reader_check(st->env, &dead)) != 0)
		return fail(path, rc);
	assert((flags & UNSAFE) == 0);
	return 0;
}

static int
open_tables(struct store *st, MDB_txn *txn)
{
	for (int i = 0; i < TABLES; i++) {
		int rc = mdb_dbi_open(txn, table_names[i],
			st->read_only ? 0 : MDB_CREATE, &st->table[i]);

		if (rc != 0)
			return fail(table_names[i], rc);
	}
	return 0;
}

/* A new database gets its format and the empty head. */
static int
check_format(struct store *st, MDB_txn *txn)
{
	const struct tree empty = {0};
	struct tree_head head = tree_head(&empty);
	struct bytes format;
	int rc = get(st, txn, META, BYTES("format"), &format);

	if (rc == 0 && bytes_equal(format, BYTES(FORMAT)))
		return 0;
	if (rc == 0)
		return trouble_say("the ledger: its format is not " FORMAT
				   "; a newer program may know it");
	if (rc != MDB_NOTFOUND || st->read_only)
		return rc == MDB_NOTFOUND ? fail("format", rc) : -1;
	rc = put(st, txn, META, BYTES("format"), BYTES(FORMAT), 0);
	return rc == 0 ? put_head(st, txn, &head) : -1;
}

static int
begin_tables(struct store *st)
{
	MDB_txn *txn;
	int rc = mdb_txn_begin(
		st->env, NULL, st->read_only ? MDB_RDONLY : 0, &txn);

	if (rc != 0)
		return fail("cannot begin", rc);
	if (open_tables(st, txn) != 0 || check_format(st, txn) != 0) {
		mdb_txn_abort(txn);
		return -1;
	}
	rc = mdb_txn_commit(txn);
	return rc == 0 ? 0 : fail("cannot commit", rc);
}

struct store *
store_open(const char *path, uint64_t map_bytes, bool read_only)
{
	struct store *st = mem_new(sizeof(*st));

	st->read_only = read_only;
	st->latest = known_new();
	if (open_env(st, path, map_bytes) != 0)
		goto failed;
	if (begin_tables(st) != 0)
		goto failed;
	return st;

failed:
	store_close(st);
	return NULL;
}

void
store_close(struct store *st)
{
	if (st == NULL)
		return;
	mdb_env_close(st->env);
	known_free(st->latest);
	mem_free(st);
}
