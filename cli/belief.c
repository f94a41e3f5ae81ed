#include "cli/belief.h"

#include "ballots/base/limits.h"
#include "ballots/base/mem.h"
#include "cli/complain.h"

/* Settings *****************************************************************/

static int
other_than(const char *setting, const char *expected, struct bytes shown)
{
	struct writer hint = {0};

	writer_put_string(&hint, "Another union is named with --union NAME; "
				 "this one expects ");
	writer_put_string(&hint, expected);
	complain_cannot(writer_string(&hint),
		"This daemon is for another union: its %s is %.*s.", setting,
		(int)shown.len, (const char *)shown.data);
	writer_clear(&hint);
	return -1;
}

/* What the home trusts must be what is shown. */
int
belief_check(const struct belief *b, const char *setting, struct bytes shown)
{
	const char *expected =
		b->home == NULL ? NULL : home_get(b->home, setting);

	if (expected == NULL || bytes_equal(bytes_of_string(expected), shown))
		return 0;
	return other_than(setting, expected, shown);
}

int
belief_note(struct belief *b, const char *setting, struct bytes value)
{
	struct writer words = {0};
	int rc;

	if (home_get(b->home, setting) != NULL)
		return 0;
	writer_put(&words, value);
	rc = home_set(b->home, setting, writer_string(&words));
	writer_clear(&words);
	return rc;
}

/* Checkpoints ***************************************************************/

/* Open a note that the ledger's key must have signed; *out borrows it. */
int
belief_open(const struct belief *b, struct bytes note, struct checkpoint *out)
{
	struct note *parts = mem_new(sizeof(*parts));
	enum verdict v = checkpoint_open(note, &b->key, 1, parts, out);

	mem_free(parts);
	if (v == VERDICT_OK &&
		bytes_equal(out->origin, bytes_of_string(b->key.name)))
		return 0;
	return complain_cannot("Check which daemon this is: union status",
		"The daemon shows a checkpoint that the ledger's key did not "
		"sign.");
}

int
belief_keep(struct belief *b, struct bytes note, const struct tree_head *head)
{
	writer_rewind(&b->kept);
	writer_put(&b->kept, note);
	b->head = *head;
	return b->home == NULL ? 0 : home_keep_checkpoint(b->home, note);
}

/* Keep the evidence and say what it shows. */
int
belief_contradicted(struct belief *b, struct bytes shown, const char *what)
{
	char *path = NULL;

	if (b->home == NULL)
		return complain_cannot(BELIEF_KEEP_BOTH, "%s", what);
	if (home_keep_fork(b->home, writer_view(&b->kept), shown, &path) != 0)
		return -1;
	complain_cannot(BELIEF_KEEP_BOTH, "%s Both checkpoints are kept in %s.",
		what, path);
	mem_free(path);
	return -1;
}

/* The checkpoint that the home keeps must be of the same ledger. */
int
belief_recall(struct belief *b)
{
	struct checkpoint kept;

	if (b->home == NULL)
		return 0;
	if (home_read_checkpoint(b->home, &b->kept) != 0)
		return -1;
	if (b->kept.len == 0)
		return 0;
	if (belief_open(b, writer_view(&b->kept), &kept) != 0)
		return -1;
	b->head = kept.head;
	return 0;
}
