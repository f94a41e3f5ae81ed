#ifndef BALLOTS_MACHINE_AUDIT_H
#define BALLOTS_MACHINE_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/assembly/assembly.h"
#include "ballots/machine/crew.h"
#include "ballots/machine/texts.h"
#include "ballots/rules/idmap.h"

/*
 * An audit: walk all records of a ledger through an empty assembly and note
 * whatever does not stand.  Where the records are is the caller's business.
 *
 * Pages of records are checked on all cores (form, signatures, hashes) and
 * applied in order on one.
 *
 *     struct audit audit = {0};
 *
 *     if (audit_run(&audit, &job) != 0)
 *         ...the machine failed
 *     audit_checkpoint(&audit, job.assembly, note);
 *     audit_texts(&audit, job.assembly, texts);
 *     ...audit.n_findings...
 *     audit_clear(&audit);
 *
 * Functions that return int return 0, or -1 once they have told why.
 */

/* A finding, or a warning, in one sentence. */
struct audit_finding {
	uint64_t index; /* of the record; AUDIT_WHOLE */
	char *what;
};
#define AUDIT_WHOLE UINT64_MAX
#define AUDIT_KEPT  1000 /* findings that are kept; all are counted */

/* A text, and the first record that names it. */
struct audit_text {
	uint8_t hash[CRYPT_HASH];
	uint64_t index;
};

/* What came out.  A zeroed one is ready; given back with audit_clear(). */
struct audit {
	struct audit_finding *findings;
	size_t n_findings, cap_findings;
	struct audit_finding *warnings;
	size_t n_warnings, cap_warnings;

	struct tree tree;         /* over all records read */
	struct tree_head marked;  /* the head at job->mark, once past it */
	struct audit_text *texts; /* each that records name, once */
	size_t n_texts, cap_texts;
	struct idmap texts_seen;
};

/* Records of one page; filled by audit_put(). */
struct audit_page;
void audit_put(struct audit_page *page, struct bytes record);

struct audit_job {
	struct crew *crew;
	struct assembly *assembly; /* empty */
	bool trusting;  /* leave signatures out, as a daemon at its start */
	uint64_t until; /* records to apply; more are only hashed */
	uint64_t size;  /* records to read; UINT64_MAX: until there are none */
	uint64_t mark;  /* size whose head is wanted; 0: none */

	/*
	 * Put records from number from on into page, at most max.  None ends
	 * the audit, as does -1, which is returned.
	 */
	int (*read)(
		void *ctx, uint64_t from, size_t max, struct audit_page *page);

	/* What became of each record applied; may be NULL.  -1 as above. */
	int (*each)(void *ctx, uint64_t index,
		const struct assembly_checked *act, enum verdict v);

	/* A finished tile of the tree over all records; may be NULL. */
	tree_emit_fn *tile;

	void (*progress)(void *ctx, uint64_t done); /* may be NULL */
	void *ctx;
};

int audit_run(struct audit *audit, const struct audit_job *job);

void audit_clear(struct audit *audit);

/* Note what does not stand, or what is worth saying. */
void audit_find(struct audit *audit, uint64_t index, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void audit_warn(struct audit *audit, uint64_t index, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Compare with a checkpoint: signed by the ledger's key under its origin, and
 * of the size and root of all records that were read.
 */
void audit_checkpoint(
	struct audit *audit, const struct assembly *a, struct bytes note);

/* The same for what a policy file says of the ledger's key. */
void audit_policy(struct audit *audit, const struct assembly *a,
	struct bytes policy, struct bytes note);

/*
 * Look at each text that records name.  A missing one is a warning, unless it
 * was erased; a different one is a finding.
 */
void audit_texts(struct audit *audit, const struct assembly *a,
	const struct texts *texts);

#endif
