#ifndef CLI_NOTICE_H
#define CLI_NOTICE_H

#include "cli/saying.h"

/*
 * What waits for somebody: a key that others ask for, panels that sit,
 * agreements that wait for signatures, breaches to be answered, measures
 * against members.  Each is a line with a time, and the command that answers
 * it; those for the member at the desk say so.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct notice {
	bool mine;     /* waits for the member at the desk */
	uint64_t by_s; /* until when; 0 where nothing is said */
	struct bytes words;
	struct bytes command; /* that answers it; may be empty */
};

/* Lent one after the other. */
typedef void notice_taker(void *ctx, const struct notice *n);

int notice_each(
	struct desk *d, struct saying *s, notice_taker *take, void *ctx);

#endif
