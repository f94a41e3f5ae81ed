#include <stdio.h>
#include <string.h>

#include "ballots/base/crypt.h"
#include "tests/lib/story.h"

/*
 * Run the scenarios in Markdown files: blocks fenced by ```scenario.  Says
 * each as one test in TAP, by file, line and the heading above it.  A block
 * ends at its first line that does not go as told.
 */
#define LINE 1024

struct place {
	const char *file;
	unsigned line;
	char heading[LINE];
};

struct tally {
	unsigned told, failed;
};

static void
strip(char *line)
{
	line[strcspn(line, "\r\n")] = '\0';
}

/* Play the block that begins at p, up to its fence; true when all went well. */
static bool
play(FILE *f, struct place *p)
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
		ok = play(f, &p);
		t->told++;
		t->failed += !ok;
		printf("%s %u - %s:%u %s\n", ok ? "ok" : "not ok", t->told,
			file, start, p.heading);
	}
	fclose(f);
	return true;
}

int
main(int argc, char **argv)
{
	struct tally t = {0};
	bool ok = crypt_init();

	for (int i = 1; ok && i < argc; i++)
		ok = run(argv[i], &t);
	printf("1..%u\n", t.told);
	return ok && t.failed == 0 ? 0 : 1;
}
