#include "daemon/loop.h"

#include "ballots/base/mem.h"
#include "ballots/machine/clock.h"
#include "daemon/dispatch.h"
#include "daemon/signals.h"

enum {
	GATHER = 32,      /* requests read at a time */
	TURN_JOBS = 256,  /* requests of a turn */
	TURN_ACTS = 4096, /* no more requests are gathered after so many */
};

struct turn {
	size_t n;
	struct dispatch_job jobs[TURN_JOBS];
};

struct loop {
	struct clerk *clerk;
	struct endpoint *endpoint;
	struct scrub *scrub;
	struct crew *crew;
	struct turn *now;    /* gathered */
	struct turn *before; /* decided, and waiting for the commit */

	struct clerk_act **acts; /* of the turn */
	size_t n_acts, cap_acts;
};

/* Gathering *****************************************************************/

/* Called from several threads. */
static void
read_job(void *ctx, size_t i)
{
	struct dispatch_job *jobs = ctx;

	dispatch_read(&jobs[i]);
}

static void
list_acts(struct loop *l, struct dispatch_job *job)
{
	l->acts = mem_grow(l->acts, &l->cap_acts, l->n_acts + job->n_acts,
		sizeof(struct clerk_act *));
	for (size_t i = 0; i < job->n_acts; i++)
		l->acts[l->n_acts++] = &job->acts[i];
}

static void
gather(struct loop *l)
{
	struct endpoint_request requests[GATHER];
	struct turn *t = l->now;
	size_t n;

	t->n = 0;
	l->n_acts = 0;
	while (t->n + GATHER <= TURN_JOBS && l->n_acts < TURN_ACTS &&
		(n = endpoint_gather(l->endpoint, requests, GATHER)) > 0) {
		struct dispatch_job *jobs = &t->jobs[t->n];

		for (size_t i = 0; i < n; i++)
			jobs[i].request = requests[i];
		crew_run(l->crew, n, read_job, jobs);
		for (size_t i = 0; i < n; i++)
			list_acts(l, &jobs[i]);
		t->n += n;
	}
}

/* Called from several threads. */
static void
check_act(void *ctx, size_t i)
{
	const struct loop *l = ctx;

	clerk_check(l->clerk, l->acts[i]);
}

/* One turn ******************************************************************/

/* Make the turn before durable, and answer it. */
static int
commit(struct loop *l)
{
	bool more = clerk_is_staged(l->clerk);

	if (clerk_commit(l->clerk) != 0)
		return -1;
	for (size_t i = 0; i < l->before->n; i++)
		dispatch_answer(l->clerk, l->endpoint, &l->before->jobs[i]);
	l->before->n = 0;
	if (more)
		endpoint_wake(l->endpoint);
	return 0;
}

/* Answer what only asks; what is left wants to change something. */
static void
answer_questions(struct loop *l)
{
	struct turn *t = l->now;
	size_t left = 0;

	for (size_t i = 0; i < t->n; i++)
		if (!dispatch_ask(l->clerk, l->endpoint, &t->jobs[i]))
			t->jobs[left++] = t->jobs[i];
	t->n = left;
}

static int
decide(struct loop *l)
{
	struct turn *decided = l->now;

	if (clerk_begin(l->clerk) != 0)
		return -1;
	for (size_t i = 0; i < decided->n; i++)
		if (dispatch_decide(l->clerk, &decided->jobs[i]) != 0)
			return -1;
	l->now = l->before;
	l->before = decided;
	return 0;
}

static int
turn(struct loop *l)
{
	int rc;

	gather(l);
	if (clerk_look(l->clerk) != 0)
		return -1;
	crew_start(l->crew, l->n_acts, check_act, l);
	rc = commit(l);
	crew_wait(l->crew);
	if (rc != 0)
		return -1;
	answer_questions(l);
	return decide(l);
}

static bool
is_idle(const struct loop *l)
{
	return l->before->n == 0 && !clerk_is_staged(l->clerk);
}

/* Nothing is to be done: look after what is stored, and wait. */
static int
rest(struct loop *l, int stop)
{
	struct tree_head head = assembly_head(clerk_assembly(l->clerk));
	uint32_t wait_ms = clerk_wait_ms(l->clerk), scrub_ms;

	if (scrub_step(l->scrub, &head, clock_steady_ns()) != 0)
		return -1;
	scrub_ms = scrub_wait_ms(l->scrub, clock_steady_ns());
	endpoint_wait(
		l->endpoint, stop, scrub_ms < wait_ms ? scrub_ms : wait_ms);
	return 0;
}

int
loop_run(struct clerk *c, struct endpoint *ep, struct scrub *scrub,
	struct crew *crew, int stop)
{
	struct loop l = {
		.clerk = c,
		.endpoint = ep,
		.scrub = scrub,
		.crew = crew,
		.now = mem_new(sizeof(struct turn)),
		.before = mem_new(sizeof(struct turn)),
	};
	int rc = 0;

	while (rc == 0 && !(signals_stop() && is_idle(&l))) {
		if (is_idle(&l))
			rc = rest(&l, stop);
		if (rc == 0)
			rc = signals_stop() ? commit(&l) : turn(&l);
	}
	mem_free(l.now);
	mem_free(l.before);
	mem_free(l.acts);
	return rc;
}
