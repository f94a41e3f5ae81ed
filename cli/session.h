#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "ballots/base/writer.h"

/*
 * A conversation with a daemon: one request at a time, one answer to each, over
 * nanomsg REQ.
 *
 * The library repeats a request when the connection was lost, so the daemon may
 * see it twice; acts are made for that.  What is said is up to the caller:
 * bytes in, bytes out.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */
struct session;

#define SESSION_CONNECT_MS 3000  /* until somebody must be there */
#define SESSION_ANSWER_MS  30000 /* for an answer to a usual request */
#define SESSION_FOLLOW_MS  40000 /* for a long poll, held 20 s at most */

/*
 * Connect to ipc://PATH or tcp://HOST:PORT and wait until somebody is there.
 * The caller owns the result; NULL once it has complained.
 */
struct session *session_open(const char *address);

/* NULL is allowed. */
void session_close(struct session *s);

/* Ask, and append the answer to reply. */
int session_ask(struct session *s, struct bytes request, unsigned answer_ms,
	struct writer *reply);

#endif
