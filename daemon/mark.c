#include "daemon/mark.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "ballots/base/mem.h"
#include "ballots/base/reader.h"
#include "ballots/base/writer.h"
#include "ballots/machine/files.h"
#include "ballots/machine/trouble.h"

#define FILE_NAME "head"
#define MAGIC     BYTES("uhead/v1")

enum {
	SLOTS = 2,
	SLOT_STRIDE = 4096, /* no sector holds two of them */
	SLOT_SIGNED = 48,   /* bytes under the hash */
	SLOT_BYTES = SLOT_SIGNED + CRYPT_HASH,
};

struct mark {
	int fd;
	unsigned slot; /* holds head; the other is written next */
	struct tree_head head;
};

static void
slot_encode(const struct tree_head *head, struct writer *w)
{
	uint8_t sum[CRYPT_HASH];
	size_t start = w->len;

	writer_put(w, MAGIC);
	writer_put_u64(w, head->size);
	writer_put(w, bytes_of(head->root, CRYPT_HASH));
	crypt_hash(bytes_slice(writer_view(w), start, SLOT_SIGNED), sum);
	writer_put(w, bytes_of(sum, CRYPT_HASH));
}

static bool
slot_decode(struct bytes slot, struct tree_head *out)
{
	struct reader r = reader_of(slot);
	struct bytes magic = reader_bytes(&r, MAGIC.len);
	uint64_t size = reader_u64(&r);
	struct bytes root = reader_bytes(&r, CRYPT_HASH);
	struct bytes sum = reader_bytes(&r, CRYPT_HASH);
	uint8_t right[CRYPT_HASH];

	if (!reader_done(&r) || !bytes_equal(magic, MAGIC))
		return false;
	crypt_hash(bytes_slice(slot, 0, SLOT_SIGNED), right);
	if (!bytes_equal(sum, bytes_of(right, CRYPT_HASH)))
		return false;
	out->size = size;
	memcpy(out->root, root.data, CRYPT_HASH);
	return true;
}

/* Take the larger of the valid slots. */
static int
choose_slot(struct mark *m)
{
	bool found = false;

	for (unsigned i = 0; i < SLOTS; i++) {
		uint8_t slot[SLOT_BYTES];
		struct tree_head head;
		ssize_t n =
			pread(m->fd, slot, SLOT_BYTES, (off_t)i * SLOT_STRIDE);

		if (n != SLOT_BYTES ||
			!slot_decode(bytes_of(slot, SLOT_BYTES), &head))
			continue;
		if (found && head.size <= m->head.size)
			continue;
		found = true;
		m->slot = i;
		m->head = head;
	}
	return found ? 0 : trouble_say("the head file is damaged");
}

/* A new file: an empty tree in slot 0, zeros in slot 1. */
static int
make_file(int dir)
{
	static const uint8_t nothing[SLOTS * SLOT_STRIDE];
	const struct tree empty = {0};
	struct tree_head head = tree_head(&empty);
	struct writer w = {0};
	int rc;

	slot_encode(&head, &w);
	writer_put(&w, bytes_of(nothing, sizeof(nothing) - w.len));
	rc = files_write_once(dir, FILE_NAME, FILES_PRIVATE, writer_view(&w));
	writer_clear(&w);
	return rc;
}

struct mark *
mark_open(int dir, bool create)
{
	struct mark *m = mem_new(sizeof(*m));

	m->fd = -1;
	if (create && !files_exist(dir, FILE_NAME) && make_file(dir) != 0)
		goto failed;
	m->fd = openat(dir, FILE_NAME, O_RDWR | O_CLOEXEC);
	if (m->fd < 0 && (errno == EACCES || errno == EROFS))
		m->fd = openat(dir, FILE_NAME, O_RDONLY | O_CLOEXEC);
	if (m->fd < 0) {
		trouble_errno("cannot open the head file", FILE_NAME);
		goto failed;
	}
	if (choose_slot(m) != 0)
		goto failed;
	return m;

failed:
	mark_close(m);
	return NULL;
}

void
mark_close(struct mark *m)
{
	if (m == NULL)
		return;
	files_close(m->fd);
	mem_free(m);
}

struct tree_head
mark_head(const struct mark *m)
{
	return m->head;
}

int
mark_set(struct mark *m, const struct tree_head *head)
{
	unsigned slot = (m->slot + 1) % SLOTS;
	struct writer w = {0};
	ssize_t n;

	assert(head->size > m->head.size);
	slot_encode(head, &w);
	n = pwrite(m->fd, w.data, w.len, (off_t)slot * SLOT_STRIDE);
	writer_clear(&w);
	if (n != SLOT_BYTES || fdatasync(m->fd) != 0)
		return trouble_errno("cannot write the head file", FILE_NAME);
	m->slot = slot;
	m->head = *head;
	return 0;
}
