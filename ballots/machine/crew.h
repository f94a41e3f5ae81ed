#ifndef BALLOTS_MACHINE_CREW_H
#define BALLOTS_MACHINE_CREW_H

#include <stddef.h>

/*
 * A few threads that do many small, independent pieces of work and join.
 *
 * A job is a function and a number of items; each item is done exactly once,
 * by some thread, in no order.  The threads are made once, so a job costs a
 * few microseconds.  There is one job at a time; the caller takes part in it:
 *
 *     crew_run(crew, n, check, batch);       start, take part, wait
 *
 * Or in two steps, with other work in between:
 *
 *     crew_start(crew, n, check, next_page);
 *     apply(this_page);
 *     crew_wait(crew);                       take part in what is left
 *
 * One thread at a time uses a crew.
 */
struct crew;

/* Do item number index, from 0.  Called from several threads at once. */
typedef void crew_work(void *context, size_t index);

/*
 * A crew of n_threads, the caller counted; 0 means as many as there are
 * processors.  Where the machine refuses threads there are fewer.
 */
struct crew *crew_new(unsigned n_threads);

/* End the threads; NULL is allowed.  No job may be under way. */
void crew_free(struct crew *crew);

/* How many threads take part, the caller counted. */
unsigned crew_size(const struct crew *crew);

/* Do work(context, 0 .. n - 1); returns when all are done. */
void crew_run(struct crew *crew, size_t n, crew_work *work, void *context);

/* Begin a job and return; context is lent until crew_wait(). */
void crew_start(struct crew *crew, size_t n, crew_work *work, void *context);

/* Finish the job begun; without one, do nothing. */
void crew_wait(struct crew *crew);

#endif
