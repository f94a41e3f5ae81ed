#include "daemon/replay.h"

#include <inttypes.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/machine/trouble.h"

enum { PAGE_RECORDS = 1024 };

struct entry {
	size_t offset, len; /* of the record in the page */
	uint8_t leaf[CRYPT_HASH];
	struct stamp stamp;
	struct assembly_checked checked;
	enum verdict verdict; /* so far */
};

struct page {
	uint64_t first;
	size_t n;
	struct writer bytes;
	const struct assembly *assembly;
	struct entry entries[PAGE_RECORDS];
};

struct replay {
	struct ledger *ledger;
	struct crew *crew;
	struct assembly *assembly;
	struct tree_head marked; /* the head at the size of the mark */
	bool tiles_differ;       /* which was told */
};

static bool
take_record(void *ctx, uint64_t index, struct bytes record)
{
	struct page *page = ctx;
	struct entry *e = &page->entries[page->n++];

	(void)index;
	e->offset = page->bytes.len;
	e->len = record.len;
	writer_put(&page->bytes, record);
	/* Record 0 says what all others are checked against. */
	return page->n < PAGE_RECORDS && page->first > 0;
}

static int
read_page(struct replay *r, struct page *page, uint64_t first)
{
	page->first = first;
	page->n = 0;
	page->assembly = r->assembly;
	writer_rewind(&page->bytes);
	return store_read(
		ledger_store(r->ledger), first, SIZE_MAX, take_record, page);
}

static struct bytes
record_of(const struct page *page, size_t i)
{
	return bytes_of(page->bytes.data + page->entries[i].offset,
		page->entries[i].len);
}

/* What needs no order; called from several threads. */
static void
check_record(void *ctx, size_t i)
{
	struct page *page = ctx;
	struct entry *e = &page->entries[i];
	struct bytes record = record_of(page, i);

	tree_leaf_hash(record, e->leaf);
	e->verdict = stamp_decode(record, &e->stamp);
	if (e->verdict != VERDICT_OK)
		return;
	e->verdict = page->first == 0
			     ? assembly_precheck_founding(
				       e->stamp.act, e->stamp.sig, &e->checked)
			     : assembly_precheck(page->assembly, e->stamp.act,
				       e->stamp.sig, false, &e->checked);
}

static int
apply_record(struct replay *r, const struct page *page, size_t i)
{
	const struct entry *e = &page->entries[i];
	enum verdict v = e->verdict;

	if (v == VERDICT_OK)
		v = assembly_replay(r->assembly, record_of(page, i), &e->stamp,
			&e->checked, e->leaf);
	if (v != VERDICT_OK)
		return trouble_say("record %" PRIu64 " of the ledger is "
				   "damaged: %s (%s)",
			page->first + i, verdict_sentence(v), verdict_name(v));
	if (r->tiles_differ)
		return -1;
	if (page->first + i + 1 == ledger_marked(r->ledger).size)
		r->marked = assembly_head(r->assembly);
	return ledger_recall(r->ledger, e->checked.act.id);
}

static int
apply_page(struct replay *r, const struct page *page)
{
	for (size_t i = 0; i < page->n; i++)
		if (apply_record(r, page, i) != 0)
			return -1;
	return 0;
}

static void
compare_tile(void *ctx, unsigned level, uint64_t number, const uint8_t *tile)
{
	struct replay *r = ctx;
	uint8_t stored[TREE_TILE_BYTES];

	if (store_copy_tile(ledger_store(r->ledger), level, number, stored) !=
		0) {
		r->tiles_differ = true;
	} else if (memcmp(stored, tile, TREE_TILE_BYTES) != 0) {
		trouble_say("the ledger: tile %" PRIu64 " of level %u is "
			    "damaged, or the records that it covers",
			number, level);
		r->tiles_differ = true;
	}
}

/* Nothing can be checked before record 0 says against what. */
static int
walk_founding(struct replay *r, struct page *page)
{
	if (read_page(r, page, 0) != 0)
		return -1;
	crew_run(r->crew, page->n, check_record, page);
	return apply_page(r, page);
}

/* While one page is applied, the next is checked. */
static int
walk(struct replay *r, struct page *this, struct page *other)
{
	int rc = walk_founding(r, this);

	if (rc != 0 || read_page(r, this, this->n) != 0)
		return -1;
	crew_run(r->crew, this->n, check_record, this);
	while (rc == 0 && this->n > 0) {
		struct page *done = this;

		if (read_page(r, other, this->first + this->n) != 0)
			return -1;
		crew_start(r->crew, other->n, check_record, other);
		rc = apply_page(r, this);
		crew_wait(r->crew);
		this = other;
		other = done;
	}
	return rc;
}

static struct page *
page_new(void)
{
	return mem_new(sizeof(struct page));
}

static void
page_free(struct page *page)
{
	writer_clear(&page->bytes);
	mem_free(page);
}

int
replay_run(struct ledger *led, struct crew *crew, struct assembly *a)
{
	struct replay r = {.ledger = led, .crew = crew, .assembly = a};
	struct page *pages[] = {page_new(), page_new()};
	int rc;

	r.marked = assembly_head(a);
	assembly_on_tile(a, compare_tile, &r);
	rc = walk(&r, pages[0], pages[1]);
	assembly_on_tile(a, NULL, NULL);
	page_free(pages[0]);
	page_free(pages[1]);
	return rc == 0 ? ledger_confirm(led, assembly_tree(a), &r.marked) : -1;
}
