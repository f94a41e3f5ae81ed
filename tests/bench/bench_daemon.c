/*
 * How many votes a daemon makes durable, with the load generator on the same
 * cores: many members, ballots signed beforehand, 64 acts a request and one;
 * how long they wait for an answer at half that load, how fast it starts, and
 * how fast all is replayed.  Beside each figure stand what all cores can check
 * of Ed25519 signatures alone, before and after, and the time of one flush of
 * this disk.  Where others use the machine too, processor time says more than
 * the clock.
 */
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
#include "ballots/record/stamp.h"
#include "tests/lib/bench.h"
#include "tests/lib/crowd.h"

enum {
	MEMBERS = 1024,
	CLIENTS_MAX = 64,
	CEILING_S = 1,
	ACT_BYTES = 400,
	HALF_LOAD_S = 5,
	START_S = 1799971200,
};

static char dir[64] = "bench.XXXXXX", socket_path[128], program[256];
static pid_t daemon_pid;
static struct crowd *crowd;
static uint32_t next_number; /* of the members' ballots */

/* What checking signatures alone comes to on this machine, just now. */
struct ceiling {
	double rate;    /* a second, on all cores together */
	double each_us; /* processor time of one */
};

static struct ceiling
ceiling(void)
{
	struct ceiling c = {0};
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int ends[2];

	bench_need(pipe(ends) == 0, "pipe");
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
		while (bench_seconds_since(start) < CEILING_S)
			for (int k = 0; k < 100; k++)
				n += stamp_verify(
					bytes_of(act, sizeof(act)), key, sig);
		said[0] = n / bench_seconds_since(start);
		said[1] = bench_used_us(getpid()) / n;
		bench_need(write(ends[1], said, sizeof(said)) == sizeof(said),
			"pipe");
		_exit(0);
	}
	for (long i = 0; i < cores; i++) {
		double said[2];

		bench_need(read(ends[0], said, sizeof(said)) == sizeof(said),
			"pipe");
		c.rate += said[0];
		c.each_us += said[1] / (double)cores;
		wait(NULL);
	}
	close(ends[0]);
	close(ends[1]);
	return c;
}

/* The mean of the one before and that of now. */
static struct ceiling
ceiling_since(struct ceiling before)
{
	struct ceiling now = ceiling();

	return (struct ceiling){(before.rate + now.rate) / 2,
		(before.each_us + now.each_us) / 2};
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
	bench_need(status == 0, "uniond init");
}

static void
stop(void)
{
	int status;

	kill(daemon_pid, SIGTERM);
	waitpid(daemon_pid, &status, 0);
	bench_need(status == 0, "uniond serve");
}

/* Load **********************************************************************/

struct client {
	struct writer *requests;
	uint32_t n;

	/* Where requests have their times: when the first one is due. */
	uint64_t start_ns, every_ns;
	double *waited_ms; /* for each answer, from when its request was due */
};

