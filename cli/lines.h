#ifndef CLI_LINES_H
#define CLI_LINES_H

#include "cli/subject.h"

/*
 * What is shown of one thing: a label and what there is to it, a line each.
 *
 *   State:      ACTIVE (delegates may begin)
 *   Since:      2026-11-23 18:49:05 UTC, 2 hours ago
 *
 * width is how wide the labels of one such list are.  What is not there, such
 * as a time of 0, has no line.
 */
void lines_put(struct desk *d, int width, const char *label, const char *format,
	...) __attribute__((format(printf, 4, 5)));
void lines_text(
	struct desk *d, int width, const char *label, struct bytes text);

/* A time, in UTC and here, and how far away it is. */
void lines_time(struct desk *d, int width, const char *label, uint64_t at_s);

/* The same behind words of a sentence of one's own. */
void lines_put_time(struct desk *d, uint64_t at_s, struct writer *out);

/* "ada 1a2b..., (you) 5e6f..." for a list of members' ids. */
void lines_members(
	struct desk *d, int width, const char *label, struct wire_value list);

/* A number of an object, from 0. */
uint64_t lines_number(struct wire_value object, const char *name);

#endif
