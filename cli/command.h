#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "ballots/base/writer.h"
#include "cli/options.h"
#include "cli/output.h"

/*
 * Commands are rows of one table (commands.c), ended by a row without a name.
 * Usage, help, bash completion and the manual page's list are printed from it.
 */
#define COMMAND_OPTIONS 7 /* tables of options a row may name */

struct call;

struct command {
	const char *heading; /* of a group that begins with this row, or NULL */
	const char *name;    /* one or two words: "vote", "key new" */
	const char *operands; /* a form (options.h), "" for none */
	const char *summary;  /* half a sentence, no full stop */
	const struct option *options[COMMAND_OPTIONS]; /* NULL where fewer */

	/* Returns 0, or -1 once it has complained. */
	int (*run)(const struct call *call);
};

/* One command on its way. */
struct call {
	const struct command *table;
	const struct command *command;
	struct options options; /* tables: command_tables() */
	struct output *out;
};

/* Options that every command has: --json, --home, --union, --help. */
extern const struct option command_common[];

/* What a row's words may be: its own tables, then the common one, then NULL. */
#define COMMAND_TABLES (COMMAND_OPTIONS + 2)
void command_tables(
	const struct command *c, const struct option *out[COMMAND_TABLES]);

/*
 * Find the row for the first one or two of n words; *used is how many of them
 * name it.  NULL once it has complained, with the nearest name as a hint.
 */
const struct command *command_find(const struct command *table, size_t n,
	const char *const *words, size_t *used);

/* The usage of one command, with its options. */
void command_put_usage(struct writer *w, const struct command *c);

/* All commands, a line each, under their headings. */
void command_put_list(struct writer *w, const struct command *table);

/* The same for a manual page, in mdoc(7). */
void command_put_mdoc(struct writer *w, const struct command *table);

/* A bash completion for all of it. */
void command_put_completion(struct writer *w, const struct command *table);

#endif
