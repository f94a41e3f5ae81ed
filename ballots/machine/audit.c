#include "ballots/machine/audit.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ballots/assembly/world.h"
#include "ballots/base/mem.h"
#include "ballots/record/checkpoint.h"
#include "ballots/record/policy.h"
#include "ballots/record/text.h"

enum {
	PAGE_RECORDS = 256, /* two pages of checked acts stay in a cache */
	SENTENCE_BYTES = 400,
};

struct entry {
	size_t end; /* of the record in the page */
	uint8_t leaf[CRYPT_HASH];
	struct stamp stamp;
	struct assembly_checked checked;
	enum verdict verdict; /* so far */
};

struct audit_page {
	const struct audit_job *job;
	uint64_t first;
	uint64_t until; /* records from here on are only hashed */
	size_t n;
	struct writer bytes;
	struct entry entries[PAGE_RECORDS];
};

struct walk {
	struct audit *audit;
	const struct audit_job *job;
	uint64_t until;
	uint64_t next; /* record to read */
	struct audit_page *this, *other;
};

/* Findings ******************************************************************/

static void
note(struct audit_finding **list, size_t *n, size_t *cap, uint64_t index,
	const char *format, va_list args)
{
	char what[SENTENCE_BYTES];

	if (*n < AUDIT_KEPT) {
		vsnprintf(what, sizeof(what), format, args);
		*list = mem_grow(*list, cap, *n + 1, sizeof(**list));
		(*list)[*n].index = index;
		(*list)[*n].what = mem_copy(what, strlen(what));
	}
	++*n;
}

void
audit_find(struct audit *audit, uint64_t index, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	note(&audit->findings, &audit->n_findings, &audit->cap_findings, index,
		format, args);
	va_end(args);
}

void
audit_warn(struct audit *audit, uint64_t index, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	note(&audit->warnings, &audit->n_warnings, &audit->cap_warnings, index,
		format, args);
	va_end(args);
}

static void
forget(struct audit_finding *list, size_t n)
{
	for (size_t i = 0; i < n && i < AUDIT_KEPT; i++)
		mem_free(list[i].what);
	mem_free(list);
}

void
audit_clear(struct audit *audit)
{
	forget(audit->findings, audit->n_findings);
	forget(audit->warnings, audit->n_warnings);
	mem_free(audit->texts);
	idmap_clear(&audit->texts_seen);
	*audit = (struct audit){0};
}

/* Pages *********************************************************************/

void
audit_put(struct audit_page *page, struct bytes record)
{
	writer_put(&page->bytes, record);
	page->entries[page->n++].end = page->bytes.len;
}

static struct bytes
record_of(const struct audit_page *page, size_t i)
{
	size_t start = i == 0 ? 0 : page->entries[i - 1].end;

	return bytes_of(page->bytes.data + start, page->entries[i].end - start);
}

static int
read_page(struct walk *w, struct audit_page *page, size_t max)
{
	page->first = w->next;
	page->until = w->until;
	page->n = 0;
	writer_rewind(&page->bytes);
	if (max > w->job->size - w->next)
		max = (size_t)(w->job->size - w->next);
	if (max > 0 && w->job->read(w->job->ctx, w->next, max, page) != 0)
		return -1;
	w->next += page->n;
	return 0;
}

/* What needs no order; called from several threads. */
static void
check_record(void *ctx, size_t i)
{
	struct audit_page *page = ctx;
	const struct audit_job *job = page->job;
	struct entry *e = &page->entries[i];
	struct bytes record = record_of(page, i);

	tree_leaf_hash(record, e->leaf);
	if (page->first + i >= page->until)
		return;
	e->verdict = stamp_decode(record, &e->stamp);
	if (e->verdict != VERDICT_OK)
		return;
	e->verdict =
		page->first + i == 0
			? assembly_precheck_founding(
				  e->stamp.act, e->stamp.sig, &e->checked)
			: assembly_precheck(job->assembly, e->stamp.act,
				  e->stamp.sig, !job->trusting, &e->checked);
}

/* Applying ******************************************************************/

