#include <stdio.h>
#include <string.h>

#include "ballots/base/crypt.h"
#include "tests/lib/story.h"

/*
 * Run the scenarios in Markdown files: blocks fenced by ```scenario.  Says
 * each as one test in TAP, by file, line and the heading above it.  A block
 * ends at its first line that does not go as told.
 *
 *     run [--keep DIR] FILE...
 *
 * --keep writes the records of each scenario that went well and the state they
 * lead to, as DIR/<number>.records and DIR/<number>.state, for others to judge.
 */
#define LINE 1024

struct place {
	const char *file;
	unsigned line;
	char heading[LINE];
};

struct tally {
	const char *keep; /* a directory, or NULL */
	unsigned told, failed;
};

static void
strip(char *line)
{
	line[strcspn(line, "\r\n")] = '\0';
}

static void
write_file(const struct tally *t, const char *end, struct bytes b)
{
	char name[LINE];
	FILE *f;

	snprintf(name, sizeof(name), "%s/%u.%s", t->keep, t->told, end);
	f = fopen(name, "w");
	if (f == NULL || fwrite(b.data, 1, b.len, f) != b.len || fclose(f) != 0)
		perror(name);
}

static void
keep(const struct tally *t, const struct story *s)
{
	struct writer records = {0}, state = {0};

	story_records(s, &records, &state);
	write_file(t, "records", writer_view(&records));
	write_file(t, "state", writer_view(&state));
	writer_clear(&records);
	writer_clear(&state);
}

/* Play the block that begins at p, up to its fence; true when all went well. */
static bool
play(FILE *f, struct place *p, const struct tally *t)
{
	struct story *s = story_new();
	struct writer complaint = {0};
	char line[LINE], told[LINE];
	bool ok = true;

	while (fgets(line, sizeof(line), f) != NULL) {
		p->line++;
		strip(line);
		if (strcmp(line, "```") == 0)
			break;
		if (!ok)
			continue;
		strcpy(told, line);
		ok = story_line(s, line, &complaint);
		if (!ok)
			fprintf(stderr, "%s:%u: %s\n    %s\n", p->file, p->line,
				told, writer_string(&complaint));
	}
	if (ok && !story_end(s, &complaint)) {
		fprintf(stderr, "%s:%u: %s\n", p->file, p->line,
			writer_string(&complaint));
		ok = false;
	}
	if (ok && t->keep != NULL)
		keep(t, s);
	writer_clear(&complaint);
	story_free(s);
	return ok;
}

static bool
run(const char *file, struct tally *t)
{
	struct place p = {.file = file};
	FILE *f = fopen(file, "r");
	char line[LINE];

	if (f == NULL) {
		perror(file);
		return false;
	}
	while (fgets(line, sizeof(line), f) != NULL) {
		unsigned start = ++p.line;
		bool ok;

		strip(line);
		if (line[0] == '#')
			strcpy(p.heading, line + strspn(line, "# "));
		if (strcmp(line, "```scenario") != 0)
			continue;
		t->told++;
		ok = play(f, &p, t);
		t->failed += !ok;
		printf("%s %u - %s:%u %s\n", ok ? "ok" : "not ok", t->told,
			file, start, p.heading);
		fflush(stdout); /* the next one may end the process */
	}
	fclose(f);
	return true;
}

int
main(int argc, char **argv)
{
	struct tally t = {0};
	bool ok = crypt_init();

	int first = 1;

	if (argc > 2 && strcmp(argv[1], "--keep") == 0) {
		t.keep = argv[2];
		first = 3;
	}
	for (int i = first; ok && i < argc; i++)
		ok = run(argv[i], &t);
	printf("1..%u\n", t.told);
	return ok && t.failed == 0 ? 0 : 1;
}
