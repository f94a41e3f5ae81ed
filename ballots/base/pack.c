#include "ballots/base/pack.h"

#include <assert.h>
#include <zlib.h>

#include "ballots/base/mem.h"

#define MEMORY 8 /* zlib's own preset */

/* How zlib is asked for each form, with its usual window. */
static const int windows[] = {[PACK_GZIP] = 15 + 16, [PACK_ZLIB] = 15};

void
pack_put(enum pack_form form, struct bytes b, struct writer *out)
{
	z_stream z = {
		.next_in = (Bytef *)(uintptr_t)b.data, .avail_in = (uInt)b.len};
	uint8_t *packed;
	size_t room;
	int rc;

	rc = deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, windows[form],
		MEMORY, Z_DEFAULT_STRATEGY);
	assert(rc == Z_OK);
	room = deflateBound(&z, (uLong)b.len);
	packed = mem_new(room);
	z.next_out = packed;
	z.avail_out = (uInt)room;
	rc = deflate(&z, Z_FINISH);
	assert(rc == Z_STREAM_END);
	writer_put(out, bytes_of(packed, z.total_out));
	deflateEnd(&z);
	mem_free(packed);
}

/* Unpack all of packed into max bytes at room; *len is how many there are. */
static enum verdict
unpack(enum pack_form form, struct bytes packed, uint8_t *room, size_t max,
	size_t *len)
{
	z_stream z = {.next_in = (Bytef *)(uintptr_t)packed.data,
		.avail_in = (uInt)packed.len,
		.next_out = room,
		.avail_out = (uInt)max};
	int rc = inflateInit2(&z, windows[form]);

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
pack_open(enum pack_form form, struct bytes packed, size_t max,
	struct writer *out)
{
	uint8_t *room = mem_new(max);
	size_t len;
	enum verdict v = unpack(form, packed, room, max, &len);

	if (v == VERDICT_OK)
		writer_put(out, bytes_of(room, len));
	mem_free(room);
	return v;
}
