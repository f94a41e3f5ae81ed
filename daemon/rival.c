#include "daemon/rival.h"

#include "ballots/base/limits.h"
#include "ballots/machine/files.h"
#include "ballots/record/checkpoint.h"

#define FILE_NAME "forked"

static bool
lies_on_the_way(
	const struct checkpoint *seen, struct prover *prover, uint64_t size)
{
	struct tree_head own = {.size = seen->head.size};

	return own.size <= size && prover_root_at(prover, own.size, own.root) &&
	       tree_same_head(&own, &seen->head);
}

enum verdict
rival_judge(struct bytes text, const struct note_key *key,
	struct prover *prover, uint64_t size)
{
	struct checkpoint seen;
	struct note note;
	enum verdict v = note_parse(text, &note);

	if (v == VERDICT_OK)
		v = checkpoint_parse(note.text, &seen);
	if (v != VERDICT_OK)
		return v;
	if (!bytes_equal(seen.origin, bytes_of_string(key->name)))
		return VERDICT_WRONG_LEDGER;
	if (lies_on_the_way(&seen, prover, size))
		return VERDICT_OK;
	v = checkpoint_open(text, key, 1, &note, &seen);
	return v == VERDICT_OK ? VERDICT_FORKED : v;
}

int
rival_keep(const char *dir, struct bytes note)
{
	int fd = files_open_dir(dir);
	int rc = 0;

	if (fd < 0)
		return -1;
	if (!files_exist(fd, FILE_NAME))
		rc = files_replace(fd, FILE_NAME, FILES_PRIVATE, note);
	files_close(fd);
	return rc;
}

int
rival_read(const char *dir, struct writer *note)
{
	int fd = files_open_dir(dir);
	int rc = 0;

	if (fd < 0)
		return -1;
	if (files_exist(fd, FILE_NAME))
		rc = files_read(fd, FILE_NAME, LIMIT_NOTE_BYTES, note);
	files_close(fd);
	return rc;
}

int
rival_drop(const char *dir)
{
	int fd = files_open_dir(dir);
	int rc;

	if (fd < 0)
		return -1;
	rc = files_remove(fd, FILE_NAME);
	files_close(fd);
	return rc;
}
