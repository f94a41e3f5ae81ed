#ifndef CLI_GATHER_H
#define CLI_GATHER_H

#include "ballots/record/capsule.h"
#include "cli/advocates.h"
#include "cli/captions.h"

/*
 * What a capsule is made of, gathered from a daemon (specs/capsule.md): terms,
 * question, result, publication and statement of a mandate, and the credential
 * of one of its delegates.  It tells nothing of who voted or endorsed.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct gather_wish {
	const char *delegate;  /* as people name them; NULL: who signs, or the
				  only one */
	const char *language;  /* of the texts; NULL: the reader's */
	const char *published; /* a directory whose checkpoint is taken; NULL */
};

struct gather {
	struct advocates advocates;
	const struct advocates_delegate *delegate;
	struct ask_record result;
	struct writer question, credential, checkpoint;
	struct captions captions;
	struct writer remarks;  /* lines on what is missing, for people */
	struct capsule capsule; /* views of all this, for capsule_print() */
};

/* Gather it for a mandate that was found; cleared in both cases. */
int gather_parts(struct desk *d, const struct subject *mandate,
	const struct gather_wish *wish, struct gather *out);
void gather_clear(struct gather *g);

/*
 * See that a counterparty is one whom the mandate is for: a word is its number,
 * from 1, or its key.
 */
int gather_check_party(const struct gather *g, const char *word);

#endif
