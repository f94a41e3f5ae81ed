#ifndef CLI_PACT_H
#define CLI_PACT_H

#include "cli/subject.h"
#include "cli/words.h"

/*
 * An agreement as it was tabled: the one act that both sides sign, with every
 * text that it names.  Its id is the hash of the act, so whoever compares the
 * id, and sees the texts fit their hashes, has seen all of what is signed.
 *
 * On paper it is a line as filing.h has it, for whoever has no network.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct pact {
	struct ask_record record; /* where it came from the daemon */
	struct writer file;       /* where it came on paper */
	struct wire *line;
	struct act act;     /* agreement.tentative, lent by either */
	struct words words; /* its texts */
};

/* Fetch the agreement id; cleared by pact_clear() in both cases. */
int pact_fetch(
	struct desk *d, const uint8_t id[static CRYPT_HASH], struct pact *out);

/* Read one from a person's file; the same. */
int pact_read(const char *path, struct pact *out);
void pact_clear(struct pact *p);

/*
 * Find the agreement in such a file by its id or the beginning of it, which the
 * other side tells by another way.  A desk that knows no union yet learns from
 * the file for which one it signs.
 */
int pact_find_paper(struct desk *d, const char *path, const char *word,
	struct subject *out);

/* Write it to a file, with the signature of whoever tabled it. */
int pact_write(const struct pact *p, const char *path);

/* Print all of it. */
int pact_show(struct desk *d, const struct pact *p);

/* The mandate's terms, from its founding act; for ask_clear(). */
int pact_mandate(struct desk *d, const uint8_t id[static CRYPT_HASH],
	struct ask_record *out);

/*
 * Find the breach of an agreement that a word means: its number from 1, or its
 * id where there is no daemon.  Without a word it is the only one in that state
 * ("open", "alleged"), or with state NULL the only one without a reply.  out is
 * the agreement, with the breach's id.
 */
int pact_find_breach(struct desk *d, const char *agreement, const char *word,
	const char *state, struct subject *out);

#endif
