#ifndef CLI_SCENE_AGREEMENT_H
#define CLI_SCENE_AGREEMENT_H

#include "cli/scene_mandate.h"

/*
 * An agreement, as a rehearsal plays it: the delegate tables it, the ministry
 * signs the same bytes, nobody challenges it, and all members vote on it.
 */
struct scene_agreement {
	const char *name; /* "A1" */
	const char *text;
	int64_t days;    /* until papers are issued, as agreed */
	uint32_t yes_of; /* one of so many members says yes */
	uint8_t id[CRYPT_HASH];
};

/* Until the vote is over.  Returns 0, or -1 once it has complained. */
int scene_agreement_try(struct scene_agreement *a, struct scene_mandate *m);

#endif
