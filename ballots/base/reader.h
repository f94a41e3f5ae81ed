#ifndef BALLOTS_BASE_READER_H
#define BALLOTS_BASE_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "ballots/base/bytes.h"

/*
 * Walks a view from front to back.  A reader is total: past the end it
 * yields zeros and remembers, so a decoder reads every field first and asks
 * reader_done() once.
 */
struct reader {
	struct bytes rest; /* not read yet */
	bool short_read;   /* some read ran past the end */
};

/* Start at the front of in, which the reader borrows. */
struct reader reader_of(struct bytes in);

/* Read one big-endian integer. */
uint8_t reader_u8(struct reader *r);
uint16_t reader_u16(struct reader *r);
uint32_t reader_u32(struct reader *r);
uint64_t reader_u64(struct reader *r);

/* Read len bytes as a view into the reader's source. */
struct bytes reader_bytes(struct reader *r, size_t len);

/* True when every byte was read and none was missing. */
bool reader_done(const struct reader *r);

/*
 * Read all of text as a decimal integer without sign or leading zero into
 * *out.  False, and *out untouched, when it is anything else or above max.
 */
bool reader_decimal(struct bytes text, uint64_t max, uint64_t *out);

#endif
