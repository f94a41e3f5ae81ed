#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "ballots/base/writer.h"

struct json_t; /* jansson */

/*
 * One answer, for a person or for a program.
 *
 * A command tells its answer twice: as lines, and as members of one JSON
 * object.  Only one of them is printed: lines at once, the object at the end.
 * What goes to a terminal is plain text: no colours, no links, no codes; so
 * NO_COLOR has nothing to take away.  Everything is made safe on its way out
 * (plain.h), whoever wrote it; JSON escapes what is not ASCII.
 */
struct output {
	FILE *stream;
	bool json;
	struct json_t *document; /* for programs; NULL for people */
	bool gave_next;          /* a "Next:" stands already */
	bool many;               /* objects, a line each: output_flush() */
};

/* Begin; stream is borrowed.  Given back with output_end(). */
void output_begin(struct output *out, FILE *stream, bool json);

/*
 * Print what is left, with the last complaint as member "error" if there is
 * one.  Returns 0, or -1 once it has complained that not all of the answer
 * could be written.
 */
int output_end(struct output *out);

/*
 * For what goes on for long: print the object so far on one line, unless there
 * is nothing in it, and begin another.  Does nothing for people but flush.
 */
void output_flush(struct output *out);

/* For people. */

/* One line; newlines in it are made visible. */
void output_line(struct output *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Lines that were laid out by table.h and the like. */
void output_lines(struct output *out, struct bytes lines);

/*
 * A text by someone else, every line behind a margin "  | ", so that it cannot
 * pass for what this program says.
 */
void output_text(struct output *out, struct bytes text);

/*
 * For another program in either form: bytes of our own making as they are, such
 * as a shell script; with --json, member name.
 */
void output_program(struct output *out, const char *name, struct bytes b);

/* For programs.  Names are given once; values of others are made safe. */
void output_give_text(struct output *out, const char *name, struct bytes text);
void output_give_string(struct output *out, const char *name, const char *s);
void output_give_number(struct output *out, const char *name, uint64_t n);
void output_give_bool(struct output *out, const char *name, bool value);
void output_give_hex(struct output *out, const char *name, struct bytes b);

/* Any value of jansson's, which is taken over. */
void output_give_take(
	struct output *out, const char *name, struct json_t *value);

/* A copy of such a value, or nothing where there is none. */
void output_give_value(
	struct output *out, const char *name, const struct json_t *value);

/* For both: something to do next, best a command. */
void output_next(struct output *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Progress of long work, on standard error where that is a terminal.  what is
 * a word or two; done == whole takes the line away again.
 */
void output_progress(const char *what, uint64_t done, uint64_t whole);

#endif
