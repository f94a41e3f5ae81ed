#include "daemon/replay.h"

#include <inttypes.h>
#include <string.h>

#include "ballots/machine/audit.h"
#include "ballots/machine/trouble.h"

struct walk {
	struct ledger *ledger;
	struct audit audit;
	struct audit_page *page; /* being filled */
	size_t wanted;           /* records more */
	bool tile_differs;       /* a stored one, the first of them being */
	unsigned tile_level;
	uint64_t tile_number;
};

static bool
take_record(void *ctx, uint64_t index, struct bytes record)
{
	struct walk *w = ctx;

	(void)index;
	audit_put(w->page, record);
	return --w->wanted > 0;
}

/* What was found ends it: a start needs one reason to fail, not all. */
static int
read_records(void *ctx, uint64_t from, size_t max, struct audit_page *page)
{
	struct walk *w = ctx;

	if (w->audit.n_findings > 0 || w->tile_differs)
		return 0;
	w->page = page;
	w->wanted = max;
	return store_read(
		ledger_store(w->ledger), from, SIZE_MAX, take_record, w);
}

static int
recall(void *ctx, uint64_t index, const struct assembly_checked *act,
	enum verdict v)
{
	struct walk *w = ctx;

	(void)index;
	return v == VERDICT_OK ? ledger_recall(w->ledger, act->act.id) : 0;
}

static void
compare_tile(void *ctx, unsigned level, uint64_t number, const uint8_t *tile)
{
	struct walk *w = ctx;
	uint8_t stored[TREE_TILE_BYTES];

	if (w->tile_differs ||
		(store_copy_tile(
			 ledger_store(w->ledger), level, number, stored) == 0 &&
			memcmp(stored, tile, TREE_TILE_BYTES) == 0))
		return;
	w->tile_differs = true;
	w->tile_level = level;
	w->tile_number = number;
}

/* Tell what was found. */
static int
conclude(const struct walk *w)
{
	if (w->audit.n_findings > 0)
		return trouble_say("record %" PRIu64 " of the ledger is "
				   "damaged: %s",
			w->audit.findings[0].index, w->audit.findings[0].what);
	if (w->tile_differs)
		return trouble_say("the ledger: tile %" PRIu64 " of level %u "
				   "is damaged, or a record that it covers",
			w->tile_number, w->tile_level);
	return 0;
}

static int
walk(struct walk *w, struct crew *crew, struct assembly *a)
{
	const struct audit_job job = {
		.crew = crew,
		.assembly = a,
		.trusting = true,
		.until = UINT64_MAX,
		.size = ledger_head(w->ledger).size,
		.mark = ledger_marked(w->ledger).size,
		.read = read_records,
		.each = recall,
		.tile = compare_tile,
		.ctx = w,
	};

	return audit_run(&w->audit, &job) == 0 ? conclude(w) : -1;
}

int
replay_run(struct ledger *led, struct crew *crew, struct assembly *a)
{
	struct walk w = {.ledger = led};
	struct tree_head marked;
	int rc = walk(&w, crew, a);

	if (rc == 0) {
		marked = ledger_marked(led).size > 0 ? w.audit.marked
						     : ledger_marked(led);
		rc = ledger_confirm(led, assembly_tree(a), &marked);
	}
	audit_clear(&w.audit);
	return rc;
}
