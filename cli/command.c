#include "cli/command.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/plain.h"

#define LIST_COLUMN 22 /* where the summaries of commands begin */

const struct option command_common[] = {
	{"json", 'j', false, NULL, "answer with one JSON document"},
	{"union", 'u', false, "NAME", "the union meant, as it is called here"},
	{"home", 0, false, "DIR", "where keys and settings are kept"},
	{"help", 'h', false, NULL, "say how this is used"},
	{0},
};

void
command_tables(
	const struct command *c, const struct option *out[COMMAND_TABLES])
{
	size_t n = 0;

	while (n < COMMAND_OPTIONS && c->options[n] != NULL) {
		out[n] = c->options[n];
		n++;
	}
	out[n++] = command_common;
	out[n] = NULL;
}

/* True when name is made of the first words; *used is how many. */
static bool
is_named(const char *name, size_t n, const char *const *words, size_t *used)
{
	struct bytes rest = bytes_of_string(name);
	size_t i = 0;

	for (; rest.len > 0; i++)
		if (i == n || !bytes_equal(bytes_cut(&rest, ' '),
				      bytes_of_string(words[i])))
			return false;
	*used = i;
	return true;
}

/* The names that begin with word, which is no command by itself. */
static int
more_words(const struct command *table, const char *word)
{
	struct writer hint = {0};
	size_t n = 0;

	for (const struct command *c = table; c->name != NULL; c++) {
		struct bytes rest = bytes_of_string(c->name);

		if (!bytes_equal(bytes_cut(&rest, ' '), bytes_of_string(word)))
			continue;
		writer_put_string(&hint, n++ == 0 ? "One of: " : ", ");
		writer_put_string(&hint, c->name);
	}
	if (n > 0)
		complain_usage(writer_string(&hint),
			"union %s needs another word.", word);
	writer_clear(&hint);
	return n > 0 ? -1 : 0;
}

static void
no_such(const struct command *table, size_t n, const char *const *words)
{
	struct writer meant = {0};
	const char *best = NULL;
	size_t best_distance = 3;
	char hint[120] = "'union help' lists the commands.";

	if (more_words(table, words[0]) != 0)
		return;
	for (const struct command *c = table; c->name != NULL; c++) {
		size_t distance;

		writer_rewind(&meant);
		writer_put_string(&meant, words[0]);
		if (n > 1 && strchr(c->name, ' ') != NULL) {
			writer_put_u8(&meant, ' ');
			writer_put_string(&meant, words[1]);
		}
		distance = plain_distance(
			writer_view(&meant), bytes_of_string(c->name));
		if (distance < best_distance) {
			best_distance = distance;
			best = c->name;
		}
	}
	if (best != NULL)
		snprintf(hint, sizeof(hint), "Did you mean 'union %s'?", best);
	complain_usage(hint, "There is no command '%s'.", words[0]);
	writer_clear(&meant);
}

const struct command *
command_find(const struct command *table, size_t n, const char *const *words,
	size_t *used)
{
	const struct command *best = NULL;
	size_t words_of_name;

	*used = 0;
	for (const struct command *c = table; c->name != NULL; c++)
		if (is_named(c->name, n, words, &words_of_name) &&
			words_of_name > *used) {
			best = c;
			*used = words_of_name;
		}
	if (best == NULL && n > 0)
		no_such(table, n, words);
	else if (best == NULL)
		complain_usage(
			"'union help' lists the commands.", "Say what to do.");
	return best;
}

/* "Cast a ballot." */
static void
put_summary(struct writer *w, const struct command *c)
{
	writer_put_u8(w, (uint8_t)toupper((unsigned char)c->summary[0]));
	writer_put_string(w, c->summary + 1);
	writer_put_string(w, ".\n");
}

