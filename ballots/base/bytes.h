#ifndef BALLOTS_BASE_BYTES_H
#define BALLOTS_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A view of bytes that belong to someone else, valid as long as they are.
 *
 * Views are passed by value and compared by content.  An empty view may have
 * any address, NULL too.
 */
struct bytes {
	const uint8_t *data;
	size_t len;
};

/* A view of a string literal, without its final zero. */
#define BYTES(literal)                                                         \
	((struct bytes){(const uint8_t *)(literal), sizeof(literal) - 1})

/* A view of len bytes at data. */
struct bytes bytes_of(const void *data, size_t len);

/* A view of the zero-terminated string s, without its zero. */
struct bytes bytes_of_string(const char *s);

/* The len bytes from offset on; cut short where b ends. */
struct bytes bytes_slice(struct bytes b, size_t offset, size_t len);

/* True when a and b hold the same bytes.  Not for secrets. */
bool bytes_equal(struct bytes a, struct bytes b);

/* Less than, equal to or greater than 0, as strcmp on unsigned bytes. */
int bytes_compare(struct bytes a, struct bytes b);

/* True when b begins with prefix. */
bool bytes_start_with(struct bytes b, struct bytes prefix);

/* Offset of the first byte c in b, or b.len when there is none. */
size_t bytes_find(struct bytes b, uint8_t c);

/* Take prefix off the front of *rest; false when it does not stand there. */
bool bytes_skip(struct bytes *rest, struct bytes prefix);

/*
 * Take the text before the first byte c off the front of *rest, and c too.
 * Without a c, takes all.  Returns the text taken.
 */
struct bytes bytes_cut(struct bytes *rest, uint8_t c);

#endif
