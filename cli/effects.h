#ifndef CLI_EFFECTS_H
#define CLI_EFFECTS_H

#include "cli/filing.h"

/*
 * The options of a proposal and what they do, from what a person wrote: as
 * words of the command line, or as a file for what those cannot say.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */

/* --option, --options, and one for each kind of effect. */
extern const struct option effects_options[];

/*
 * Give the act its options.  With none named there is one, which the
 * proposal's texts describe.  *n is how many there are; *class is the class
 * that effects of this kind are for.
 */
int effects_set(
	struct filing *f, const char *language, size_t *n, const char **class);

#endif
