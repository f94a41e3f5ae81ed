#include "daemon/check.h"

#include <inttypes.h>
#include <string.h>

#include "daemon/ledger.h"

struct walk {
	struct check *check;
	struct ledger *ledger;
	struct publication *copy;
	struct audit_page *page; /* being filled */
	size_t wanted;           /* records more */
	bool copy_failed;        /* which was told */
	bool index_differs;      /* which was told */
};

static bool
take_record(void *ctx, uint64_t index, struct bytes record)
{
	struct walk *w = ctx;

	audit_put(w->page, record);
	if (w->copy != NULL && index == publication_written(w->copy) &&
		publication_add(w->copy, record) != 0)
		w->copy_failed = true;
	return --w->wanted > 0 && !w->copy_failed;
}

static int
read_records(void *ctx, uint64_t from, size_t max, struct audit_page *page)
{
	struct walk *w = ctx;

	w->page = page;
	w->wanted = max;
	if (store_read(ledger_store(w->ledger), from, SIZE_MAX, take_record,
		    w) != 0)
		return -1;
	return w->copy_failed ? -1 : 0;
}

static int
recall(void *ctx, uint64_t index, const struct assembly_checked *act,
	enum verdict v)
{
	struct walk *w = ctx;

	(void)v;
	if (!w->index_differs && ledger_recall(w->ledger, act->act.id) != 0) {
		w->index_differs = true;
		audit_find(&w->check->audit, index,
			"the index of known acts is damaged from here on");
	}
	return 0;
}

static void
compare_tile(void *ctx, unsigned level, uint64_t number, const uint8_t *tile)
{
	struct walk *w = ctx;
	uint8_t stored[TREE_TILE_BYTES];

	if (store_copy_tile(ledger_store(w->ledger), level, number, stored) !=
			0 ||
		memcmp(stored, tile, TREE_TILE_BYTES) != 0)
		audit_find(&w->check->audit, AUDIT_WHOLE,
			"tile %" PRIu64 " of level %u is damaged, or the "
			"records that it covers",
			number, level);
}

static void
compare_head(struct check *c, const char *name, const struct tree_head *stated,
	const struct tree_head *found)
{
	if (!tree_same_head(stated, found))
		audit_find(&c->audit, AUDIT_WHOLE,
			"%s: the first %" PRIu64
			" records hash to another root than it states",
			name, stated->size);
}

static int
walk(struct walk *w, const struct config *config, bool trusting)
{
	struct check *c = w->check;
	struct tree_head head = ledger_head(w->ledger), now;
	struct tree_head marked = ledger_marked(w->ledger);
	struct crew *crew = crew_new((unsigned)config->threads);
	struct audit_job job = {
		.crew = crew,
		.assembly = c->assembly,
		.trusting = trusting,
		.until = UINT64_MAX,
		.size = head.size,
		.mark = marked.size,
		.read = read_records,
		.each = recall,
		.tile = compare_tile,
		.ctx = w,
	};
	int rc = audit_run(&c->audit, &job);

	crew_free(crew);
	if (rc != 0)
		return rc;
	now = tree_head(&c->audit.tree);
	compare_head(c, "the head of the database", &head, &now);
	if (marked.size > 0)
		compare_head(c, "the head file", &marked, &c->audit.marked);
	return 0;
}

int
check_run(struct check *c, const struct config *config, bool trusting,
	struct publication *copy)
{
	const struct ledger_options options = {
		.map_bytes = config->map_bytes, .read_only = true};
	struct walk w = {.check = c, .copy = copy};
	struct texts *texts = texts_open(config->directory);
	int rc = -1;

	c->assembly = assembly_new();
	w.ledger = ledger_open(config->directory, &options);
	if (w.ledger != NULL && texts != NULL)
		rc = walk(&w, config, trusting);
	if (rc == 0)
		audit_texts(&c->audit, c->assembly, texts);
	texts_close(texts);
	ledger_close(w.ledger);
	return rc;
}

void
check_clear(struct check *c)
{
	audit_clear(&c->audit);
	assembly_free(c->assembly);
	c->assembly = NULL;
}

static void
print(const struct audit_finding *list, size_t n, const char *before,
	struct writer *w)
{
	for (size_t i = 0; i < n && i < AUDIT_KEPT; i++) {
		writer_put_string(w, before);
		if (list[i].index != AUDIT_WHOLE) {
			writer_put_string(w, "record ");
			writer_put_decimal(w, list[i].index);
			writer_put_string(w, ": ");
		}
		writer_put_string(w, list[i].what);
		writer_put_u8(w, '\n');
	}
}

void
check_print(const struct check *c, struct writer *w)
{
	print(c->audit.findings, c->audit.n_findings, "", w);
	print(c->audit.warnings, c->audit.n_warnings, "warning: ", w);
}
