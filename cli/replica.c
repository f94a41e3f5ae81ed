#include "cli/replica.h"

#include "ballots/assembly/world.h"
#include "ballots/machine/inspect.h"
#include "cli/ask.h"
#include "cli/output.h"

struct source {
	struct contact *contact; /* NULL: an export */
	uint64_t whole;          /* records, for the progress */
	struct writer bytes;
};

static void
show_progress(void *ctx, uint64_t done)
{
	const struct source *source = ctx;

	output_progress("replaying", done, source->whole);
}

static struct audit_job
begin(struct replica *r, const struct replica_wanted *wanted,
	struct source *source)
{
	r->assembly = assembly_new();
	return (struct audit_job){
		.crew = crew_new(0),
		.assembly = r->assembly,
		.until = wanted->until,
		.mark = wanted->mark,
		.progress = show_progress,
		.ctx = source,
	};
}

int
replica_of_export(struct replica *r, const char *path,
	const struct replica_wanted *wanted)
{
	struct source source = {.whole = inspect_size(path)};
	struct audit_job job = begin(r, wanted, &source);
	int rc = inspect_run(&r->audit, &job, path, &r->note);

	output_progress("replaying", 1, 1);
	crew_free(job.crew);
	return rc;
}

/* Fetch until the page is full or all is there. */
static int
read_records(void *ctx, uint64_t from, size_t max, struct audit_page *page)
{
	struct source *source = ctx;
	size_t ends[ASK_RECORDS], n = 1;

	for (size_t got = 0; got < max && n > 0; got += n) {
		size_t start = 0;

		writer_rewind(&source->bytes);
		n = max - got < ASK_RECORDS ? max - got : ASK_RECORDS;
		if (ask_records(source->contact, from + got, n, &source->bytes,
			    ends, &n) != 0)
			return -1;
		for (size_t i = 0; i < n; start = ends[i++])
			audit_put(page, bytes_of(source->bytes.data + start,
						ends[i] - start));
	}
	return 0;
}

static int
look_at_texts(struct replica *r, struct contact *c)
{
	const struct idmap *erased = &assembly_world(r->assembly)->erased;
	uint8_t salt[LIMIT_TEXT_SALT];
	struct writer text = {0};
	bool found = true;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < r->audit.n_texts; i++) {
		const struct audit_text *t = &r->audit.texts[i];

		writer_rewind(&text);
		rc = ask_text(c, t->hash, &found, salt, &text);
		if (rc == 0 && !found &&
			idmap_get(erased, t->hash) == IDMAP_NONE)
			audit_warn(&r->audit, t->index,
				"a text that it names is missing");
	}
	writer_clear(&text);
	return rc;
}

int
replica_of_daemon(struct replica *r, struct contact *c,
	const struct replica_wanted *wanted)
{
	struct source source = {.contact = c};
	struct audit_job job = begin(r, wanted, &source);
	struct tree_head head;
	int rc;

	writer_put(&r->note, contact_checkpoint(c, &head));
	job.size = source.whole = head.size;
	job.read = read_records;
	rc = audit_run(&r->audit, &job);
	output_progress("replaying", 1, 1);
	if (rc == 0)
		audit_checkpoint(&r->audit, r->assembly, writer_view(&r->note));
	if (rc == 0 && wanted->texts)
		rc = look_at_texts(r, c);
	writer_clear(&source.bytes);
	crew_free(job.crew);
	return rc;
}

void
replica_clear(struct replica *r)
{
	audit_clear(&r->audit);
	assembly_free(r->assembly);
	writer_clear(&r->note);
	*r = (struct replica){0};
}
