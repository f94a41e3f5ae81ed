#include "ballots/record/statuslist.h"

#include <assert.h>
#include <zlib.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"

#define GZIP   (15 + 16) /* how zlib is asked for gzip with its usual window */
#define MEMORY 8         /* zlib's own preset */

void
statuslist_encode(struct bytes bits, struct writer *out)
{
	z_stream z = {.next_in = (Bytef *)(uintptr_t)bits.data,
		.avail_in = (uInt)bits.len};
	uint8_t *packed;
	size_t room;
	int rc;

	assert(bits.len >= STATUSLIST_LEAST && bits.len <= LIMIT_STATUS_BYTES);
	rc = deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP, MEMORY,
		Z_DEFAULT_STRATEGY);
	assert(rc == Z_OK);
	room = deflateBound(&z, (uLong)bits.len);
	packed = mem_new(room);
	z.next_out = packed;
	z.avail_out = (uInt)room;
	rc = deflate(&z, Z_FINISH);
	assert(rc == Z_STREAM_END);
	writer_put_u8(out, 'u');
	coding_put_base64url(out, bytes_of(packed, z.total_out));
	deflateEnd(&z);
	mem_free(packed);
}

/* Unpack all of packed into room bytes at bits; *len is how many there are. */
static enum verdict
unpack(struct bytes packed, uint8_t *bits, size_t room, size_t *len)
{
	z_stream z = {.next_in = (Bytef *)(uintptr_t)packed.data,
		.avail_in = (uInt)packed.len,
		.next_out = bits,
		.avail_out = (uInt)room};
	int rc = inflateInit2(&z, GZIP);

	assert(rc == Z_OK);
	rc = inflate(&z, Z_FINISH);
	*len = z.total_out;
	inflateEnd(&z);
	if (rc == Z_STREAM_END && z.avail_in == 0)
		return VERDICT_OK;
	return z.avail_out == 0 && rc == Z_BUF_ERROR ? VERDICT_TOO_LARGE
						     : VERDICT_MALFORMED;
}

enum verdict
statuslist_decode(struct bytes text, struct writer *out)
{
	uint8_t *packed, *bits;
	size_t len;
	enum verdict v = VERDICT_MALFORMED;

	if (text.len > LIMIT_CREDENTIAL_BYTES)
		return VERDICT_TOO_LARGE;
	packed = mem_new(text.len);
	bits = mem_new(LIMIT_STATUS_BYTES);
	if (bytes_skip(&text, BYTES("u")) &&
		coding_read_base64url_upto(text, packed, text.len, &len))
		v = unpack(
			bytes_of(packed, len), bits, LIMIT_STATUS_BYTES, &len);
	if (v == VERDICT_OK && len < STATUSLIST_LEAST)
		v = VERDICT_MALFORMED;
	if (v == VERDICT_OK)
		writer_put(out, bytes_of(bits, len));
	mem_free(packed);
	mem_free(bits);
	return v;
}

bool
statuslist_bit(struct bytes bits, uint64_t index)
{
	return index / 8 < bits.len &&
	       (bits.data[index / 8] >> (7 - index % 8) & 1) != 0;
}

void
statuslist_set(struct writer *bits, uint64_t index)
{
	assert(index / 8 < bits->len);
	bits->data[index / 8] |= (uint8_t)(0x80 >> index % 8);
}
