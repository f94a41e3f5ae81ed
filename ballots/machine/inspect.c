#include "ballots/machine/inspect.h"

#include <inttypes.h>
#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/machine/publication.h"
#include "ballots/record/checkpoint.h"

struct inspect {
	struct audit *audit;
	const struct audit_job *job; /* the caller's */
	struct publication *publication;
	uint64_t size;        /* that the checkpoint claims */
	struct writer bundle; /* what is being read */
	struct reader rest;
};

static void
complain(struct inspect *in, const struct tile *t, const char *what)
{
	struct writer path = {0};

	tile_print_path(t, &path);
	audit_find(
		in->audit, AUDIT_WHOLE, "%s: %s", writer_string(&path), what);
	writer_clear(&path);
}

/* Load the bundle that record number index begins; false where it ends. */
static bool
load(struct inspect *in, uint64_t index)
{
	struct tile t = tile_at(in->size, TILE_ENTRIES, index / TREE_TILE);
	enum publication_state state;

	writer_rewind(&in->bundle);
	state = publication_bundle(in->publication, &t, &in->bundle);
	if (state != PUBLICATION_HERE)
		complain(in, &t,
			state == PUBLICATION_MISSING
				? "it is missing; no record from here on can "
				  "be read"
				: "it is damaged; no record from here on can "
				  "be read");
	in->rest = reader_of(writer_view(&in->bundle));
	return state == PUBLICATION_HERE;
}

static int
read_records(void *ctx, uint64_t from, size_t max, struct audit_page *page)
{
	struct inspect *in = ctx;

	for (uint64_t i = from; i < from + max && i < in->size; i++) {
		if (i % TREE_TILE == 0 && !load(in, i)) {
			in->size = i;
			break;
		}
		audit_put(page, tile_next_entry(&in->rest));
	}
	return 0;
}

static void
compare_tile(struct inspect *in, const struct tile *t, const uint8_t *hashes)
{
	uint8_t found[TREE_TILE_BYTES];
	enum publication_state state =
		publication_hashes(in->publication, t, found);

	if (state == PUBLICATION_MISSING)
		complain(in, t, "it is missing");
	else if (state == PUBLICATION_DAMAGED)
		complain(in, t, "it is damaged");
	else if (memcmp(found, hashes, (size_t)t->width * CRYPT_HASH) != 0)
		complain(in, t, "it is not that of the records");
}

static void
take_tile(void *ctx, unsigned level, uint64_t number, const uint8_t *hashes)
{
	const struct tile t = {level, number, TREE_TILE};

	compare_tile(ctx, &t, hashes);
}

static void
compare_unfinished(struct inspect *in)
{
	const struct tree *tree = &in->audit->tree;

	for (unsigned level = 0; level < TREE_LEVELS; level++) {
		uint64_t n = tile_count(tree->size, level);
		struct tile t;

		if (n == 0)
			break;
		t = tile_at(tree->size, level, n - 1);
		if (t.width < TREE_TILE)
			compare_tile(in, &t,
				tree_edge(tree, level, t.number, t.width));
	}
}

static int
pass_each(void *ctx, uint64_t index, const struct assembly_checked *act,
	enum verdict v)
{
	struct inspect *in = ctx;

	return in->job->each(in->job->ctx, index, act, v);
}

static void
pass_progress(void *ctx, uint64_t done)
{
	struct inspect *in = ctx;

	in->job->progress(in->job->ctx, done);
}

/* The size that a checkpoint claims, signed or not. */
static uint64_t
claimed(struct bytes text)
{
	struct note note;
	struct checkpoint c;

	if (note_parse(text, &note) != VERDICT_OK ||
		checkpoint_parse(note.text, &c) != VERDICT_OK)
		return 0;
	return c.head.size;
}

uint64_t
inspect_size(const char *path)
{
	struct publication *p = publication_open(path);
	struct writer note = {0};
	uint64_t size = 0;

	if (p != NULL &&
		publication_copy(p, "checkpoint", &note) == PUBLICATION_HERE)
		size = claimed(writer_view(&note));
	writer_clear(&note);
	publication_close(p);
	return size;
}

static void
compare_signed(struct inspect *in, struct bytes note)
{
	struct writer policy = {0};

	audit_checkpoint(in->audit, in->job->assembly, note);
	if (publication_copy(in->publication, "policy", &policy) ==
		PUBLICATION_HERE)
		audit_policy(in->audit, in->job->assembly, writer_view(&policy),
			note);
	else
		audit_find(in->audit, AUDIT_WHOLE, "policy: it is missing");
	writer_clear(&policy);
}

static int
run(struct inspect *in, const char *path, struct bytes note)
{
	struct audit_job job = *in->job;
	struct texts *texts;
	int rc;

	job.size = in->size = claimed(note);
	job.read = read_records;
	job.tile = take_tile;
	job.each = job.each != NULL ? pass_each : NULL;
	job.progress = job.progress != NULL ? pass_progress : NULL;
	job.ctx = in;
	rc = audit_run(in->audit, &job);
	if (rc != 0)
		return rc;
	compare_unfinished(in);
	compare_signed(in, note);
	texts = texts_open(path);
	if (texts == NULL)
		return -1;
	audit_texts(in->audit, job.assembly, texts);
	texts_close(texts);
	return 0;
}

int
inspect_run(struct audit *audit, const struct audit_job *job, const char *path,
	struct writer *note)
{
	struct inspect in = {.audit = audit, .job = job};
	size_t start = note->len;
	int rc = -1;

	in.publication = publication_open(path);
	if (in.publication == NULL)
		return -1;
	if (publication_copy(in.publication, "checkpoint", note) ==
		PUBLICATION_HERE) {
		rc = run(&in, path,
			bytes_slice(writer_view(note), start, note->len));
	} else {
		audit_find(audit, AUDIT_WHOLE, "checkpoint: it is missing");
		rc = 0;
	}
	writer_clear(&in.bundle);
	publication_close(in.publication);
	return rc;
}
