#ifndef CLI_SCENE_FOUNDING_H
#define CLI_SCENE_FOUNDING_H

#include "cli/play.h"

/*
 * The first scene of a rehearsal: a practice union is founded, its daemon
 * begins, and everybody is admitted: by a registrar, and by a member who
 * vouches for them.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */

/* Found it under name, of which a word is made, and have the founders join. */
int scene_founding_begin(struct play *p, struct bytes name);

/* Admit everybody else. */
int scene_founding_admit(struct play *p);

#endif
