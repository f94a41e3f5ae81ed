#ifndef CLI_SCENE_MANDATE_H
#define CLI_SCENE_MANDATE_H

#include "cli/play.h"

/*
 * The third scene of a rehearsal: a member carries a mandate from its proposal
 * to its conclusion.  who is their number in the troupe, name what they are
 * called.  Returns 0, or -1 once it has complained.
 */
int scene_mandate_carry(struct play *p, uint32_t who, struct bytes name);

#endif
