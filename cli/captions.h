#ifndef CLI_CAPTIONS_H
#define CLI_CAPTIONS_H

#include "ballots/record/capsule.h"
#include "cli/desk.h"

/*
 * The texts that go into a capsule, in one language: the mandate's, and what
 * its counterparties and ceilings are called.
 */
struct captions {
	struct writer text, names; /* which the capsule's views lend from */
};

/*
 * Fetch what texts there are of terms, an act mandate.propose, and put them
 * into *out: in a language that people asked for, and -1 where the mandate has
 * no text in it; else (NULL) in their own, or the first.  A name that has
 * another language alone is taken in that.  What is missing there, or is longer
 * than a name may be, is left out, and remarks is told.  Returns 0, or -1 once
 * it has complained; cleared in both cases.
 */
int captions_fetch(struct desk *d, const struct act *terms,
	const char *language, struct captions *c, struct capsule *out,
	struct writer *remarks);
void captions_clear(struct captions *c);

#endif
