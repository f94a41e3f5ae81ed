#include "daemon/store.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/base/reader.h"
#include "ballots/machine/trouble.h"
#include "daemon/known.h"
#include "daemon/tables.h"

#define FORMAT         "union-ledger/1"
#define TILE_KEY_BYTES (1 + TABLES_KEY_BYTES) /* level, number */

/*
 *     table    key                    value
 *     records  index                  the record
 *     tiles    level (1), number (8)  TREE_TILE_BYTES
 *     known    number of a block      the block (known.h)
 *     meta     "format"               FORMAT
 *              "head"                 size, root
 *
 * Integers are 8 bytes, big-endian.
 */
struct store {
	struct tables *tables;
	uint64_t n_known;     /* acts of the index so far */
	struct known *latest; /* those of its unfinished block */
};

static struct bytes
tile_key(unsigned level, uint64_t number, uint8_t key[static TILE_KEY_BYTES])
{
	key[0] = (uint8_t)level;
	tables_key(number, key + 1);
	return bytes_of(key, TILE_KEY_BYTES);
}

/* Reading: every transaction is short, one call long. ***********************/

static int
read_head(const struct tables_txn *txn, struct tree_head *out)
{
	struct bytes value;
	struct reader r;
	struct bytes root;
	uint64_t size;
	int rc = tables_get(txn, TABLES_META, BYTES("head"), &value);

	if (rc == TABLES_NONE)
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

int
store_read(const struct store *st, uint64_t from, size_t max_bytes,
	store_take_fn *take, void *ctx)
{
	struct tree_head head;
	struct tables_txn txn;
	int rc;

	if (tables_read(st->tables, &txn) != 0)
		return -1;
	rc = read_head(&txn, &head);
	if (rc == 0 && from < head.size)
		rc = tables_walk(&txn, from, head.size, max_bytes, take, ctx);
	tables_abort(&txn);
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

static int
no_block(uint64_t number)
{
	return trouble_say("the ledger: block %" PRIu64 " of the index of "
			   "known acts is missing or damaged",
		number);
}

/* Search the finished blocks, the newest first. */
static int
search_blocks(const struct store *st, const struct tables_txn *txn,
	const uint8_t id[static CRYPT_HASH], uint64_t *index)
{
	for (uint64_t n = st->n_known / KNOWN_BLOCK; n-- > 0;) {
		uint8_t key[TABLES_KEY_BYTES];
		struct bytes block;
		uint32_t place;
		int rc = tables_get(
			txn, TABLES_KNOWN, tables_key(n, key), &block);

		if (rc != 0)
			return rc == TABLES_NONE ? no_block(n) : -1;
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
	struct tables_txn txn;
	int rc;

	if (known_find(st->latest, id, &place)) {
		*index = st->n_known - known_count(st->latest) + place;
		return 0;
	}
	if (tables_read(st->tables, &txn) != 0)
		return -1;
	rc = search_blocks(st, &txn, id, index);
	tables_abort(&txn);
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
	uint8_t key[TABLES_KEY_BYTES];
	struct bytes stored;
	struct tables_txn txn;
	int rc;

	if (tables_read(st->tables, &txn) != 0)
		return -1;
	rc = tables_get(&txn, TABLES_KNOWN, tables_key(number, key), &stored);
	if (rc == TABLES_NONE || (rc == 0 && !bytes_equal(stored, block)))
		rc = no_block(number);
	tables_abort(&txn);
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
	struct tables_txn txn;
	int rc;

	if (tables_read(st->tables, &txn) != 0)
		return -1;
	rc = tables_get(
		&txn, TABLES_TILES, tile_key(level, number, key), &value);
	if (rc == TABLES_NONE || (rc == 0 && value.len != TREE_TILE_BYTES))
		rc = trouble_say("the ledger: tile %" PRIu64 " of level %u is "
				 "missing or damaged",
			number, level);
	if (rc == 0)
		memcpy(out, value.data, TREE_TILE_BYTES);
	tables_abort(&txn);
	return rc;
}

int
store_head(const struct store *st, struct tree_head *out)
{
	struct tables_txn txn;
	int rc;

	if (tables_read(st->tables, &txn) != 0)
		return -1;
	rc = read_head(&txn, out);
	tables_abort(&txn);
	return rc;
}

/* Writing *******************************************************************/

static int
put_head(const struct tables_txn *txn, const struct tree_head *head)
{
	struct writer w = {0};
	int rc;

	writer_put_u64(&w, head->size);
	writer_put(&w, bytes_of(head->root, CRYPT_HASH));
	rc = tables_put(txn, TABLES_META, BYTES("head"), writer_view(&w),
		TABLES_REPLACE);
	writer_clear(&w);
	return rc;
}

/* Remember an act, and store the block that this fills. */
static int
put_known(struct store *st, const struct tables_txn *txn,
	const uint8_t id[static CRYPT_HASH])
{
	struct writer block = {0};
	uint8_t key[TABLES_KEY_BYTES];
	int rc = learn(st, id, &block);

	if (rc == 0 && block.len > 0)
		rc = tables_put(txn, TABLES_KNOWN,
			tables_key(st->n_known / KNOWN_BLOCK - 1, key),
			writer_view(&block), TABLES_NEW);
	writer_clear(&block);
	return rc;
}

/* Records go behind the last one; tiles must be new. */
static int
put_batch(struct store *st, const struct tables_txn *txn, const struct batch *b,
	const struct tree_head *before)
{
	uint8_t key[TILE_KEY_BYTES];

	for (size_t i = 0; i < b->n_entries; i++)
		if (tables_put(txn, TABLES_RECORDS,
			    tables_key(before->size + i, key),
			    batch_record(b, i), TABLES_BEHIND) != 0 ||
			put_known(st, txn, b->entries[i].act_id) != 0)
			return -1;
	for (size_t i = 0; i < b->n_tiles; i++)
		if (tables_put(txn, TABLES_TILES,
			    tile_key(
				    b->tiles[i].level, b->tiles[i].number, key),
			    batch_tile(b, i), TABLES_NEW) != 0)
			return -1;
	return put_head(txn, &b->after);
}

int
store_append(struct store *st, const struct batch *batch,
	const struct tree_head *before)
{
	struct tables_txn txn;
	struct tree_head head;

	assert(st->n_known == before->size);
	if (tables_write(st->tables, &txn) != 0)
		return -1;
	if (read_head(&txn, &head) != 0)
		goto failed;
	if (!tree_same_head(&head, before)) {
		trouble_say("the ledger stands at %" PRIu64
			    " records, not at the head the batch was built on",
			head.size);
		goto failed;
	}
	if (put_batch(st, &txn, batch, before) != 0)
		goto failed;
	return tables_commit(&txn);

failed:
	tables_abort(&txn);
	return -1;
}

bool
store_room(const struct store *st, uint64_t *bytes)
{
	return tables_room(st->tables, bytes);
}

/* Opening *******************************************************************/

static int
found(struct tables *t)
{
	const struct tree empty = {0};
	struct tree_head head = tree_head(&empty);
	struct tables_txn txn;

	if (tables_write(t, &txn) != 0)
		return -1;
	if (tables_put(&txn, TABLES_META, BYTES("format"), BYTES(FORMAT),
		    TABLES_NEW) != 0 ||
		put_head(&txn, &head) != 0) {
		tables_abort(&txn);
		return -1;
	}
	return tables_commit(&txn);
}

/* A new database gets its format and the empty head. */
static int
check_format(struct tables *t, bool read_only)
{
	struct tables_txn txn;
	struct bytes format;
	int rc;

	if (tables_read(t, &txn) != 0)
		return -1;
	rc = tables_get(&txn, TABLES_META, BYTES("format"), &format);
	if ((rc == 0 && !bytes_equal(format, BYTES(FORMAT))) ||
		(rc == TABLES_NONE && read_only))
		rc = trouble_say("the ledger: its format is not " FORMAT
				 "; a newer program may know it");
	tables_abort(&txn);
	return rc == TABLES_NONE ? found(t) : rc;
}

struct store *
store_open(const char *path, uint64_t map_bytes, bool read_only)
{
	struct store *st = mem_new(sizeof(*st));

	st->latest = known_new();
	st->tables = tables_open(path, map_bytes, read_only);
	if (st->tables == NULL)
		goto failed;
	if (check_format(st->tables, read_only) != 0)
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
	tables_close(st->tables);
	known_free(st->latest);
	mem_free(st);
}
