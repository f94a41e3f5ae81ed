#ifndef CLI_PROPOSING_H
#define CLI_PROPOSING_H

#include "cli/filing.h"

/*
 * What all proposals have in common, those of mandates too: the chapter and
 * topic they belong to, and how they are shown before they are signed.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */

/* Options --chapter, --topic and --rival. */
extern const struct option proposing_options[];

/* Put the act where they say. */
int proposing_set_where(struct filing *f);

/* Sign and file; next is what to do then. */
int proposing_finish(struct filing *f, const char *next);

#endif
