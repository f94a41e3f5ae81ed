#include "ballots/machine/publication.h"

#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/machine/files.h"
#include "ballots/machine/trouble.h"
#include "ballots/record/checkpoint.h"

#define BUNDLE_BYTES ((size_t)TREE_TILE * (2 + TILE_ENTRY_MAX))
#define POLICY_BYTES 131072

struct publication {
	int dir;
	struct tree_head before; /* that the directory had; size 0: none */
	struct tree tree;
	struct writer bundle; /* entries of the unfinished one */
	bool failed; /* some tile could not be written, which was told */
};

static struct publication *
begin(int dir)
{
	struct publication *p;

	if (dir < 0)
		return NULL;
	p = mem_new(sizeof(*p));
	p->dir = dir;
	return p;
}

struct publication *
publication_open(const char *path)
{
	return begin(files_open_dir(path));
}

void
publication_close(struct publication *p)
{
	if (p == NULL)
		return;
	files_close(p->dir);
	writer_clear(&p->bundle);
	mem_free(p);
}

/* Reading *******************************************************************/

static enum publication_state
copy_file(const struct publication *p, const char *name, size_t max_bytes,
	struct writer *out)
{
	if (!files_exist(p->dir, name))
		return PUBLICATION_MISSING;
	return files_read(p->dir, name, max_bytes, out) == 0
		       ? PUBLICATION_HERE
		       : PUBLICATION_DAMAGED;
}

enum publication_state
publication_copy(
	const struct publication *p, const char *name, struct writer *out)
{
	return copy_file(p, name, POLICY_BYTES, out);
}

/* Append the file of t, or of the finished tile of its number. */
static enum publication_state
copy_tile(const struct publication *p, struct tile t, size_t max_bytes,
	struct writer *out)
{
	struct writer path = {0};
	enum publication_state state;

	tile_print_path(&t, &path);
	if (!files_exist(p->dir, writer_string(&path)) && t.width < TREE_TILE) {
		t.width = TREE_TILE;
		writer_rewind(&path);
		tile_print_path(&t, &path);
	}
	state = copy_file(p, writer_string(&path), max_bytes, out);
	writer_clear(&path);
	return state;
}

enum publication_state
publication_bundle(
	const struct publication *p, const struct tile *t, struct writer *out)
{
	size_t start = out->len;
	enum publication_state state = copy_tile(p, *t, BUNDLE_BYTES, out);
	struct reader r;

	if (state != PUBLICATION_HERE)
		return state;
	r = reader_of(bytes_of(out->data + start, out->len - start));
	for (unsigned i = 0; i < t->width; i++)
		tile_next_entry(&r);
	if (r.short_read)
		return PUBLICATION_DAMAGED;
	out->len -= r.rest.len;
	return PUBLICATION_HERE;
}

enum publication_state
publication_hashes(const struct publication *p, const struct tile *t,
	uint8_t out[static TREE_TILE_BYTES])
{
	struct writer file = {0};
	enum publication_state state = copy_tile(p, *t, TREE_TILE_BYTES, &file);
	size_t len = (size_t)t->width * CRYPT_HASH;

	if (state == PUBLICATION_HERE && file.len < len)
		state = PUBLICATION_DAMAGED;
	if (state == PUBLICATION_HERE)
		memcpy(out, file.data, len);
	writer_clear(&file);
	return state;
}

/* Writing *******************************************************************/

static int
put_tile(struct publication *p, const struct tile *t, struct bytes content)
{
	struct writer path = {0};
	int rc;

	tile_print_path(t, &path);
	rc = files_write_once(
		p->dir, writer_string(&path), FILES_PUBLIC, content);
	writer_clear(&path);
	return rc;
}

static void
put_finished(void *ctx, unsigned level, uint64_t number, const uint8_t *tile)
{
	struct publication *p = ctx;
	const struct tile t = {level, number, TREE_TILE};

	if (put_tile(p, &t, bytes_of(tile, TREE_TILE_BYTES)) != 0)
		p->failed = true;
}

static int
another_history(void)
{
	return trouble_say("what was in the directory before is of another "
			   "history of the ledger, or another ledger");
}

