#include "daemon/batch.h"

#include <assert.h>
#include <string.h>

#include "ballots/base/mem.h"

void
batch_clear(struct batch *b)
{
	mem_free(b->entries);
	mem_free(b->tiles);
	writer_clear(&b->bytes);
	writer_clear(&b->tile_bytes);
	*b = (struct batch){0};
}

void
batch_rewind(struct batch *b)
{
	b->n_entries = 0;
	b->n_tiles = 0;
	writer_rewind(&b->bytes);
	writer_rewind(&b->tile_bytes);
}

void
batch_put(struct batch *b, struct bytes record,
	const uint8_t act_id[static CRYPT_HASH])
{
	struct batch_entry *e;

	b->entries = mem_grow(b->entries, &b->cap_entries, b->n_entries + 1,
		sizeof(*b->entries));
	e = &b->entries[b->n_entries++];
	e->offset = b->bytes.len;
	e->len = record.len;
	memcpy(e->act_id, act_id, CRYPT_HASH);
	writer_put(&b->bytes, record);
}

void
batch_put_tile(
	void *batch, unsigned level, uint64_t number, const uint8_t *tile)
{
	struct batch *b = batch;

	b->tiles = mem_grow(
		b->tiles, &b->cap_tiles, b->n_tiles + 1, sizeof(*b->tiles));
	b->tiles[b->n_tiles++] =
		(struct batch_tile){b->tile_bytes.len, level, number};
	writer_put(&b->tile_bytes, bytes_of(tile, TREE_TILE_BYTES));
}

struct bytes
batch_record(const struct batch *b, size_t i)
{
	assert(i < b->n_entries);
	return bytes_slice(writer_view(&b->bytes), b->entries[i].offset,
		b->entries[i].len);
}

struct bytes
batch_tile(const struct batch *b, size_t i)
{
	assert(i < b->n_tiles);
	return bytes_slice(writer_view(&b->tile_bytes), b->tiles[i].offset,
		TREE_TILE_BYTES);
}

uint64_t
batch_find(const struct batch *b, const uint8_t act_id[static CRYPT_HASH])
{
	for (size_t i = 0; i < b->n_entries; i++)
		if (memcmp(b->entries[i].act_id, act_id, CRYPT_HASH) == 0)
			return i;
	return UINT64_MAX;
}
