#include "daemon/known.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/base/reader.h"
#include "ballots/machine/secret.h"

enum {
	PREFIX = 16,
	SLOT_BITS = 17, /* twice as many as there can be acts */
	SLOTS = 1 << SLOT_BITS,
};

/*
 * A slot holds a place and 1, or 0.  Members choose what they sign, so where
 * an act goes depends on a number that they cannot know.
 */
struct known {
	uint64_t odd;
	uint32_t n;
	uint32_t slots[SLOTS];
	uint8_t entries[KNOWN_BLOCK][KNOWN_ENTRY];
};

struct known *
known_new(void)
{
	struct known *k = mem_new(sizeof(*k));

	secret_draw(&k->odd, sizeof(k->odd));
	k->odd |= 1;
	return k;
}

void
known_free(struct known *k)
{
	mem_free(k);
}

uint32_t
known_count(const struct known *k)
{
	return k->n;
}

/* The slot that holds id, or the empty one where it belongs. */
static uint32_t
slot_of(const struct known *k, const uint8_t id[static CRYPT_HASH])
{
	struct reader r = reader_of(bytes_of(id, CRYPT_HASH));
	uint32_t slot =
		(uint32_t)((reader_u64(&r) * k->odd) >> (64 - SLOT_BITS));

	while (k->slots[slot] != 0 &&
		memcmp(k->entries[k->slots[slot] - 1], id, PREFIX) != 0)
		slot = (slot + 1) % SLOTS;
	return slot;
}

bool
known_add(struct known *k, const uint8_t id[static CRYPT_HASH])
{
	uint32_t slot = slot_of(k, id);
	uint8_t *entry;

	assert(k->n < KNOWN_BLOCK);
	if (k->slots[slot] != 0)
		return false;
	entry = k->entries[k->n];
	memcpy(entry, id, PREFIX);
	for (int i = 0; i < KNOWN_ENTRY - PREFIX; i++)
		entry[PREFIX + i] = (uint8_t)(k->n >> (24 - 8 * i));
	k->slots[slot] = ++k->n;
	return true;
}

bool
known_find(const struct known *k, const uint8_t id[static CRYPT_HASH],
	uint32_t *place)
{
	uint32_t slot = slot_of(k, id);

	if (k->slots[slot] == 0)
		return false;
	*place = k->slots[slot] - 1;
	return true;
}

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, KNOWN_ENTRY);
}

void
known_finish(struct known *k, struct writer *out)
{
	qsort(k->entries, k->n, KNOWN_ENTRY, compare);
	writer_put(out, bytes_of(k->entries, (size_t)k->n * KNOWN_ENTRY));
	memset(k->slots, 0, sizeof(k->slots));
	k->n = 0;
}

bool
known_search(struct bytes block, const uint8_t id[static CRYPT_HASH],
	uint32_t *place)
{
	size_t low = 0, high = block.len / KNOWN_ENTRY;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct reader r = reader_of(
			bytes_slice(block, middle * KNOWN_ENTRY, KNOWN_ENTRY));
		int order = memcmp(reader_bytes(&r, PREFIX).data, id, PREFIX);

		if (order == 0) {
			*place = reader_u32(&r);
			return true;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}