int
publication_add(struct publication *p, struct bytes record)
{
	tile_put_entry(&p->bundle, record);
	if (p->tree.size % TREE_TILE == TREE_TILE - 1) {
		const struct tile t = {
			TILE_ENTRIES, p->tree.size / TREE_TILE, TREE_TILE};

		if (put_tile(p, &t, writer_view(&p->bundle)) != 0)
			return -1;
		writer_rewind(&p->bundle);
	}
	tree_append(&p->tree, record, put_finished, p);
	if (p->tree.size == p->before.size) {
		struct tree_head head = tree_head(&p->tree);

		if (!tree_same_head(&head, &p->before))
			return another_history();
	}
	return p->failed ? -1 : 0;
}

uint64_t
publication_written(const struct publication *p)
{
	return p->tree.size;
}

/* The head that a checkpoint claims; false when it is none. */
static bool
claimed(struct bytes text, struct tree_head *head)
{
	struct note note;
	struct checkpoint c;

	if (note_parse(text, &note) != VERDICT_OK ||
		checkpoint_parse(note.text, &c) != VERDICT_OK)
		return false;
	*head = c.head;
	return true;
}

static void
read_before(struct publication *p)
{
	struct writer note = {0};

	if (publication_copy(p, "checkpoint", &note) != PUBLICATION_HERE ||
		!claimed(writer_view(&note), &p->before))
		p->before.size = 0;
	writer_clear(&note);
}

/* Go on from the finished bundles that are there. */
static int
resume(struct publication *p)
{
	struct writer bundle = {0};
	struct tile t = {TILE_ENTRIES, 0, TREE_TILE};
	int rc = 0;

	while (rc == 0 &&
		publication_bundle(p, &t, &bundle) == PUBLICATION_HERE) {
		struct reader r = reader_of(writer_view(&bundle));

		while (rc == 0 && r.rest.len > 0)
			rc = publication_add(p, tile_next_entry(&r));
		writer_rewind(&bundle);
		t.number++;
	}
	writer_clear(&bundle);
	return rc;
}

struct publication *
publication_begin(const char *path)
{
	struct publication *p = begin(files_make_dir(path, FILES_PUBLIC));

	if (p == NULL)
		return NULL;
	read_before(p);
	if (resume(p) == 0)
		return p;
	publication_close(p);
	return NULL;
}

static int
put_unfinished(struct publication *p)
{
	uint64_t size = p->tree.size;

	for (unsigned level = 0; level < TREE_LEVELS; level++) {
		uint64_t n = tile_count(size, level);
		struct tile t;

		if (n == 0)
			break;
		t = tile_at(size, level, n - 1);
		if (t.width < TREE_TILE &&
			put_tile(p, &t,
				bytes_of(tree_edge(&p->tree, level, t.number,
						 t.width),
					(size_t)t.width * CRYPT_HASH)) != 0)
			return -1;
	}
	if (size % TREE_TILE > 0) {
		struct tile t = tile_at(size, TILE_ENTRIES, size / TREE_TILE);

		return put_tile(p, &t, writer_view(&p->bundle));
	}
	return 0;
}

static int
remove_tile(struct publication *p, uint64_t old_size, unsigned level)
{
	uint64_t size = p->tree.size, n = tile_count(old_size, level);
	struct writer path = {0};
	struct tile t, now;
	int rc = 0;

	if (n == 0)
		return 0;
	t = tile_at(old_size, level, n - 1);
	now = tile_at(size, level, n - 1);
	if (t.width != now.width) {
		tile_print_path(&t, &path);
		rc = files_remove(p->dir, writer_string(&path));
		writer_clear(&path);
	}
	return rc;
}

/* Take away the unfinished tiles of the size that stood here before. */
static int
remove_outgrown(struct publication *p)
{
	for (unsigned level = 0; level < TREE_LEVELS; level++)
		if (remove_tile(p, p->before.size, level) != 0)
			return -1;
	return remove_tile(p, p->before.size, TILE_ENTRIES);
}

int
publication_finish(
	struct publication *p, struct bytes note, struct bytes policy)
{
	struct tree_head head = tree_head(&p->tree), wanted;
	int rc = -1;

	if (!claimed(note, &wanted) || !tree_same_head(&wanted, &head) ||
		p->before.size > head.size)
		return another_history();
	if (put_unfinished(p) == 0 &&
		files_replace(p->dir, "policy", FILES_PUBLIC, policy) == 0 &&
		files_replace(p->dir, "checkpoint", FILES_PUBLIC, note) == 0)
		rc = remove_outgrown(p);
	return rc;
}