void
command_put_usage(struct writer *w, const struct command *c)
{
	const struct option *tables[COMMAND_TABLES];

	command_tables(c, tables);
	writer_put_string(w, "Usage: union ");
	writer_put_string(w, c->name);
	if (c->operands[0] != '\0') {
		writer_put_u8(w, ' ');
		writer_put_string(w, c->operands);
	}
	writer_put_string(w, "\n\n");
	put_summary(w, c);
	writer_put_string(w, "\nOptions:\n");
	options_put_usage(w, tables);
}

void
command_put_list(struct writer *w, const struct command *table)
{
	for (const struct command *c = table; c->name != NULL; c++) {
		size_t used = 2 + strlen(c->name);

		if (c->heading != NULL) {
			writer_put_u8(w, '\n');
			writer_put_string(w, c->heading);
			writer_put_string(w, ":\n");
		}
		writer_put_string(w, "  ");
		writer_put_string(w, c->name);
		plain_put_fill(
			w, ' ', used < LIST_COLUMN ? LIST_COLUMN - used : 1);
		plain_put_wrapped(w, bytes_of_string(c->summary), LIST_COLUMN,
			79 - LIST_COLUMN);
		writer_put_u8(w, '\n');
	}
}

/* Append "[MEMBER NAME...]" as mdoc: .Ar words, brackets as they are. */
static void
put_mdoc_operands(struct writer *w, const char *form)
{
	struct bytes rest = bytes_of_string(form);

	while (rest.len > 0) {
		writer_put_string(w, " Ar ");
		writer_put(w, bytes_cut(&rest, ' '));
	}
}

static void
put_mdoc_option(struct writer *w, const struct option *o)
{
	writer_put_string(w, ".It ");
	if (o->letter != 0) {
		char letter[] = {'F', 'l', ' ', o->letter, ' ', ',', ' ', 0};

		writer_put_string(w, letter);
	}
	writer_put_string(w, "Fl \\-");
	writer_put_string(w, o->name);
	if (o->value != NULL) {
		writer_put_string(w, " Ar ");
		writer_put_string(w, o->value);
	}
	writer_put_u8(w, '\n');
	writer_put_string(w, o->summary);
	writer_put_u8(w, '\n');
}

static void
put_mdoc_options(struct writer *w, const struct option *options)
{
	for (const struct option *o = options; o->name != NULL; o++)
		put_mdoc_option(w, o);
}

/* True when so many commands name these options that they are told once. */
static bool
is_shared(const struct command *table, const struct option *options)
{
	size_t n = 0;

	for (const struct command *c = table; c->name != NULL; c++)
		for (size_t i = 0; i < COMMAND_OPTIONS; i++)
			n += c->options[i] == options;
	return n > 2;
}

/* What many commands share, each table where the first of them stands. */
static void
put_mdoc_shared(struct writer *w, const struct command *table)
{
	writer_put_string(w,
		"All commands take the first four of these options, "
		"and those the others to which\nthey mean "
		"something:\n.Pp\n.Bl -tag -width Ds -compact\n");
	put_mdoc_options(w, command_common);
	for (const struct command *c = table; c->name != NULL; c++)
		for (size_t i = 0; i < COMMAND_OPTIONS; i++) {
			const struct option *options = c->options[i];
			bool first = options != NULL;

			for (const struct command *b = table; first && b < c;
				b++)
				for (size_t j = 0; j < COMMAND_OPTIONS; j++)
					first &= b->options[j] != options;
			if (first && is_shared(table, options))
				put_mdoc_options(w, options);
		}
	writer_put_string(w, ".El\n");
}

static void
put_mdoc_command(
	struct writer *w, const struct command *table, const struct command *c)
{
	writer_put_string(w, ".It Cm ");
	writer_put_string(w, c->name);
	put_mdoc_operands(w, c->operands);
	writer_put_u8(w, '\n');
	put_summary(w, c);
	for (size_t i = 0; i < COMMAND_OPTIONS && c->options[i]; i++) {
		if (is_shared(table, c->options[i]))
			continue;
		writer_put_string(w, ".Pp\n.Bl -tag -width Ds -compact\n");
		put_mdoc_options(w, c->options[i]);
		writer_put_string(w, ".El\n");
	}
}

