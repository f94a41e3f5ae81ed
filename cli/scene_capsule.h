#ifndef CLI_SCENE_CAPSULE_H
#define CLI_SCENE_CAPSULE_H

#include "cli/call.h"
#include "cli/scene_mandate.h"

/*
 * The delegate's capsule in the hands of the ministry, which once got the
 * union's trust file on paper, and now has no network.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct scene_capsule {
	struct writer trust;   /* the file */
	struct writer capsule; /* the latest one */
};

void scene_capsule_clear(struct scene_capsule *s);

/* The ministry gets its trust file; the delegate makes a capsule. */
int scene_capsule_make(struct scene_capsule *s, const struct call *call,
	struct scene_mandate *m);

/* The ministry checks the latest one by itself, and says what it found. */
int scene_capsule_check(
	struct scene_capsule *s, struct scene_mandate *m, const char *what);

#endif
