#ifndef CLI_PLAIN_H
#define CLI_PLAIN_H

#include <stdbool.h>

#include "ballots/base/writer.h"

/*
 * Text on its way to a terminal: made safe, and measured in columns.
 *
 * Text from others may hold bytes that steer a terminal, turn the direction of
 * what follows, or hide.  They become visible: \u{202e} for a character, \x9b
 * for a byte that is not UTF-8.  What joins letters (U+200C, U+200D) and the
 * marks of right-to-left scripts (U+200E, U+200F, U+061C) stay.  Escapes are
 * ASCII, so making text safe twice changes nothing.
 */

/* Append s as one line: newlines and tabs are made visible too. */
void plain_put_safe(struct writer *w, struct bytes s);

/* The same for many lines: newlines stay, a tab becomes a space. */
void plain_put_safe_lines(struct writer *w, struct bytes s);

/* True when s is UTF-8 and nothing in it has to be made visible. */
bool plain_is_safe(struct bytes s);

/* Columns that s takes; wide characters take two, combining ones none. */
size_t plain_width(struct bytes s);

/*
 * Append safe text broken at spaces into lines of at most width columns.  Each
 * line after the first starts with indent spaces; the caller has written what
 * stands before the first one.  Words that are too long stay whole.
 */
void plain_put_wrapped(
	struct writer *w, struct bytes s, size_t indent, size_t width);

/* Append n times the character c. */
void plain_put_fill(struct writer *w, char c, size_t n);

/* The fewest letters to change, add, drop or swap to make b of a. */
size_t plain_distance(struct bytes a, struct bytes b);

#endif
