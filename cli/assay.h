#ifndef CLI_ASSAY_H
#define CLI_ASSAY_H

#include "cli/call.h"
#include "cli/credence.h"

/*
 * Files that prove something, one after the other: what each of them is, is
 * seen from its first bytes; whether all of them hold is said at the end.
 *
 *   receipts, checkpoints, refusals, statements   cli/proof.h
 *   capsules and their frames                     cli/envoy.h
 *   credentials, alone or shown by their holder   cli/vouched.h
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
extern const struct option assay_options[];       /* --trust, --record, --at */
extern const struct option assay_shown_options[]; /* --nonce, --client */

struct assay {
	const struct call *call;
	struct credence credence;
	struct writer record, nonce, client;
	bool asked; /* for nonce and client */
	uint64_t now_s;
	struct json_t *files;
	bool holds;         /* all so far */
	const char *answer; /* of the last that got one and does not hold */
};

/* Given back with assay_close(), also after -1, which gives the answer. */
int assay_open(const struct call *call, struct assay *out);
void assay_close(struct assay *a);

/* Ask the holder of what is shown: --nonce and --client. */
int assay_ask(struct assay *a);

/* Check one file, which is told by name; or what stands in it. */
int assay_file(struct assay *a, int dir, const char *file, const char *name);
void assay_check(struct assay *a, const char *name, struct bytes content);

/* 0 when everything held. */
int assay_conclude(const struct assay *a);

#endif