static void
note_texts(struct audit *audit, uint64_t index, struct bytes act)
{
	uint8_t hash[CRYPT_HASH];

	while (text_next(&act, hash)) {
		if (idmap_get(&audit->texts_seen, hash) != IDMAP_NONE)
			continue;
		idmap_put(&audit->texts_seen, hash, 0);
		audit->texts = mem_grow(audit->texts, &audit->cap_texts,
			audit->n_texts + 1, sizeof(*audit->texts));
		memcpy(audit->texts[audit->n_texts].hash, hash, CRYPT_HASH);
		audit->texts[audit->n_texts++].index = index;
	}
}

static enum verdict
judge_record(struct walk *w, const struct audit_page *page, size_t i)
{
	const struct entry *e = &page->entries[i];
	uint64_t index = page->first + i;
	struct bytes record = record_of(page, i);
	const char *kind = "";
	enum verdict v = e->verdict;

	if (v == VERDICT_OK) {
		kind = act_kind_name(e->checked.act.kind);
		v = assembly_replay(w->job->assembly, record, &e->stamp,
			&e->checked, e->leaf);
	} else {
		assembly_skip(w->job->assembly, record);
	}
	if (v == VERDICT_OK)
		note_texts(w->audit, index, e->stamp.act);
	else
		audit_find(w->audit, index, "%s%s%s: %s", kind,
			*kind != '\0' ? ": " : "", verdict_name(v),
			verdict_sentence(v));
	/* Nothing can be judged where a union was not founded. */
	if (v != VERDICT_OK && index == 0)
		w->until = 0;
	return v;
}

/* From here on the tree grows by itself. */
static void
take_over_tree(struct walk *w)
{
	w->audit->tree = *assembly_tree(w->job->assembly);
}

static int
apply_record(struct walk *w, const struct audit_page *page, size_t i)
{
	const struct entry *e = &page->entries[i];
	const struct audit_job *job = w->job;
	uint64_t index = page->first + i;
	int rc = 0;

	if (index < w->until || index == 0) {
		enum verdict v = judge_record(w, page, i);

		if (job->each != NULL && e->verdict == VERDICT_OK)
			rc = job->each(job->ctx, index, &e->checked, v);
		if (index + 1 >= w->until)
			take_over_tree(w);
	} else {
		tree_append_hash(&w->audit->tree, e->leaf, job->tile, job->ctx);
	}
	if (index + 1 == job->mark)
		w->audit->marked = index < w->until
					   ? assembly_head(job->assembly)
					   : tree_head(&w->audit->tree);
	return rc;
}

static int
apply_page(struct walk *w)
{
	for (size_t i = 0; i < w->this->n; i++)
		if (apply_record(w, w->this, i) != 0)
			return -1;
	if (w->job->progress != NULL)
		w->job->progress(w->job->ctx, w->this->first + w->this->n);
	return 0;
}

static void
start(struct walk *w, struct audit_page *page)
{
	crew_start(w->job->crew, page->n, check_record, page);
}

/* Record 0 stands alone: it says what all others are checked against. */
static int
walk_first(struct walk *w)
{
	if (read_page(w, w->this, 1) != 0)
		return -1;
	crew_run(w->job->crew, w->this->n, check_record, w->this);
	return apply_page(w);
}

/*
 * A page is read while the one before is checked.  What is checked against the
 * members' keys must wait until the page before is applied; the rest need not.
 */
static int
walk_others(struct walk *w)
{
	struct crew *crew = w->job->crew;
	int rc = read_page(w, w->this, PAGE_RECORDS);

	if (rc == 0)
		start(w, w->this);
	while (rc == 0 && w->this->n > 0) {
		struct audit_page *done = w->this;

		rc = read_page(w, w->other, PAGE_RECORDS);
		crew_wait(crew);
		if (rc == 0 && w->job->trusting)
			start(w, w->other);
		if (rc == 0)
			rc = apply_page(w);
		if (rc == 0 && !w->job->trusting)
			start(w, w->other);
		w->this = w->other;
		w->other = done;
	}
	crew_wait(crew);
	return rc;
}

static struct audit_page *
new_page(const struct audit_job *job)
{
	struct audit_page *page = mem_new(sizeof(*page));

	page->job = job;
	return page;
}

static void
free_page(struct audit_page *page)
{
	writer_clear(&page->bytes);
	mem_free(page);
}

