#ifndef DAEMON_ENDPOINT_H
#define DAEMON_ENDPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ballots/base/bytes.h"

/*
 * Where requests arrive and replies leave: a raw REP socket on ipc://.
 *
 * Requests are gathered without waiting, many at a time, and each is finished
 * once, in any order, by one of
 *
 *     endpoint_reply()   answers it
 *     endpoint_hold()    keeps it until there is something to say
 *
 * A held request comes back from endpoint_gather(), marked as waited, after
 * endpoint_wake() or when its time is over, whichever is first, and is then
 * answered.  A connection has one held request: a newer one takes
 * its place, and the older is forgotten, as its sender forgot it.
 *
 * nanomsg drops a reply without a word when the connection's buffer is full,
 * which cannot happen to a client that has one request in flight.  A request
 * over LIMIT_REQUEST_BYTES ends its connection.
 *
 * One thread uses an endpoint.
 */
struct endpoint;

#define ENDPOINT_HOLD_MS  20000 /* the longest that one is held */
#define ENDPOINT_HELD_MAX 1024  /* requests held at a time */

struct endpoint_request {
	struct bytes body; /* lent until the request is finished */
	bool waited;       /* it was held; answer it now */
	void *message;     /* the library's, as is: */
	void *control;     /* the way back */
};

/*
 * Listen on the socket file path, open to its owner alone; a missing
 * directory is made so too.  A file left by a process that died is replaced;
 * one that answers, or is no socket, is refused.  NULL once it has told why.
 */
struct endpoint *endpoint_open(const char *path);

/*
 * Stop listening, after a moment in which the last replies can leave, and
 * forget what is held.  NULL is allowed.
 */
void endpoint_close(struct endpoint *ep);

/* Wait until there is something to gather, fd is readable, or timeout_ms. */
void endpoint_wait(struct endpoint *ep, int fd, uint32_t timeout_ms);

/* Take up to max requests that are here; returns how many. */
size_t endpoint_gather(
	struct endpoint *ep, struct endpoint_request *requests, size_t max);

/* Answer a request.  Borrows reply; the request is finished. */
void endpoint_reply(struct endpoint *ep, struct endpoint_request *request,
	struct bytes reply);

/*
 * Keep a request for hold_ms, at most ENDPOINT_HOLD_MS; it is finished here.
 * False, and the request is still the caller's, when it was held once or too
 * many are.
 */
bool endpoint_hold(struct endpoint *ep, struct endpoint_request *request,
	uint32_t hold_ms);

/* Let every held request be gathered again. */
void endpoint_wake(struct endpoint *ep);

#endif
