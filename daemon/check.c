#include "daemon/check.h"

#include <inttypes.h>

#include "daemon/replay.h"

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

/* Compare what is stated of the ledger with what its records establish. */
static void
compare_heads(struct check *c, const struct ledger *led)
{
	struct tree_head head = ledger_head(led),
			 now = tree_head(&c->audit.tree);
	struct tree_head marked = ledger_marked(led);

	compare_head(c, "the head of the database", &head, &now);
	if (marked.size > 0)
		compare_head(c, "the head file", &marked, &c->audit.marked);
}

static int
walk(struct check *c, struct ledger *led, const struct config *config,
	bool trusting, struct publication *copy)
{
	struct crew *crew = crew_new((unsigned)config->threads);
	const struct replay_job job = {.ledger = led,
		.crew = crew,
		.assembly = c->assembly,
		.trusting = trusting,
		.copy = copy};
	int rc = replay_walk(&c->audit, &job);

	crew_free(crew);
	return rc;
}

int
check_run(struct check *c, const struct config *config, bool trusting,
	struct publication *copy)
{
	const struct ledger_options options = {
		.map_bytes = config->map_bytes, .read_only = true};
	struct texts *texts = texts_open(config->directory);
	struct ledger *led = ledger_open(config->directory, &options);
	int rc = -1;

	c->assembly = assembly_new();
	if (led != NULL && texts != NULL)
		rc = walk(c, led, config, trusting, copy);
	if (rc == 0) {
		compare_heads(c, led);
		audit_texts(&c->audit, c->assembly, texts);
	}
	texts_close(texts);
	ledger_close(led);
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
