#ifndef CLI_BOOK_H
#define CLI_BOOK_H

#include "ballots/assembly/bearer.h"
#include "ballots/record/credential.h"
#include "cli/home.h"

/*
 * An issuer's book: every credential that was issued on this machine for
 * somebody of the ledger, so that status lists can tell of each.
 *
 * A file each in the folder "issued" of the home, called by the number of the
 * credential's bit, written once and flushed before the credential is given
 * away:
 *
 *     {"after"?: number of the one it takes the place of, "chapter"?: id,
 *      "credential": {...}, "holder": id of the member or gateway}
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct book_entry {
	struct writer file;
	struct credential credential; /* borrows file */
	struct bearer bearer;
	uint64_t bit;
	uint64_t after; /* BOOK_NONE: none */
	bool replaced;  /* another one took its place */
};
#define BOOK_NONE UINT64_MAX

/* A zeroed one is empty; given back with book_clear(). */
struct book {
	struct book_entry *all; /* by number */
	size_t n, cap;
	uint64_t *drawn; /* bits drawn since it was read */
	size_t n_drawn, drawn_cap;
};
#define BOOK_MOST 131072 /* credentials; their list fits in one, any bits */

/* Read all of it. */
int book_read(struct book *b, const struct home *home);
void book_clear(struct book *b);

/*
 * How many bits its status lists have: twice as many as there are credentials,
 * so that the number of the next one tells nothing; and never fewer than tell
 * nothing by themselves.
 */
uint64_t book_bits(const struct book *b);

/* Draw a bit that is free; fails when there are too many credentials. */
int book_draw(struct book *b, uint64_t *bit);

/* Write down a credential, which was signed, before it is given away. */
int book_keep(const struct home *home, struct bytes credential,
	const struct bearer *s, uint64_t bit, uint64_t after);

#endif
