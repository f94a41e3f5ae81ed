#include "ballots/rules/idmap.h"

#include <string.h>

#include "ballots/base/mem.h"

/* Where the search for id begins: all of its bytes, mixed. */
static size_t
home(const struct idmap *m, const uint8_t id[static 32])
{
	uint64_t mixed = 0;

	for (size_t i = 0; i < 32; i += 8) {
		uint64_t word;

		memcpy(&word, id + i, sizeof(word));
		mixed = (mixed ^ word) * 0x9e3779b97f4a7c15u;
		mixed ^= mixed >> 29;
	}
	return mixed & (m->cap - 1);
}

/* The slot that holds id, or the free one where it belongs. */
static size_t
find(const struct idmap *m, const uint8_t id[static 32])
{
	size_t at = home(m, id);

	while (m->slots[at].number != IDMAP_NONE &&
		memcmp(m->slots[at].id, id, 32) != 0)
		at = (at + 1) & (m->cap - 1);
	return at;
}

static void
grow(struct idmap *m)
{
	struct idmap old = *m;

	m->cap = old.cap == 0 ? 16 : 2 * old.cap;
	m->slots = mem_new_array(m->cap, sizeof(*m->slots));
	for (size_t i = 0; i < m->cap; i++)
		m->slots[i].number = IDMAP_NONE;
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].number != IDMAP_NONE)
			m->slots[find(m, old.slots[i].id)] = old.slots[i];
	mem_free(old.slots);
}

void
idmap_clear(struct idmap *m)
{
	mem_free(m->slots);
	*m = (struct idmap){0};
}

uint32_t
idmap_get(const struct idmap *m, const uint8_t id[static 32])
{
	return m->cap == 0 ? IDMAP_NONE : m->slots[find(m, id)].number;
}

void
idmap_put(struct idmap *m, const uint8_t id[static 32], uint32_t number)
{
	size_t at;

	if (4 * (m->n + 1) > 3 * m->cap)
		grow(m);
	at = find(m, id);
	if (m->slots[at].number == IDMAP_NONE) {
		memcpy(m->slots[at].id, id, 32);
		m->n++;
	}
	m->slots[at].number = number;
}

void
idmap_remove(struct idmap *m, const uint8_t id[static 32])
{
	size_t hole, at;

	if (idmap_get(m, id) == IDMAP_NONE)
		return;
	m->n--;
	hole = find(m, id);
	/* Close the gap: move up what the search would no longer reach. */
	for (at = (hole + 1) & (m->cap - 1); m->slots[at].number != IDMAP_NONE;
		at = (at + 1) & (m->cap - 1)) {
		size_t from = home(m, m->slots[at].id);

		if (((at - from) & (m->cap - 1)) < ((at - hole) & (m->cap - 1)))
			continue;
		m->slots[hole] = m->slots[at];
		hole = at;
	}
	m->slots[hole].number = IDMAP_NONE;
}
