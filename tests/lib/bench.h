#ifndef TESTS_LIB_BENCH_H
#define TESTS_LIB_BENCH_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "ballots/machine/clock.h"

/*
 * What benches measure with.  What should not happen ends the process.
 */
#define BENCH_PROBES 40

static inline void
bench_need(bool well, const char *what)
{
	if (!well) {
		perror(what);
		exit(1);
	}
}

static inline double
bench_seconds_since(uint64_t start_ns)
{
	return (double)(clock_steady_ns() - start_ns) / 1e9;
}

/* Milliseconds of one small write and its flush in dir, on the average. */
static inline double
bench_flush_ms(const char *dir)
{
	char path[128], page[4096] = {0};
	uint64_t start;
	int fd;

	snprintf(path, sizeof(path), "%s/probe", dir);
	fd = open(path, O_RDWR | O_CREAT, 0600);
	start = clock_steady_ns();
	for (int i = 0; i < BENCH_PROBES; i++)
		bench_need(pwrite(fd, page, sizeof(page), 0) > 0 &&
				   fdatasync(fd) == 0,
			"probe");
	close(fd);
	return bench_seconds_since(start) * 1000 / BENCH_PROBES;
}

/* Microseconds of processor time that a process has used. */
static inline double
bench_used_us(pid_t pid)
{
	clockid_t clock;
	struct timespec t;

	bench_need(clock_getcpuclockid(pid, &clock) == 0 &&
			   clock_gettime(clock, &t) == 0,
		"clock");
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static inline int
bench_ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static inline void
bench_sort(double *values, size_t n)
{
	qsort(values, n, sizeof(*values), bench_ascending);
}

#endif
