#include "ballots/base/utf8.h"

static const struct {
	uint32_t first;
	uint32_t last;
} forbidden[] = {
	{0x0000, 0x0008},
	{0x000b, 0x001f},
	{0x007f, 0x009f},
	{0x2028, 0x202e},
	{0x2066, 0x2069},
	{0xfdd0, 0xfdef},
};

bool
utf8_may_be_written(uint32_t letter)
{
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
		if (letter >= forbidden[i].first && letter <= forbidden[i].last)
			return false;
	return (letter & 0xfffe) != 0xfffe;
}

/* What a first byte promises: length, its own bits, the least letter. */
static size_t
begin_letter(uint8_t first, uint32_t *letter, uint32_t *least)
{
	static const struct {
		uint8_t mask, mark;
		uint32_t least;
	} forms[] = {
		{0x80, 0x00, 0},
		{0xe0, 0xc0, 0x80},
		{0xf0, 0xe0, 0x800},
		{0xf8, 0xf0, 0x10000},
	};

	for (size_t i = 0; i < 4; i++) {
		if ((first & forms[i].mask) != forms[i].mark)
			continue;
		*letter = first & (uint8_t)~forms[i].mask;
		*least = forms[i].least;
		return i + 1;
	}
	return 0;
}

bool
utf8_take(struct bytes *rest, uint32_t *letter)
{
	uint32_t value, least;
	size_t len = begin_letter(rest->data[0], &value, &least);

	if (len == 0 || len > rest->len)
		return false;
	for (size_t i = 1; i < len; i++) {
		if ((rest->data[i] & 0xc0) != 0x80)
			return false;
		value = value << 6 | (rest->data[i] & 0x3f);
	}
	if (value < least || value > 0x10ffff || value >> 11 == 0xd800 >> 11)
		return false;
	*letter = value;
	*rest = bytes_slice(*rest, len, rest->len);
	return true;
}

enum verdict
utf8_step(struct bytes *rest)
{
	struct bytes after = *rest;
	uint32_t letter;

	if (!utf8_take(&after, &letter))
		return VERDICT_MALFORMED;
	if (!utf8_may_be_written(letter))
		return VERDICT_FORBIDDEN_CHARACTER;
	*rest = after;
	return VERDICT_OK;
}

enum verdict
utf8_check(struct bytes text)
{
	enum verdict v = VERDICT_OK;

	while (v == VERDICT_OK && text.len > 0)
		v = utf8_step(&text);
	return v;
}
