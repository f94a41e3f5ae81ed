#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>

#include "ballots/base/writer.h"

/*
 * The words behind a command, read by tables: "union vote P1 yes --json".
 *
 * A command has tables of options, each ended by a row without a name, and a
 * form for the rest: "QUESTION CHOICE", "MEMBER [NAME]", "[WORD...]".  What may
 * be left out comes last, what may be many at the very end.  Options and
 * operands mix; "--" ends the options and "-" is an operand.  --name VALUE and
 * --name=VALUE are the same, so are -x VALUE and -xVALUE.  Names are not
 * abbreviated: scripts outlive the options of today.
 *
 * Nothing is guessed: what is unknown, given twice or missing is complained
 * about as wrong usage, with the nearest name as a hint.
 */
struct option {
	const char *name;    /* long name, without the dashes */
	char letter;         /* short name, or 0 */
	bool many;           /* may be given more than once */
	const char *value;   /* what the usage calls its value; NULL for none */
	const char *summary; /* half a sentence */
};

struct options {
	const char *command;                /* "union vote" */
	const struct option *const *tables; /* ended by NULL */
	const char *form;                   /* of the operands */
	struct options_found *found;        /* in the order given */
	size_t n_found, cap_found;
	const char **operands;
	size_t n_operands, cap_operands;
};

/*
 * Read n words.  Borrows everything; what it lends lives as long as words.
 * Returns 0, or -1 once it has complained.  *o is cleared by the caller in
 * both cases.
 */
int options_parse(struct options *o, const char *command,
	const struct option *const *tables, const char *form, size_t n,
	char *const *words);

void options_clear(struct options *o);

/*
 * The same words once more, to which others can be added; for options_clear().
 */
void options_copy(const struct options *o, struct options *out);

/*
 * Take an option from elsewhere as if it stood among the words, unless one that
 * may be given once is there already.  Borrows value.  Returns 0, or -1 once
 * it has complained.
 */
int options_add(struct options *o, const char *name, const char *value);

/* Asking for a name that the tables or the form do not have is a bug. */

/* True when the option was given. */
bool options_has(const struct options *o, const char *name);

/* The value given, or NULL. */
const char *options_value(const struct options *o, const char *name);

/*
 * The values of an option that may be many, one a call, NULL after the last.
 * *at is 0 before the first call.
 */
const char *options_each(const struct options *o, const char *name, size_t *at);

/*
 * The value as a decimal number from min to max; preset when not given.
 * Returns 0, or -1 once it has complained.
 */
int options_number(const struct options *o, const char *name, uint64_t min,
	uint64_t max, uint64_t preset, uint64_t *out);

/* The operand that the form calls name, or NULL where it was left out. */
const char *options_operand(const struct options *o, const char *name);

/* All operands from the one that the form calls name on; *n may be 0. */
const char *const *options_operands(
	const struct options *o, const char *name, size_t *n);

/* One line an option: "  -j, --json    print JSON". */
void options_put_usage(struct writer *w, const struct option *const *tables);

#endif
