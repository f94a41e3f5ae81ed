#include "daemon/scrub.h"

#include <inttypes.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/machine/trouble.h"

#define SECOND_NS UINT64_C(1000000000)

enum {
	STEP_BYTES = 256 * 1024, /* a record more, at the most */
	WAIT_MAX_MS = 3600000,
};

struct scrub {
	const struct store *store;
	uint64_t pass_s;
	uint64_t due_ns;       /* of the next step */
	struct tree_head goal; /* where the pass ends */
	struct tree tree;      /* over the records hashed in it */
	bool differs;          /* a tile, which was told */

	uint8_t leaves[TREE_TILE][CRYPT_HASH]; /* of one step */
	size_t n;
};

/* A step is a tile of records; after the last one of a pass nothing is left. */
static void
arm(struct scrub *s, uint64_t now_ns)
{
	uint64_t steps = s->goal.size / TREE_TILE + 1;

	s->due_ns = now_ns + s->pass_s * SECOND_NS / steps;
}

struct scrub *
scrub_new(const struct store *st, uint64_t pass_s, uint64_t now_ns)
{
	struct scrub *s = mem_new(sizeof(*s));

	s->store = st;
	s->pass_s = pass_s;
	s->due_ns = now_ns;
	return s;
}

void
scrub_free(struct scrub *s)
{
	mem_free(s);
}

uint32_t
scrub_wait_ms(const struct scrub *s, uint64_t now_ns)
{
	uint64_t ms;

	if (s->pass_s == 0)
		return WAIT_MAX_MS;
	if (s->due_ns <= now_ns)
		return 0;
	ms = (s->due_ns - now_ns) / 1000000 + 1;
	return ms < WAIT_MAX_MS ? (uint32_t)ms : WAIT_MAX_MS;
}

static bool
hash_record(void *ctx, uint64_t index, struct bytes record)
{
	struct scrub *s = ctx;

	tree_leaf_hash(record, s->leaves[s->n++]);
	return index + 1 < s->goal.size && (index + 1) % TREE_TILE != 0;
}

static void
compare_tile(void *ctx, unsigned level, uint64_t number, const uint8_t *tile)
{
	struct scrub *s = ctx;
	uint8_t stored[TREE_TILE_BYTES];

	if (s->differs)
		return;
	s->differs =
		store_copy_tile(s->store, level, number, stored) != 0 ||
		(memcmp(stored, tile, TREE_TILE_BYTES) != 0 &&
			trouble_say("the ledger: tile %" PRIu64 " of level %u "
				    "is damaged, or a record that it covers",
				number, level) != 0);
}

/* The records behind those of the step before. */
static int
go_on(struct scrub *s)
{
	s->n = 0;
	if (store_read(s->store, s->tree.size, STEP_BYTES, hash_record, s) != 0)
		return -1;
	for (size_t i = 0; i < s->n; i++)
		tree_append_hash(&s->tree, s->leaves[i], compare_tile, s);
	return s->differs ? -1 : 0;
}

static int
finish(struct scrub *s)
{
	struct tree_head head = tree_head(&s->tree);

	s->tree = (struct tree){0};
	if (!tree_same_head(&head, &s->goal))
		return trouble_say("the ledger: the first %" PRIu64 " records "
				   "hash to another root than was signed",
			head.size);
	return 0;
}

int
scrub_step(struct scrub *s, const struct tree_head *head, uint64_t now_ns)
{
	int rc;

	if (s->pass_s == 0 || now_ns < s->due_ns)
		return 0;
	if (s->tree.size == 0)
		s->goal = *head;
	arm(s, now_ns);
	rc = go_on(s);
	if (rc == 0 && s->tree.size == s->goal.size)
		rc = finish(s);
	return rc;
}
