#ifndef BALLOTS_RULES_IDMAP_H
#define BALLOTS_RULES_IDMAP_H

#include <stddef.h>
#include <stdint.h>

/*
 * From ids of 32 bytes to the numbers that things are kept under.
 *
 * A hash table that copies each id.  Ids are hashes or keys already; whoever
 * makes many of them to collide in a few bits gains slow look-ups of their
 * own, so the table is also keyed by all 32 bytes.  A zeroed one is empty.
 */
#define IDMAP_NONE UINT32_MAX

struct idmap {
	struct idmap_slot {
		uint8_t id[32];
		uint32_t number; /* IDMAP_NONE: free */
	} * slots;
	size_t n, cap;
};

void idmap_clear(struct idmap *m);

/* The number kept for id, or IDMAP_NONE. */
uint32_t idmap_get(const struct idmap *m, const uint8_t id[static 32]);

/* Keep number for id, in place of an earlier one. */
void idmap_put(struct idmap *m, const uint8_t id[static 32], uint32_t number);

/* Forget id; nothing where it is not there. */
void idmap_remove(struct idmap *m, const uint8_t id[static 32]);

#endif
