#include "daemon/replay.h"

#include <inttypes.h>
#include <string.h>

#include "ballots/machine/trouble.h"

struct walk {
	const struct replay_job *job;
	struct audit *audit;
	struct audit_page *page; /* being filled */
	size_t wanted;           /* records more */
	bool copy_failed;        /* which was told */
	bool index_differs;      /* which was told */
};

/* Reading *******************************************************************/

static bool
take_record(void *ctx, uint64_t index, struct bytes record)
{
	struct walk *w = ctx;
	struct publication *copy = w->job->copy;

	audit_put(w->page, record);
	if (copy != NULL && index == publication_written(copy) &&
		publication_add(copy, record) != 0)
		w->copy_failed = true;
	return --w->wanted > 0 && !w->copy_failed;
}

static int
read_records(void *ctx, uint64_t from, size_t max, struct audit_page *page)
{
	struct walk *w = ctx;

	if (w->job->brief && w->audit->n_findings > 0)
		return 0;
	w->page = page;
	w->wanted = max;
	if (store_read(ledger_store(w->job->ledger), from, SIZE_MAX,
		    take_record, w) != 0)
		return -1;
	return w->copy_failed ? -1 : 0;
}

/* Comparing *****************************************************************/

static int
recall(void *ctx, uint64_t index, const struct assembly_checked *act,
	enum verdict v)
{
	struct walk *w = ctx;

	(void)v;
	if (w->index_differs || ledger_recall(w->job->ledger, act->act.id) == 0)
		return 0;
	w->index_differs = true;
	audit_find(w->audit, AUDIT_WHOLE,
		"the index of known acts is damaged at record %" PRIu64
		" or before",
		index);
	return 0;
}

static void
compare_tile(void *ctx, unsigned level, uint64_t number, const uint8_t *tile)
{
	struct walk *w = ctx;
	uint8_t stored[TREE_TILE_BYTES];

	if (store_copy_tile(
		    ledger_store(w->job->ledger), level, number, stored) != 0 ||
		memcmp(stored, tile, TREE_TILE_BYTES) != 0)
		audit_find(w->audit, AUDIT_WHOLE,
			"tile %" PRIu64 " of level %u is damaged, or a record "
			"that it covers",
			number, level);
}

int
replay_walk(struct audit *audit, const struct replay_job *job)
{
	struct walk w = {.job = job, .audit = audit};
	const struct audit_job walk = {
		.crew = job->crew,
		.assembly = job->assembly,
		.trusting = job->trusting,
		.until = UINT64_MAX,
		.size = ledger_head(job->ledger).size,
		.mark = ledger_marked(job->ledger).size,
		.read = read_records,
		.each = recall,
		.tile = compare_tile,
		.ctx = &w,
	};

	return audit_run(audit, &walk);
}

/* Starting ******************************************************************/

/* Tell what was found first; a start needs one reason to fail, not all. */
static int
conclude(const struct audit *audit)
{
	const struct audit_finding *first = audit->findings;

	if (audit->n_findings == 0)
		return 0;
	if (first->index == AUDIT_WHOLE)
		return trouble_say("the ledger: %s", first->what);
	return trouble_say("record %" PRIu64 " of the ledger is damaged: %s",
		first->index, first->what);
}

int
replay_run(struct ledger *led, struct crew *crew, struct assembly *a)
{
	const struct replay_job job = {.ledger = led,
		.crew = crew,
		.assembly = a,
		.trusting = true,
		.brief = true};
	struct audit audit = {0};
	struct tree_head marked = ledger_marked(led);
	int rc = replay_walk(&audit, &job);

	if (rc == 0)
		rc = conclude(&audit);
	if (rc == 0) {
		if (marked.size > 0)
			marked = audit.marked;
		rc = ledger_confirm(led, assembly_tree(a), &marked);
	}
	audit_clear(&audit);
	return rc;
}
