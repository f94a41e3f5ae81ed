/*
 * How many votes a daemon makes durable, with the load generator on the same
 * cores: many members, ballots signed beforehand, 64 acts a request and one;
 * how fast it starts, and how fast all is replayed.  Beside each figure stand
 * what all cores can check of Ed25519 signatures alone, and the time of one
 * flush of this disk.  Where others use the machine too, processor time says
 * more than the clock.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ballots/base/mem.h"
#include "ballots/machine/clock.h"
#include "ballots/record/stamp.h"
#include "tests/lib/crowd.h"

enum {
	MEMBERS = 1024,
	CLIENTS_MAX = 64,
	PROBES = 40,
	CEILING_S = 2,
	ACT_BYTES = 400,
	START_S = 1799971200,
};

static char dir[64] = "bench.XXXXXX", socket_path[128], program[256];
static pid_t daemon_pid;
static struct crowd *crowd;
static uint32_t next_number; /* of the members' ballots */

static double
seconds_since(uint64_t start_ns)
{
	return (double)(clock_steady_ns() - start_ns) / 1e9;
}

static void
need(bool well, const char *what)
{
	if (!well) {
		perror(what);
		exit(1);
	}
}

/* Milliseconds of one small write and its flush, on the average. */
static double
flush_ms(void)
{
	char path[128], page[4096] = {0};
	uint64_t start;
	int fd;

	snprintf(path, sizeof(path), "%s/probe", dir);
	fd = open(path, O_RDWR | O_CREAT, 0600);
	start = clock_steady_ns();
	for (int i = 0; i < PROBES; i++)
		need(pwrite(fd, page, sizeof(page), 0) > 0 &&
				fdatasync(fd) == 0,
			"probe");
	close(fd);
	return seconds_since(start) * 1000 / PROBES;
}

/* Microseconds of processor time that a process has used. */
static double
used_us(pid_t pid)
{
	clockid_t clock;
	struct timespec t;

	need(clock_getcpuclockid(pid, &clock) == 0 &&
			clock_gettime(clock, &t) == 0,
		"clock");
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/*
 * Signatures that all cores together check in a second, and microseconds of
 * processor time for one.
 */
static double
ceiling(double *each_us)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int ends[2];
	double sum = 0;

	need(pipe(ends) == 0, "pipe");
	for (long i = 0; i < cores; i++) {
		uint8_t seed[CRYPT_SEED] = {1}, key[CRYPT_KEY];
		uint8_t secret[CRYPT_SECRET], sig[CRYPT_SIG];
		uint8_t act[ACT_BYTES] = {0};
		uint64_t start;
		double n = 0, said[2];

		if (fork() != 0)
			continue;
		crypt_pair(seed, key, secret);
		stamp_sign(bytes_of(act, sizeof(act)), secret, sig);
		start = clock_steady_ns();
		while (seconds_since(start) < CEILING_S)
			for (int k = 0; k < 100; k++)
				n += stamp_verify(
					bytes_of(act, sizeof(act)), key, sig);
		said[0] = n / seconds_since(start);
		said[1] = used_us(getpid()) / n;
		need(write(ends[1], said, sizeof(said)) == sizeof(said),
			"pipe");
		_exit(0);
	}
	for (long i = 0; i < cores; i++) {
		double said[2];

		need(read(ends[0], said, sizeof(said)) == sizeof(said), "pipe");
		sum += said[0];
		*each_us = said[1];
		wait(NULL);
	}
	close(ends[0]);
	close(ends[1]);
	return sum;
}

/* The daemon ****************************************************************/

static pid_t
run(const char *command, const char *operand)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	execl(program, program, "--directory", dir, "--socket", socket_path,
		"--log", "warning", command, operand, (char *)NULL);
	_exit(127);
}

static void
found(void)
{
	char path[128];
	int status;

	snprintf(path, sizeof(path), "%s/founding", dir);
	crowd_write_founding(crowd, path);
	waitpid(run("init", path), &status, 0);
	need(status == 0, "uniond init");
}

static void
stop(void)
{
	int status;

	kill(daemon_pid, SIGTERM);
	waitpid(daemon_pid, &status, 0);
	need(status == 0, "uniond serve");
}

/* Load **********************************************************************/

struct client {
	struct writer *requests;
	uint32_t n;
};

/* Requests of one client, who speaks for every clients-th member. */
static struct client
prepare(uint32_t number, uint32_t clients, uint32_t acts, uint32_t n)
{
	struct client c = {mem_new_array(n, sizeof(*c.requests)), n};
	uint32_t share = MEMBERS / clients, act = 0;

	for (uint32_t i = 0; i < n; i++) {
		crowd_begin_submit(&c.requests[i]);
		for (uint32_t k = 0; k < acts; k++, act++) {
			if (k > 0)
				writer_put_string(&c.requests[i], ",");
			crowd_put_ballot(crowd,
				number + clients * (act % share),
				next_number + act / share, &c.requests[i],
				NULL);
		}
		crowd_end_submit(&c.requests[i]);
	}
	return c;
}