/* Requests of one client, who speaks for every clients-th member. */
static struct client
prepare(uint32_t number, uint32_t clients, uint32_t acts, uint32_t n)
{
	struct client c = {
		.requests = mem_new_array(n, sizeof(*c.requests)), .n = n};
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

static void
wait_until(uint64_t due_ns)
{
	uint64_t now_ns = clock_steady_ns();
	struct timespec left = {0};

	if (now_ns >= due_ns)
		return;
	left.tv_sec = (time_t)((due_ns - now_ns) / 1000000000);
	left.tv_nsec = (long)((due_ns - now_ns) % 1000000000);
	nanosleep(&left, NULL);
}

static void *
file_all(void *arg)
{
	const struct client *c = arg;
	struct crowd *own = crowd_new(CROWD_FOUNDERS, START_S, true);

	crowd_connect(own, socket_path);
	for (uint32_t i = 0; i < c->n; i++) {
		uint64_t due_ns = c->start_ns + i * c->every_ns;

		if (c->every_ns > 0)
			wait_until(due_ns);
		crowd_recorded(crowd_ask(own, writer_view(&c->requests[i])));
		if (c->every_ns > 0)
			c->waited_ms[i] = bench_seconds_since(due_ns) * 1000;
	}
	crowd_free(own);
	return NULL;
}

static void
run_all(struct client *c, uint32_t clients)
{
	pthread_t threads[CLIENTS_MAX];

	for (uint32_t i = 0; i < clients; i++)
		bench_need(
			pthread_create(&threads[i], NULL, file_all, &c[i]) == 0,
			"client");
	for (uint32_t i = 0; i < clients; i++)
		pthread_join(threads[i], NULL);
}

static void
drop(struct client *c, uint32_t clients)
{
	for (uint32_t i = 0; i < clients; i++) {
		for (uint32_t k = 0; k < c[i].n; k++)
			writer_clear(&c[i].requests[k]);
		mem_free(c[i].requests);
	}
}

/* Returns votes a second. */
static double
measure(uint32_t clients, uint32_t acts, uint32_t n)
{
	struct client c[CLIENTS_MAX];
	double flush, rate, served_us, load_us;
	struct ceiling most;
	uint64_t start;

	for (uint32_t i = 0; i < clients; i++)
		c[i] = prepare(i, clients, acts, n);
	next_number += n * acts / (MEMBERS / clients) + 1;
	most = ceiling();
	flush = bench_flush_ms(dir);
	served_us = bench_used_us(daemon_pid);
	load_us = bench_used_us(getpid());
	start = clock_steady_ns();
	run_all(c, clients);
	rate = clients * n * acts / bench_seconds_since(start);
	served_us =
		(bench_used_us(daemon_pid) - served_us) / (clients * n * acts);
	load_us = (bench_used_us(getpid()) - load_us) / (clients * n * acts);
	most = ceiling_since(most);
	printf("durable votes, %2u clients, %2u acts a request: %6.0f a second,"
	       " %.2f of the ceiling of %.0f; flush %.2f ms, then %.2f ms\n"
	       "    processor time: daemon %.0f us a vote, load %.0f us, "
	       "a signature alone %.0f us: %.2f\n",
		clients, acts, rate, rate / most.rate, most.rate, flush,
		bench_flush_ms(dir), served_us, load_us, most.each_us,
		most.each_us / (served_us + load_us));
	drop(c, clients);
	return rate;
}

/* How long votes wait that come at a rate, one a request. */
static void
measure_answers(uint32_t clients, double rate)
{
	uint32_t n = (uint32_t)(rate * HALF_LOAD_S / clients) + 1;
	double *waited_ms = mem_new_array(clients * n, sizeof(*waited_ms));
	uint64_t every_ns = (uint64_t)(clients / rate * 1e9);
	struct client c[CLIENTS_MAX];
	double flush = bench_flush_ms(dir), p99;
	uint64_t start_ns;

	for (uint32_t i = 0; i < clients; i++)
		c[i] = prepare(i, clients, 1, n);
	next_number += n / (MEMBERS / clients) + 1;
	start_ns = clock_steady_ns() + 100000000;
	for (uint32_t i = 0; i < clients; i++) {
		c[i].start_ns = start_ns + i * every_ns / clients;
		c[i].every_ns = every_ns;
		c[i].waited_ms = &waited_ms[i * n];
	}
	run_all(c, clients);
	flush = (flush + bench_flush_ms(dir)) / 2;
	bench_sort(waited_ms, clients * n);
	p99 = waited_ms[(size_t)clients * n * 99 / 100];
	printf("answers at half load, %.0f votes a second: half of them within "
	       "%.2f ms, 99 of 100 within %.2f ms, all within %.2f ms; "
	       "10 flushes and 20 ms are %.2f ms\n",
		rate, waited_ms[(size_t)clients * n / 2], p99,
		waited_ms[(size_t)clients * n - 1], 10 * flush + 20);
	drop(c, clients);
	mem_free(waited_ms);
}

static uint64_t
size_now(void)
{
	struct bytes reply = crowd_ask(crowd, BYTES("{\"ask\":\"state\"}"));
	const char *size = strstr((const char *)reply.data, "\"size\":");

	bench_need(size != NULL, "state");
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
	took = bench_seconds_since(start);
	crowd_connect(crowd, socket_path);
	printf("start: %llu records in %.2f s, %.0f a second; "
	       "processor time %.1f us a record\n",
		(unsigned long long)size, took, (double)size / took,
		bench_used_us(daemon_pid) / (double)size);
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
	struct ceiling most = ceiling();
	double took, us;
	int status;

	us = children_us();
	start = clock_steady_ns();
	waitpid(run("check", NULL), &status, 0);
	bench_need(status == 0, "uniond check");
	took = bench_seconds_since(start);
	us = (children_us() - us) / (double)size;
	most = ceiling_since(most);
	printf("replay with signatures: %.0f records a second, %.2f of the "
	       "ceiling of %.0f\n"
	       "    processor time %.0f us a record, a signature alone %.0f "
	       "us: %.2f\n",
		(double)size / took, (double)size / took / most.rate, most.rate,
		us, most.each_us, most.each_us / us);
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
	measure_answers(64, measure(64, 1, 64) / 2);
	measure_start();
	measure_replay();
	stop();
	return execlp("rm", "rm", "-rf", dir, (char *)NULL);
}
