#ifndef CLI_MAKING_H
#define CLI_MAKING_H

#include "cli/book.h"
#include "cli/lookup.h"

/*
 * A credential that is being made for somebody of the ledger: what is looked up
 * for it, and the book that it is written into.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct making {
	struct lookup look;
	struct book book;
	struct credential c;
	struct bearer bearer;
	struct writer claims;  /* for c, as who makes it likes */
	struct writer chapter; /* what it is called */
	struct writer lists[CREDENTIAL_PURPOSE_COUNT];
	struct writer ids[LIMIT_RESOURCES];
	struct writer doc;
};

/* Look things up; m needs no preparation, making_end() is due also after -1. */
int making_begin(const struct call *call, struct making *m);
void making_end(struct making *m);

/* Append what the status list for purpose is called: as the setting, or the
 * key. */
int making_put_list(
	struct making *m, enum credential_purpose purpose, struct writer *out);

/*
 * Give m->c, which is about m->bearer, a bit in both lists, sign it and write
 * it down; m->doc is what to give away.  after is the bit of the one whose
 * place it takes, or BOOK_NONE.
 */
int making_finish(struct making *m, uint64_t after);

#endif