static void *
file_all(void *arg)
{
	const struct client *c = arg;
	struct crowd *own = crowd_new(CROWD_FOUNDERS, START_S, true);

	crowd_connect(own, socket_path);
	for (uint32_t i = 0; i < c->n; i++)
		crowd_recorded(crowd_ask(own, writer_view(&c->requests[i])));
	crowd_free(own);
	return NULL;
}

static void
measure(uint32_t clients, uint32_t acts, uint32_t n)
{
	struct client c[CLIENTS_MAX];
	double most, flush, rate, each_us = 0, served_us, load_us;
	uint64_t start;
	pthread_t threads[CLIENTS_MAX];

	for (uint32_t i = 0; i < clients; i++)
		c[i] = prepare(i, clients, acts, n);
	next_number += n * acts / (MEMBERS / clients) + 1;
	most = ceiling(&each_us);
	flush = flush_ms();
	served_us = used_us(daemon_pid);
	load_us = used_us(getpid());
	start = clock_steady_ns();
	for (uint32_t i = 0; i < clients; i++)
		need(pthread_create(&threads[i], NULL, file_all, &c[i]) == 0,
			"client");
	for (uint32_t i = 0; i < clients; i++)
		pthread_join(threads[i], NULL);
	rate = clients * n * acts / seconds_since(start);
	served_us = (used_us(daemon_pid) - served_us) / (clients * n * acts);
	load_us = (used_us(getpid()) - load_us) / (clients * n * acts);
	printf("durable votes, %2u clients, %2u acts a request: %6.0f a second,"
	       " %.2f of the ceiling of %.0f; flush %.2f ms, then %.2f ms\n"
	       "    processor time: daemon %.0f us a vote, load %.0f us, "
	       "a signature alone %.0f us: %.2f\n",
		clients, acts, rate, rate / most, most, flush, flush_ms(),
		served_us, load_us, each_us, each_us / (served_us + load_us));
	for (uint32_t i = 0; i < clients; i++) {
		for (uint32_t k = 0; k < n; k++)
			writer_clear(&c[i].requests[k]);
		mem_free(c[i].requests);
	}
}

static uint64_t
size_now(void)
{
	struct bytes reply = crowd_ask(crowd, BYTES("{\"ask\":\"state\"}"));
	const char *size = strstr((const char *)reply.data, "\"size\":");

	need(size != NULL, "state");
	return strtoull(size + 7, NULL, 10);
}

static void
measure_start(void)
{
	uint64_t size = size_now(), start;
	double took;

	stop();
	unlink(socket_path);
	start = clock_steady_ns();
	daemon_pid = run("serve", NULL);
	while (access(socket_path, F_OK) != 0)
		clock_sleep_ms(1);
	took = seconds_since(start);
	crowd_connect(crowd, socket_path);
	printf("start: %llu records in %.2f s, %.0f a second; "
	       "processor time %.1f us a record\n",
		(unsigned long long)size, took, (double)size / took,
		used_us(daemon_pid) / (double)size);
}

/* The same of all processes that have ended. */
static double
children_us(void)
{
	struct rusage used;

	getrusage(RUSAGE_CHILDREN, &used);
	return ((double)used.ru_utime.tv_sec + (double)used.ru_stime.tv_sec) *
		       1e6 +
	       (double)used.ru_utime.tv_usec + (double)used.ru_stime.tv_usec;
}

/* Every record judged again, with its signature, beside the daemon. */
static void
measure_replay(void)
{
	uint64_t size = size_now(), start;
	double each_us, most = ceiling(&each_us), took, us;
	int status;

	us = children_us();
	start = clock_steady_ns();
	waitpid(run("check", NULL), &status, 0);
	need(status == 0, "uniond check");
	took = seconds_since(start);
	us = (children_us() - us) / (double)size;
	printf("replay with signatures: %.0f records a second, %.2f of the "
	       "ceiling of %.0f\n"
	       "    processor time %.0f us a record, a signature alone %.0f "
	       "us: %.2f\n",
		(double)size / took, (double)size / took / most, most, us,
		each_us, each_us / us);
}

int
main(int argc, char **argv)
{
	(void)argc;
	if (!crypt_init() || mkdtemp(dir) == NULL)
		return 1;
	setvbuf(stdout, NULL, _IOLBF, 0);
	snprintf(socket_path, sizeof(socket_path), "%s/socket", dir);
	snprintf(program, sizeof(program), "%.*s/../../uniond",
		(int)(strrchr(argv[0], '/') - argv[0]), argv[0]);
	crowd = crowd_new(MEMBERS, START_S, true);
	found();
	daemon_pid = run("serve", NULL);
	crowd_connect(crowd, socket_path);
	crowd_join(crowd);
	crowd_open(crowd);
	measure(16, 64, 128);
	measure(64, 1, 64);
	measure_start();
	measure_replay();
	stop();
	return execlp("rm", "rm", "-rf", dir, (char *)NULL);
}