int
audit_run(struct audit *audit, const struct audit_job *job)
{
	struct walk w = {
		.audit = audit,
		.job = job,
		.until = job->until,
		.this = new_page(job),
		.other = new_page(job),
	};
	int rc;

	assembly_on_tile(job->assembly, job->tile, job->ctx);
	rc = walk_first(&w);
	if (rc == 0)
		rc = walk_others(&w);
	assembly_on_tile(job->assembly, NULL, NULL);
	if (w.until > 0 && assembly_head(job->assembly).size < w.until)
		take_over_tree(&w);
	free_page(w.this);
	free_page(w.other);
	return rc;
}

/* Afterwards ****************************************************************/

static bool
ledger_key(const struct assembly *a, struct note_key *out)
{
	const struct world *w = assembly_world(a);

	return w->size > 0 &&
	       note_make_key(bytes_of_string(w->log), NOTE_ED25519,
		       w->ledger_key, out) == VERDICT_OK;
}

static void
compare_heads(struct audit *audit, const struct tree_head *signed_)
{
	struct tree_head head = tree_head(&audit->tree);

	if (signed_->size != head.size)
		audit_find(audit, AUDIT_WHOLE,
			"checkpoint: it states %" PRIu64
			" records, there are %" PRIu64,
			signed_->size, head.size);
	else if (!tree_same_head(signed_, &head))
		audit_find(audit, AUDIT_WHOLE,
			"checkpoint: its root is not that of the records");
}

void
audit_checkpoint(
	struct audit *audit, const struct assembly *a, struct bytes text)
{
	struct note note;
	struct checkpoint c;
	struct note_key key;
	enum verdict v = note_parse(text, &note);

	if (v == VERDICT_OK)
		v = checkpoint_parse(note.text, &c);
	if (v == VERDICT_OK)
		compare_heads(audit, &c.head);
	if (v == VERDICT_OK && ledger_key(a, &key))
		v = checkpoint_open(text, &key, 1, &note, &c);
	if (v != VERDICT_OK)
		audit_find(audit, AUDIT_WHOLE, "checkpoint: %s: %s",
			verdict_name(v), verdict_sentence(v));
}

/* One log, and it is this ledger. */
static bool
names_key(const struct policy *p, const struct note_key *key)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_keys; i++) {
		if (p->keys[i].kind != NOTE_ED25519)
			continue;
		if (strcmp(p->keys[i].name, key->name) != 0 ||
			memcmp(p->keys[i].key, key->key, CRYPT_KEY) != 0)
			return false;
		n++;
	}
	return n == 1;
}

void
audit_policy(struct audit *audit, const struct assembly *a, struct bytes policy,
	struct bytes text)
{
	struct policy *p = mem_new(sizeof(*p));
	struct note_key key;
	struct checkpoint c;
	struct note note;
	size_t line;
	enum verdict v = policy_parse(policy, p, &line);

	if (v != VERDICT_OK)
		audit_find(audit, AUDIT_WHOLE, "policy: line %zu: %s", line,
			verdict_sentence(v));
	else if (ledger_key(a, &key) && !names_key(p, &key))
		audit_find(audit, AUDIT_WHOLE,
			"policy: it names another key of the ledger");
	else if ((v = policy_open(p, text, &note, &c)) != VERDICT_OK)
		audit_find(audit, AUDIT_WHOLE,
			"policy: the checkpoint does not meet it: %s",
			verdict_sentence(v));
	mem_free(p);
}

void
audit_texts(struct audit *audit, const struct assembly *a,
	const struct texts *texts)
{
	const struct world *w = assembly_world(a);
	struct writer text = {0};

	for (size_t i = 0; i < audit->n_texts; i++) {
		const struct audit_text *t = &audit->texts[i];
		enum texts_state state = texts_copy(texts, t->hash, &text);

		if (state == TEXTS_DIFFERENT)
			audit_find(audit, t->index,
				"a text that it names was changed");
		else if (state == TEXTS_MISSING &&
			 idmap_get(&w->erased, t->hash) == IDMAP_NONE)
			audit_warn(audit, t->index,
				"a text that it names is missing");
		writer_rewind(&text);
	}
	writer_clear(&text);
}
