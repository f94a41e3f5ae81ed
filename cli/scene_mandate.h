#ifndef CLI_SCENE_MANDATE_H
#define CLI_SCENE_MANDATE_H

#include "cli/play.h"

/*
 * A mandate, as a rehearsal plays it: the first founder proposes it, everybody
 * votes for it, a member carries it, and the guest of the troupe is the
 * ministry that it is about.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct scene_mandate {
	struct play *play;
	uint32_t who; /* carries it: a number in the troupe */
	uint8_t id[CRYPT_HASH];
	uint64_t from_s, until_s;
};

/* From the proposal until it is ACTIVE; name is what the delegate is called. */
int scene_mandate_begin(struct scene_mandate *m, struct play *p, uint32_t who,
	struct bytes name);

/* The delegate meets the ministry, and reports. */
int scene_mandate_meet(struct scene_mandate *m);
int scene_mandate_report(struct scene_mandate *m, bool final);

/* Nobody reports, until that suspends the mandate. */
int scene_mandate_neglect(struct scene_mandate *m);

/* Say what happened, and in which state the daemon says the mandate is. */
int scene_mandate_tell(struct scene_mandate *m, const char *what);

#endif
