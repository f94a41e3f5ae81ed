#ifndef CLI_DRAFT_H
#define CLI_DRAFT_H

#include "cli/filing.h"

/*
 * Effects as people write them on a command line, such as --seat
 * steward=ada, printed as acts have them.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */

/* One effect on its way: what was written, and where it is printed. */
struct draft {
	struct filing *f;
	struct jcs_printer *p;
	const char *language;
	const char *left;  /* before the "=", if there is one */
	const char *right; /* behind it, or all of it */
};

/*
 * Print the effects of all options (effects_options in effects.h) as a list;
 * *class becomes what such effects are for, where there is one.
 */
int draft_effects(struct draft *e, const char **class);

/* A text of one language, as a list of texts. */
int draft_put_text(struct draft *e, const char *spec);

#endif
