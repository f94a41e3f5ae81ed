#include "daemon/tables.h"

#include <assert.h>
#include <inttypes.h>
#include <lmdb.h>
#include <sys/resource.h>

#include "ballots/base/mem.h"
#include "ballots/machine/files.h"
#include "ballots/machine/trouble.h"

enum {
	TIDY_EVERY = 64,        /* writes between looks for dead readers */
	MAP_STEP = 1024 * 1024, /* a map is a multiple of this */
	UNSAFE = MDB_NOSYNC | MDB_NOMETASYNC | MDB_WRITEMAP | MDB_MAPASYNC,
};

static const char *const names[TABLES_N] = {
	[TABLES_RECORDS] = "records",
	[TABLES_TILES] = "tiles",
	[TABLES_KNOWN] = "known",
	[TABLES_META] = "meta",
};

struct tables {
	MDB_env *env;
	MDB_dbi dbi[TABLES_N];
	bool read_only;
	unsigned writes;
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

/* Transactions **************************************************************/

static int
begin(const struct tables *t, unsigned flags, struct tables_txn *out)
{
	int rc;

	out->in = t;
	rc = mdb_txn_begin(t->env, NULL, flags, &out->txn);
	return rc == 0 ? 0 : fail("cannot begin", rc);
}

int
tables_read(const struct tables *t, struct tables_txn *out)
{
	return begin(t, MDB_RDONLY, out);
}

int
tables_write(struct tables *t, struct tables_txn *out)
{
	int dead;

	/* Readers that died would keep pages from being used again. */
	if (t->writes++ % TIDY_EVERY == 0)
		mdb_reader_check(t->env, &dead);
	return begin(t, 0, out);
}

int
tables_commit(struct tables_txn *txn)
{
	int rc = mdb_txn_commit(txn->txn);

	return rc == 0 ? 0 : fail("cannot commit", rc);
}

void
tables_abort(struct tables_txn *txn)
{
	mdb_txn_abort(txn->txn);
}

int
tables_get(const struct tables_txn *txn, enum tables_name name,
	struct bytes key, struct bytes *out)
{
	MDB_val k = val(key), v;
	int rc = mdb_get(txn->txn, txn->in->dbi[name], &k, &v);

	if (rc == MDB_NOTFOUND)
		return TABLES_NONE;
	if (rc != 0)
		return fail(names[name], rc);
	*out = view(v);
	return 0;
}

int
tables_put(const struct tables_txn *txn, enum tables_name name,
	struct bytes key, struct bytes value, enum tables_how how)
{
	static const unsigned flags[] = {
		[TABLES_REPLACE] = 0,
		[TABLES_NEW] = MDB_NOOVERWRITE,
		[TABLES_BEHIND] = MDB_APPEND,
	};
	MDB_val k = val(key), v = val(value);
	int rc = mdb_put(txn->txn, txn->in->dbi[name], &k, &v, flags[how]);

	return rc == 0 ? 0 : fail(names[name], rc);
}

/* Walking *******************************************************************/

struct bytes
tables_key(uint64_t number, uint8_t room[static TABLES_KEY_BYTES])
{
	for (int i = 0; i < TABLES_KEY_BYTES; i++)
		room[i] = (uint8_t)(number >> (56 - 8 * i));
	return bytes_of(room, TABLES_KEY_BYTES);
}

/* Walk with a cursor; it is said which one is missing. */
static int
walk(MDB_cursor *cursor, uint64_t from, uint64_t end, size_t max_bytes,
	tables_take_fn *take, void *ctx)
{
	uint8_t room[TABLES_KEY_BYTES];
	MDB_val key = val(tables_key(from, room)), value;
	int rc = mdb_cursor_get(cursor, &key, &value, MDB_SET);
	size_t total = 0;

	for (uint64_t number = from; number < end && total < max_bytes;
		number++) {
		if (rc == MDB_NOTFOUND ||
			(rc == 0 && !bytes_equal(view(key),
					    tables_key(number, room))))
			return trouble_say("the ledger: record %" PRIu64
					   " is missing",
				number);
		if (rc != 0)
			return fail("cannot read a record", rc);
		total += value.mv_size;
		if (!take(ctx, number, view(value)))
			break;
		rc = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
	}
	return 0;
}

int
tables_walk(const struct tables_txn *txn, uint64_t from, uint64_t end,
	size_t max_bytes, tables_take_fn *take, void *ctx)
{
	MDB_cursor *cursor;
	int rc = mdb_cursor_open(
		txn->txn, txn->in->dbi[TABLES_RECORDS], &cursor);

	if (rc != 0)
		return fail("cannot read records", rc);
	rc = walk(cursor, from, end, max_bytes, take, ctx);
	mdb_cursor_close(cursor);
	return rc;
}

/* Room **********************************************************************/

bool
tables_room(const struct tables *t, uint64_t *bytes)
{
	MDB_envinfo info;
	MDB_stat stat;
	uint64_t used;

	if (mdb_env_info(t->env, &info) != 0 ||
		mdb_env_stat(t->env, &stat) != 0)
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
open_env(struct tables *t, const char *path, uint64_t map_bytes)
{
	unsigned how = MDB_NOTLS | (t->read_only ? MDB_RDONLY : 0);
	unsigned flags;
	int rc;

	if ((rc = mdb_env_create(&t->env)) != 0 ||
		(rc = mdb_env_set_maxdbs(t->env, TABLES_N)) != 0 ||
		(rc = mdb_env_set_assert(t->env, broken_page)) != 0 ||
		(rc = mdb_env_set_mapsize(t->env, map_size(map_bytes))) != 0 ||
		(rc = mdb_env_open(t->env, path, how, FILES_PRIVATE)) != 0 ||
		(rc = mdb_env_get_flags(t->env, &flags)) != 0)
		return fail(path, rc);
	assert((flags & UNSAFE) == 0);
	return 0;
}

static int
open_tables(struct tables *t)
{
	struct tables_txn txn;

	if (begin(t, t->read_only ? MDB_RDONLY : 0, &txn) != 0)
		return -1;
	for (int i = 0; i < TABLES_N; i++) {
		int rc = mdb_dbi_open(txn.txn, names[i],
			t->read_only ? 0 : MDB_CREATE, &t->dbi[i]);

		if (rc != 0) {
			tables_abort(&txn);
			return fail(names[i], rc);
		}
	}
	return tables_commit(&txn);
}

struct tables *
tables_open(const char *path, uint64_t map_bytes, bool read_only)
{
	struct tables *t = mem_new(sizeof(*t));

	t->read_only = read_only;
	if (open_env(t, path, map_bytes) != 0)
		goto failed;
	if (open_tables(t) != 0)
		goto failed;
	return t;

failed:
	tables_close(t);
	return NULL;
}

void
tables_close(struct tables *t)
{
	if (t == NULL)
		return;
	mdb_env_close(t->env);
	mem_free(t);
}
