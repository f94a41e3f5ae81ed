#ifndef BALLOTS_BASE_PACK_H
#define BALLOTS_BASE_PACK_H

#include "ballots/base/bytes.h"
#include "ballots/base/verdict.h"
#include "ballots/base/writer.h"

/*
 * Bytes made smaller and back: deflate (RFC 1951), in one of two wrappers that
 * hold a checksum.
 */
enum pack_form {
	PACK_GZIP, /* RFC 1952 */
	PACK_ZLIB, /* RFC 1950, 12 bytes less */
};

/* Append b, packed as tightly as can be. */
void pack_put(enum pack_form form, struct bytes b, struct writer *out);

/*
 * Append what was packed.  MALFORMED when packed is not all in this form,
 * TOO_LARGE when more than max bytes come out; out is as before then.
 */
enum verdict pack_open(enum pack_form form, struct bytes packed, size_t max,
	struct writer *out);

#endif
