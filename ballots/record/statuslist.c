#include "ballots/record/statuslist.h"

#include <assert.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/base/pack.h"

void
statuslist_encode(struct bytes bits, struct writer *out)
{
	struct writer packed = {0};

	assert(bits.len >= STATUSLIST_LEAST && bits.len <= LIMIT_STATUS_BYTES);
	pack_put(PACK_GZIP, bits, &packed);
	writer_put_u8(out, 'u');
	coding_put_base64url(out, writer_view(&packed));
	writer_clear(&packed);
}

enum verdict
statuslist_decode(struct bytes text, struct writer *out)
{
	struct writer bits = {0};
	uint8_t *packed;
	size_t len;
	enum verdict v = VERDICT_MALFORMED;

	if (text.len > LIMIT_CREDENTIAL_BYTES)
		return VERDICT_TOO_LARGE;
	packed = mem_new(text.len);
	if (bytes_skip(&text, BYTES("u")) &&
		coding_read_base64url_upto(text, packed, text.len, &len))
		v = pack_open(PACK_GZIP, bytes_of(packed, len),
			LIMIT_STATUS_BYTES, &bits);
	if (v == VERDICT_OK && bits.len < STATUSLIST_LEAST)
		v = VERDICT_MALFORMED;
	if (v == VERDICT_OK)
		writer_put(out, writer_view(&bits));
	mem_free(packed);
	writer_clear(&bits);
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
