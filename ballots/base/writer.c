#include "ballots/base/writer.h"

#include <string.h>

#include "ballots/base/mem.h"

void
writer_clear(struct writer *w)
{
	mem_free(w->data);
	*w = (struct writer){0};
}

void
writer_rewind(struct writer *w)
{
	w->len = 0;
}

struct bytes
writer_view(const struct writer *w)
{
	return bytes_of(w->data, w->len);
}

const char *
writer_string(struct writer *w)
{
	w->data = mem_grow(w->data, &w->cap, w->len + 1, 1);
	w->data[w->len] = '\0';
	return (const char *)w->data;
}

void
writer_put(struct writer *w, struct bytes b)
{
	if (b.len == 0)
		return;
	w->data = mem_grow(w->data, &w->cap, w->len + b.len, 1);
	memcpy(w->data + w->len, b.data, b.len);
	w->len += b.len;
}

void
writer_put_string(struct writer *w, const char *s)
{
	writer_put(w, bytes_of_string(s));
}

static void
big_endian(struct writer *w, uint64_t value, size_t len)
{
	uint8_t out[8];

	for (size_t i = 0; i < len; i++)
		out[i] = (uint8_t)(value >> 8 * (len - 1 - i));
	writer_put(w, bytes_of(out, len));
}

void
writer_put_u8(struct writer *w, uint8_t value)
{
	w->data = mem_grow(w->data, &w->cap, w->len + 1, 1);
	w->data[w->len++] = value;
}

void
writer_put_u16(struct writer *w, uint16_t value)
{
	big_endian(w, value, 2);
}

void
writer_put_u32(struct writer *w, uint32_t value)
{
	big_endian(w, value, 4);
}

void
writer_put_u64(struct writer *w, uint64_t value)
{
	big_endian(w, value, 8);
}

void
writer_put_decimal(struct writer *w, uint64_t value)
{
	uint8_t digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (uint8_t)('0' + value % 10);
		value /= 10;
	} while (value > 0);
	writer_put(w, bytes_of(digits + at, sizeof(digits) - at));
}

void
writer_put_signed(struct writer *w, int64_t value)
{
	if (value < 0)
		writer_put_u8(w, '-');
	writer_put_decimal(
		w, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}
