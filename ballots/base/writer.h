#ifndef BALLOTS_BASE_WRITER_H
#define BALLOTS_BASE_WRITER_H

#include <stdint.h>

#include "ballots/base/bytes.h"

/*
 * Builds bytes that it owns.  A zeroed struct writer is empty and ready; it
 * is given back with writer_clear().  Appending cannot fail.
 */
struct writer {
	uint8_t *data;
	size_t len;
	size_t cap;
};

/* Free what w holds; it is empty and ready again. */
void writer_clear(struct writer *w);

/* Forget the content, keep the memory. */
void writer_rewind(struct writer *w);

/* What was written; lent until the next change of w. */
struct bytes writer_view(const struct writer *w);

/* The content as a zero-terminated string; lent until the next change. */
const char *writer_string(struct writer *w);

void writer_put(struct writer *w, struct bytes b);
void writer_put_string(struct writer *w, const char *s);

/* Big-endian integers. */
void writer_put_u8(struct writer *w, uint8_t value);
void writer_put_u16(struct writer *w, uint16_t value);
void writer_put_u32(struct writer *w, uint32_t value);
void writer_put_u64(struct writer *w, uint64_t value);

/* Decimal text, no leading zero. */
void writer_put_decimal(struct writer *w, uint64_t value);
void writer_put_signed(struct writer *w, int64_t value);

#endif
