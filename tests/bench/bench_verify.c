/*
 * What a stranger's check of a capsule costs, in a tree of a million records:
 * from the start of `union verify` to its end, and its peak of memory; the
 * check alone; and how large the capsule is, as a file and as QR codes.
 *
 * It fails when the program takes 20 ms, 16 MB, or the capsule 8 KiB.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ballots/base/mem.h"
#include "ballots/machine/clock.h"
#include "ballots/machine/files.h"
#include "ballots/record/capsule_check.h"
#include "ballots/record/frames.h"
#include "tests/lib/capsules.h"

enum { RUNS = 51, CHECKS = 200, QR_LINE = 1000 };

#define CAPSULE   "bench-verify.capsule"
#define TRUST     "bench-verify.trust"
#define TIME      "2026-05-28T20:26:40Z"
#define BYTES_MAX 8192
#define MS_MAX    20.0
#define MB_MAX    16.0

static struct writer capsule, trust_text;

static void
keep(const char *path, const struct writer *content)
{
	FILE *f = fopen(path, "w");

	if (f == NULL ||
		fwrite(content->data, 1, content->len, f) != content->len)
		exit(1);
	fclose(f);
}

/* The program beside this one's directory: build/MODE/union. */
static void
run(const char *program)
{
	int null = open("/dev/null", O_WRONLY);

	dup2(null, STDOUT_FILENO);
	execl(program, program, "verify", "--home", "bench-nobody", "--trust",
		TRUST, "--at", TIME, CAPSULE, (char *)NULL);
	_exit(127);
}

static double
run_ms(const char *program)
{
	uint64_t start_ns = clock_steady_ns();
	pid_t child = fork();
	int status;

	if (child == 0)
		run(program);
	if (waitpid(child, &status, 0) != child || status != 0) {
		fprintf(stderr, "bench_verify: %s did not say VALID\n",
			program);
		exit(1);
	}
	return (double)(clock_steady_ns() - start_ns) / 1e6;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
ms_of(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

/*
 * Start to exit: false when it is too slow or too large.  The fastest run is
 * the one that other work on this machine disturbed least.
 */
static bool
bench_program(const char *program)
{
	double ms[RUNS], mb;
	struct rusage used;

	for (int i = 0; i < RUNS; i++)
		ms[i] = run_ms(program);
	qsort(ms, RUNS, sizeof(*ms), by_size);
	getrusage(RUSAGE_CHILDREN, &used);
	mb = (double)used.ru_maxrss / 1e3;
	printf("union verify, start to exit: %.1f ms (fastest of %d; median "
	       "%.1f), of which %.1f ms on a processor; peak of memory %.1f "
	       "MB\n",
		ms[0], RUNS, ms[RUNS / 2],
		(ms_of(used.ru_utime) + ms_of(used.ru_stime)) / RUNS, mb);
	return ms[0] < MS_MAX && mb < MB_MAX;
}

static void
bench_check(void)
{
	struct trust *trust = mem_new(sizeof(*trust));
	struct capsule_check *c = mem_new(sizeof(*c));
	struct capsule_check_with with = {
		.trust = trust, .now_s = CAPSULES_NOW};
	uint64_t start_ns;
	size_t line;

	if (trust_parse(writer_view(&trust_text), trust, &line) != VERDICT_OK)
		exit(1);
	start_ns = clock_steady_ns();
	for (int i = 0; i < CHECKS; i++) {
		capsule_check_run(writer_view(&capsule), &with, c);
		if (capsule_check_answer(c) != CHECKS_VALID)
			exit(1);
		capsule_check_clear(c);
	}
	printf("the check alone: %.2f ms\n",
		(double)(clock_steady_ns() - start_ns) / 1e6 / CHECKS);
	mem_free(c);
	mem_free(trust);
}

static size_t
count_lines(const struct writer *text)
{
	size_t n = 0;

	for (size_t i = 0; i < text->len; i++)
		n += text->data[i] == '\n';
	return n;
}

static bool
bench_size(void)
{
	struct writer lines = {0};

	frames_print(writer_view(&capsule), QR_LINE, &lines);
	printf("a capsule: %zu bytes without its text; %zu frames of at most "
	       "%d "
	       "characters\n",
		capsule.len, count_lines(&lines), QR_LINE);
	writer_clear(&lines);
	return capsule.len < BYTES_MAX;
}

int
main(int argc, char **argv)
{
	static const struct capsules_recipe good = {.names = 1};
	struct writer program = {0};
	struct bytes path = bytes_of_string(argc > 0 ? argv[0] : "");
	struct bytes mode = bytes_cut(&path, '/');
	bool ok;

	if (!crypt_init())
		return 1;
	capsules_make(&good, &capsule);
	capsules_trust(&trust_text);
	keep(CAPSULE, &capsule);
	keep(TRUST, &trust_text);
	writer_put(&program, mode);
	writer_put_string(&program, "/union");
	ok = bench_size();
	bench_check();
	ok = bench_program(writer_string(&program)) && ok;
	unlink(CAPSULE);
	unlink(TRUST);
	rmdir("bench-nobody");
	writer_clear(&program);
	writer_clear(&capsule);
	writer_clear(&trust_text);
	return ok ? 0 : 1;
}
