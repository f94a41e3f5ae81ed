#include "cli/recall.h"

#include "ballots/base/mem.h"
#include "cli/complain.h"

bool
recall_head(struct bytes note, struct checkpoint *out)
{
	struct note parsed;

	return note_parse(note, &parsed) == VERDICT_OK &&
	       checkpoint_parse(parsed.text, out) == VERDICT_OK;
}

void
recall_read(struct recall *seen, const struct home *home)
{
	struct checkpoint c;

	writer_rewind(&seen->note);
	seen->head.size = 0;
	if (home_read_checkpoint(home, &seen->note) == 0 &&
		recall_head(writer_view(&seen->note), &c))
		seen->head = c.head;
}

void
recall_clear(struct recall *seen)
{
	writer_clear(&seen->note);
	*seen = (struct recall){0};
}

/* Keep both where they contradict each other. */
static int
keep_evidence(const struct recall *seen, const struct home *home,
	struct replica *r, const char *what)
{
	char *path;

	if (home_keep_fork(home, writer_view(&seen->note),
		    writer_view(&r->note), &path) != 0)
		return -1;
	audit_find(&r->audit, AUDIT_WHOLE,
		"checkpoint: %s; both are kept in %s", what, path);
	mem_free(path);
	return 0;
}

int
recall_compare(
	const struct recall *seen, const struct home *home, struct replica *r)
{
	struct checkpoint now, kept;

	if (!recall_head(writer_view(&r->note), &now))
		return 0;
	if (seen->head.size > 0 &&
		recall_head(writer_view(&seen->note), &kept) &&
		!bytes_equal(kept.origin, now.origin))
		return complain_usage("Leave --union out, or name another one.",
			"This is not the ledger that is known here as %s.",
			home->name);
	if (seen->head.size > now.head.size)
		return keep_evidence(seen, home, r,
			"it is behind one that was seen here before: an old "
			"copy, or a ledger that was rolled back");
	if (seen->head.size > 0 &&
		!tree_same_head(&seen->head, &r->audit.marked))
		return keep_evidence(seen, home, r,
			"it does not continue one that was seen here before: "
			"the ledger has two histories");
	return r->audit.n_findings > 0 || seen->head.size == now.head.size
		       ? 0
		       : home_keep_checkpoint(home, writer_view(&r->note));
}
