/*
 * How fast ballots are loaded and counted: random strict rankings of 20
 * options as CSV and as soi, and the largest real elections where ../shared is
 * there.  Each file is counted in a process of its own, so that the peak of
 * memory is that file's.  Where belenios-tool is installed, it counts the
 * smaller set beside ours.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ballots/count/methods.h"
#include "ballots/file/formats.h"
#include "ballots/machine/files.h"
#include "tests/lib/bench.h"
#include "tests/lib/rng.h"

enum { OPTIONS = 20, SMALL = 200000, LARGE = 1000000 };

#define SHARED "../../shared/elections/" /* from build/ */

static FILE *
create(const char *path)
{
	FILE *f = fopen(path, "w");

	if (f == NULL)
		exit(1);
	return f;
}

static void
write_ballot(FILE *f, struct rng *r, const char *before, const char *after)
{
	int order[OPTIONS];

	for (int i = 0; i < OPTIONS; i++) {
		int j = (int)rng_below(r, (uint64_t)i + 1);

		order[i] = order[j];
		order[j] = i + 1;
	}
	fputs(before, f);
	for (int i = 0; i < OPTIONS; i++)
		fprintf(f, i == 0 ? "%d" : ",%d", order[i]);
	fputs(after, f);
}

static void
write_csv(const char *path, int ballots)
{
	struct rng r = rng_start();
	FILE *f = create(path);

	for (int i = 1; i <= OPTIONS; i++)
		fprintf(f, i == 1 ? "C%d" : ",C%d", i);
	fputc('\n', f);
	for (int i = 0; i < ballots; i++)
		write_ballot(f, &r, "", "\n");
	fclose(f);
}

static void
write_soi(const char *path, int ballots)
{
	struct rng r = rng_start();
	FILE *f = create(path);

	fprintf(f, "# DATA TYPE: soi\n# NUMBER ALTERNATIVES: %d\n", OPTIONS);
	for (int i = 1; i <= OPTIONS; i++)
		fprintf(f, "# ALTERNATIVE NAME %d: C%d\n", i, i);
	for (int i = 0; i < ballots; i++)
		write_ballot(f, &r, "1: ", "\n");
	fclose(f);
}

static void
write_json(const char *path, int ballots)
{
	struct rng r = rng_start();
	FILE *f = create(path);

	fputc('[', f);
	for (int i = 0; i < ballots; i++)
		write_ballot(f, &r, "[", i + 1 < ballots ? "],\n" : "]]\n");
	fclose(f);
}

static void
load(const char *path, const struct method *m, struct election *e)
{
	struct election_wanted wanted = {.marks = m->marks};
	struct writer file = {0};
	struct file_fault fault;
	uint64_t start = clock_steady_ns();
	double s, mb;

	if (files_read(AT_FDCWD, path, SIZE_MAX, &file) != 0 ||
		!formats_read(formats_guess(writer_view(&file)),
			writer_view(&file), wanted, e, &fault))
		exit(1);
	s = bench_seconds_since(start);
	mb = (double)file.len / 1e6;
	printf("%s: %llu ballots, %.1f MB, loaded in %.3f s: %.0f MB/s\n", path,
		(unsigned long long)e->profile.total, mb, s, mb / s);
	writer_clear(&file);
}

static void
count(const struct method *m, uint32_t seats, const struct election *e)
{
	struct method_rules rules = METHOD_RULES;
	uint64_t start = clock_steady_ns();
	struct result r = {0};

	rules.seats = seats;
	rules.costs = e->costs;
	rules.budget = e->budget;
	rules.completion = METHOD_COMPLETION_ADD1;
	if (methods_count(m, &rules, &e->profile, &r) != VERDICT_OK)
		exit(1);
	printf("  %-18s %2u seats: %.3f s\n", m->name, seats,
		bench_seconds_since(start));
	result_clear(&r);
}

/* Load path and count it by the methods named, in a process of its own. */
static void
measure(const char *path, const char *const *names, uint32_t seats)
{
	struct rusage used;
	struct election e;

	fflush(stdout);
	if (fork() != 0) {
		wait(NULL);
		return;
	}
	load(path, methods_find(bytes_of_string(names[0])), &e);
	for (; *names != NULL; names++) {
		const struct method *m = methods_find(bytes_of_string(*names));

		count(m, m->many_seats ? seats : 1, &e);
	}
	getrusage(RUSAGE_SELF, &used);
	printf("  peak of memory %.1f MB\n", (double)used.ru_maxrss / 1e3);
	exit(0);
}

static void
measure_tool(const char *path, const char *arguments)
{
	uint64_t start = clock_steady_ns();
	char command[256];

	snprintf(command, sizeof(command),
		"belenios-tool method %s < %s >/dev/null 2>&1", arguments,
		path);
	if (system(command) == 0)
		printf("  belenios-tool %s, loaded and counted: %.3f s\n",
			arguments, bench_seconds_since(start));
}

int
main(void)
{
	static const char *const ranked[] = {
		"irv", "stv-wigm", "stv-meek", "schulze", NULL};
	static const char *const irv[] = {"irv", NULL};
	static const char *const shares[] = {"equal-shares", NULL};
	static const char oakland[] =
		SHARED "oakland-2010-mayor-irv/00019-00000002.toi";
	static const char wieliczka[] =
		SHARED "wieliczka-2023-equal-shares/"
		       "Poland_Wieliczka_2023_Green_Budget.pb";

	write_csv("bench.csv", LARGE);
	measure("bench.csv", ranked, 5);
	write_soi("bench.csv", LARGE);
	measure("bench.csv", ranked, 10);
	write_csv("bench.csv", SMALL);
	write_json("bench.json", SMALL);
	measure("bench.csv", ranked, 5);
	measure_tool(
		"bench.json", "schulze --blank-allowed=false --nchoices=20");
	measure_tool("bench.json", "stv --nseats=5");
	remove("bench.csv");
	remove("bench.json");
	if (files_exist(AT_FDCWD, oakland))
		measure(oakland, irv, 1);
	if (files_exist(AT_FDCWD, wieliczka))
		measure(wieliczka, shares, 1);
	return 0;
}
