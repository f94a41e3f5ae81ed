#ifndef CLI_RULES_H
#define CLI_RULES_H

#include "ballots/count/method.h"
#include "ballots/file/election.h"
#include "cli/options.h"

/*
 * The rules of a count, as options say them: --method irv --seats 3 ...
 *
 * Some are needed to read the ballots (rules_begin), others speak of options
 * by their names (rules_end).  Functions that return int return 0, or -1 once
 * they have complained.
 */
extern const struct option rules_options[];

struct rules {
	const struct method *method;
	struct election_wanted wanted; /* for the reader of the ballots */
	struct method_rules rules;     /* borrows from here and the election */
	bool spends; /* seats are as many as the budget pays for */

	/* Private. */
	struct ratio *ratios;
	uint32_t *lot;
};

/*
 * Read what does not depend on the ballots.  preset is the method where none
 * is named; NULL: one must be.
 */
int rules_begin(const struct options *o, const char *preset, struct rules *r);

/* Read the rest, against the ballots and what their file says. */
int rules_end(
	const struct options *o, const struct election *e, struct rules *r);

void rules_clear(struct rules *r);

#endif
