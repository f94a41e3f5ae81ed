#include "ballots/base/reader.h"

struct reader
reader_of(struct bytes in)
{
	return (struct reader){in, false};
}

struct bytes
reader_bytes(struct reader *r, size_t len)
{
	struct bytes taken = bytes_slice(r->rest, 0, len);

	if (taken.len < len) {
		r->short_read = true;
		taken.len = 0;
		r->rest.len = 0;
		return taken;
	}
	r->rest = bytes_slice(r->rest, len, r->rest.len);
	return taken;
}

static uint64_t
big_endian(struct reader *r, size_t len)
{
	struct bytes b = reader_bytes(r, len);
	uint64_t value = 0;

	for (size_t i = 0; i < b.len; i++)
		value = value << 8 | b.data[i];
	return value;
}

uint8_t
reader_u8(struct reader *r)
{
	return (uint8_t)big_endian(r, 1);
}

uint16_t
reader_u16(struct reader *r)
{
	return (uint16_t)big_endian(r, 2);
}

uint32_t
reader_u32(struct reader *r)
{
	return (uint32_t)big_endian(r, 4);
}

uint64_t
reader_u64(struct reader *r)
{
	return big_endian(r, 8);
}

bool
reader_done(const struct reader *r)
{
	return !r->short_read && r->rest.len == 0;
}

bool
reader_decimal(struct bytes text, uint64_t max, uint64_t *out)
{
	uint64_t value = 0;

	if (text.len == 0 || (text.len > 1 && text.data[0] == '0'))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		uint64_t digit = (uint64_t)text.data[i] - '0';

		if (digit > 9 || value > (max - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	if (value > max)
		return false;
	*out = value;
	return true;
}
