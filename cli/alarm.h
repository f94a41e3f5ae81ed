#ifndef CLI_ALARM_H
#define CLI_ALARM_H

#include "cli/desk.h"

/*
 * Whether somebody is about to get this member's membership with another key:
 * a recovery under way (specs/recovery.md), which the member may have asked for
 * or never heard of.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct alarm {
	bool found;     /* one that is ASKED, RUNNING or CONTESTED */
	bool runs;      /* RUNNING: the old key can object */
	bool contested; /* it did: a panel decides */
	uint8_t id[CRYPT_HASH];
	char name[16]; /* "R3" */
	uint64_t due_s;
};

/* Look for it; one that runs goes before one that is only asked for. */
int alarm_find(struct desk *d, struct alarm *out);

/* The same, and say it loudly. */
int alarm_ring(struct desk *d);

#endif
