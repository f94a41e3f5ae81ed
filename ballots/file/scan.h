#ifndef BALLOTS_FILE_SCAN_H
#define BALLOTS_FILE_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"
#include "ballots/base/writer.h"

/*
 * The text of a ballot file, walked from front to back by lines, by cells or
 * by words.
 *
 * The text is UTF-8; a line ends with LF or with CR LF, the last one also
 * with the file.  A walk is total: the first fault is kept, and from then on
 * there is nothing left to read, so a reader of a format may ask
 * scan_failed() where it likes.  All views are lent by the file.
 */
struct file_fault {
	uint64_t line;      /* from 1 */
	uint64_t column;    /* in characters, from 1 */
	char expected[160]; /* what should stand there: a sentence's end */
};

struct scan {
	struct bytes all;
	const uint8_t *at; /* not read yet: at .. end */
	const uint8_t *end;
	bool failed;
	struct file_fault fault; /* when failed */
};

/*
 * Start at the front of all, behind a byte order mark if there is one.  What
 * is not UTF-8, control characters and a lone CR are faults at once.
 */
struct scan scan_of(struct bytes all);

/* True once something was not as expected. */
bool scan_failed(const struct scan *t);

/* True when nothing is left, and after a fault. */
bool scan_ended(const struct scan *t);

/*
 * Note that the byte at where, within the file or at its end, should have
 * been what expected says.  Only the first fault counts.
 */
void scan_fail(struct scan *t, const uint8_t *where, const char *expected, ...)
	__attribute__((format(printf, 3, 4)));

/* Take the next line, without its end. */
struct bytes scan_line(struct scan *t);

/* Take the next line that holds more than white space. */
struct bytes scan_full_line(struct scan *t);

/* A cell of a row.  text still has its quotation marks when quoted is set. */
struct scan_cell {
	struct bytes text;
	bool quoted; /* stood in quotation marks, which may hold line ends */
	bool last;   /* nothing follows in its row */
};

/* Take the next cell, up to separator or the end of the line; trimmed. */
struct scan_cell scan_cell(struct scan *t, uint8_t separator);

/* Put the text of cell behind w, with its quotation marks undone. */
void scan_unquote(struct scan_cell cell, struct writer *w);

/*
 * Take the next word from the front of *line: what stands before white
 * space.  Empty at the end of the line.
 */
struct bytes scan_word(struct bytes *line);

/*
 * Take a decimal number from min to max off the front of *rest.  When there
 * is none, that is a fault, what names what was expected, and 0 comes back.
 */
uint64_t scan_number(struct scan *t, struct bytes *rest, uint64_t min,
	uint64_t max, const char *what);

/* Take the byte c off the front of *rest, if it stands there. */
static inline bool
scan_take(struct bytes *rest, uint8_t c)
{
	if (rest->len == 0 || rest->data[0] != c)
		return false;
	*rest = (struct bytes){rest->data + 1, rest->len - 1};
	return true;
}

/* Take spaces and tabs off the front of *rest. */
static inline void
scan_blanks(struct bytes *rest)
{
	while (scan_take(rest, ' ') || scan_take(rest, '\t'))
		continue;
}

/* A number that a file states about itself; at is NULL where it does not. */
struct scan_stated {
	uint64_t value;
	const uint8_t *at;
};

/* A fault unless found is what was stated. */
void scan_compare(
	struct scan *t, const struct scan_stated *stated, uint64_t found);

/* b without white space at both ends. */
struct bytes scan_trim(struct bytes b);

/* The place just behind b. */
const uint8_t *scan_behind(struct bytes b);

#endif
