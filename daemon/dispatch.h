#ifndef DAEMON_DISPATCH_H
#define DAEMON_DISPATCH_H

#include "ballots/record/wire.h"
#include "daemon/clerk.h"
#include "daemon/endpoint.h"

/*
 * From requests to replies: one table of what can be asked, and for each
 * request a job that goes through
 *
 *     dispatch_read()     takes the request apart; on any thread
 *     dispatch_ask()      answers what changes nothing, before acts are judged
 *     dispatch_decide()   judges what changes something
 *     dispatch_answer()   replies to that, after the commit
 *
 * Every job is finished by dispatch_ask() or dispatch_answer().
 */
struct dispatch_job {
	struct endpoint_request request;
	struct wire *message; /* NULL: not even that */
	const struct dispatch_row *row;
	enum verdict verdict;   /* of the request as a whole, so far */
	struct clerk_act *acts; /* of a submit */
	size_t n_acts;
};

/* Take the request apart; the rest of the job is overwritten. */
void dispatch_read(struct dispatch_job *job);

/*
 * True when the job is finished: answered, or held until there is more to
 * say.  False for one that wants to change something.
 */
bool dispatch_ask(
	struct clerk *c, struct endpoint *ep, struct dispatch_job *job);

/* Judge; -1 as in clerk.h. */
int dispatch_decide(struct clerk *c, struct dispatch_job *job);

void dispatch_answer(
	struct clerk *c, struct endpoint *ep, struct dispatch_job *job);

/* Free what the job holds; its request is finished. */
void dispatch_drop(struct dispatch_job *job);

#endif
