#include "ballots/machine/crew.h"

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <unistd.h>

#include "ballots/base/mem.h"
#include "ballots/machine/trouble.h"

enum {
	THREADS_MAX = 256,
	/* Pieces a thread takes of a job, so that a slow one delays little. */
	PIECES_EACH = 8,
};

/* All fields but the first three are guarded by lock. */
struct crew {
	pthread_t *threads;
	unsigned n_threads; /* without the caller */
	pthread_mutex_t lock;
	pthread_cond_t more; /* a job began, or the end came */
	pthread_cond_t done; /* the last item of the job is done */
	bool over;

	crew_work *work;
	void *context;
	size_t piece; /* items taken at a time */
	size_t n;     /* items of the job */
	size_t taken; /* items begun */
	size_t left;  /* items not done yet */
};

/* Take and do pieces until none is left to take.  Called with the lock. */
static void
take_part(struct crew *crew)
{
	while (crew->taken < crew->n) {
		size_t from = crew->taken;
		size_t rest = crew->n - from;
		size_t until = from + (rest < crew->piece ? rest : crew->piece);

		crew->taken = until;
		pthread_mutex_unlock(&crew->lock);
		for (size_t i = from; i < until; i++)
			crew->work(crew->context, i);
		pthread_mutex_lock(&crew->lock);
		crew->left -= until - from;
	}
	if (crew->left == 0)
		pthread_cond_signal(&crew->done);
}

static void *
serve(void *arg)
{
	struct crew *crew = arg;

	pthread_mutex_lock(&crew->lock);
	while (!crew->over) {
		if (crew->taken < crew->n)
			take_part(crew);
		else
			pthread_cond_wait(&crew->more, &crew->lock);
	}
	pthread_mutex_unlock(&crew->lock);
	return NULL;
}

static unsigned
processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (unsigned)n;
}

/* Signals go to the thread that waits for them, never to the crew. */
static void
start_threads(struct crew *crew, unsigned n)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	while (crew->n_threads < n) {
		if (pthread_create(&crew->threads[crew->n_threads], NULL, serve,
			    crew) != 0) {
			trouble_say("only %u of %u threads could be started",
				crew->n_threads, n);
			break;
		}
		crew->n_threads++;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct crew *
crew_new(unsigned n_threads)
{
	struct crew *crew = mem_new(sizeof(*crew));

	if (n_threads == 0)
		n_threads = processors();
	if (n_threads > THREADS_MAX)
		n_threads = THREADS_MAX;
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->more, NULL);
	pthread_cond_init(&crew->done, NULL);
	crew->threads = mem_new_array(n_threads, sizeof(*crew->threads));
	start_threads(crew, n_threads - 1);
	return crew;
}

void
crew_free(struct crew *crew)
{
	if (crew == NULL)
		return;
	assert(crew->left == 0);

	pthread_mutex_lock(&crew->lock);
	crew->over = true;
	pthread_cond_broadcast(&crew->more);
	pthread_mutex_unlock(&crew->lock);
	for (unsigned i = 0; i < crew->n_threads; i++)
		pthread_join(crew->threads[i], NULL);
	pthread_cond_destroy(&crew->done);
	pthread_cond_destroy(&crew->more);
	pthread_mutex_destroy(&crew->lock);
	mem_free(crew->threads);
	mem_free(crew);
}

unsigned
crew_size(const struct crew *crew)
{
	return crew->n_threads + 1;
}

void
crew_start(struct crew *crew, size_t n, crew_work *work, void *context)
{
	assert(crew->left == 0);

	pthread_mutex_lock(&crew->lock);
	crew->work = work;
	crew->context = context;
	crew->piece = n / (crew_size(crew) * PIECES_EACH) + 1;
	crew->n = n;
	crew->taken = 0;
	crew->left = n;
	pthread_cond_broadcast(&crew->more);
	pthread_mutex_unlock(&crew->lock);
}

void
crew_wait(struct crew *crew)
{
	pthread_mutex_lock(&crew->lock);
	take_part(crew);
	while (crew->left > 0)
		pthread_cond_wait(&crew->done, &crew->lock);
	pthread_mutex_unlock(&crew->lock);
}

void
crew_run(struct crew *crew, size_t n, crew_work *work, void *context)
{
	/* Waking others would cost more than one item alone. */
	if (n == 1 || crew->n_threads == 0) {
		for (size_t i = 0; i < n; i++)
			work(context, i);
		return;
	}
	crew_start(crew, n, work, context);
	crew_wait(crew);
}