void
command_put_mdoc(struct writer *w, const struct command *table)
{
	put_mdoc_shared(w, table);
	for (const struct command *c = table; c->name != NULL; c++) {
		if (c->heading != NULL) {
			if (c != table)
				writer_put_string(w, ".El\n");
			writer_put_string(w, ".Ss ");
			writer_put_string(w, c->heading);
			writer_put_string(w, "\n.Bl -tag -width Ds\n");
		}
		put_mdoc_command(w, table, c);
	}
	writer_put_string(w, ".El\n");
}

/* The options of a command as words of a shell. */
static void
put_option_words(struct writer *w, const struct command *c)
{
	const struct option *tables[COMMAND_TABLES];

	command_tables(c, tables);
	for (size_t i = 0; tables[i] != NULL; i++)
		for (const struct option *o = tables[i]; o->name != NULL; o++) {
			writer_put_string(w, " --");
			writer_put_string(w, o->name);
		}
}

/* First words, each once, or the second words behind one of them. */
static void
put_name_words(
	struct writer *w, const struct command *table, struct bytes first)
{
	struct bytes before = {0};

	for (const struct command *c = table; c->name != NULL; c++) {
		struct bytes rest = bytes_of_string(c->name);
		struct bytes word = bytes_cut(&rest, ' ');

		if (first.len > 0 && !bytes_equal(word, first))
			continue;
		if (first.len > 0)
			word = rest;
		if (word.len > 0 && !bytes_equal(word, before)) {
			writer_put_u8(w, ' ');
			writer_put(w, word);
		}
		before = word;
	}
}

static void
put_completion_case(
	struct writer *w, const struct command *table, const struct command *c)
{
	struct bytes rest = bytes_of_string(c->name);
	struct bytes first = bytes_cut(&rest, ' ');

	writer_put_string(w, "\t\"");
	writer_put_string(w, c->name);
	writer_put_string(w, rest.len > 0 ? "\") words='" : " \"*) words='");
	put_option_words(w, c);
	if (rest.len == 0)
		put_name_words(w, table, first);
	writer_put_string(w, "' ;;\n");
}

/* A word that only begins names: complete with what may follow it. */
static void
put_completion_group(
	struct writer *w, const struct command *table, const struct command *c)
{
	struct bytes rest = bytes_of_string(c->name);
	struct bytes first = bytes_cut(&rest, ' ');

	for (const struct command *other = table; other < c; other++) {
		struct bytes name = bytes_of_string(other->name);

		if (bytes_equal(bytes_cut(&name, ' '), first))
			return;
	}
	if (rest.len == 0)
		return;
	writer_put_string(w, "\t\"");
	writer_put(w, first);
	writer_put_string(w, " \"*) words='");
	put_name_words(w, table, first);
	writer_put_string(w, "' ;;\n");
}

void
command_put_completion(struct writer *w, const struct command *table)
{
	writer_put_string(w,
		"# bash completion for union, printed by: union completion\n"
		"_union()\n{\n"
		"\tlocal cur=${COMP_WORDS[COMP_CWORD]} words=\n"
		"\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n"
		"\t\tCOMPREPLY=($(compgen -W '--version --help");
	put_name_words(w, table, BYTES(""));
	writer_put_string(w,
		"' -- \"$cur\"))\n\t\treturn\n\tfi\n"
		"\tcase \"${COMP_WORDS[1]} ${COMP_WORDS[2]}\" in\n");
	for (const struct command *c = table; c->name != NULL; c++)
		put_completion_case(w, table, c);
	for (const struct command *c = table; c->name != NULL; c++)
		put_completion_group(w, table, c);
	writer_put_string(w,
		"\tesac\n"
		"\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\n"
		"complete -o default -F _union union\n");
}
