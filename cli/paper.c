#include "cli/paper.h"

#include <string.h>

#include "ballots/base/crypt.h"

#define PURPOSE BYTES("union-paper/v1\n")

enum {
	LINE_BYTES = PAPER_BYTES / PAPER_LINES,
	CHECK_BYTES = 2,
	LINE_DIGITS = (LINE_BYTES + CHECK_BYTES) * 8 / 5,
	GROUP_DIGITS = 4,
};

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Lay out line number line, from 0: its bytes and their check. */
static void
seal_line(const uint8_t *secret, size_t line,
	uint8_t out[static LINE_BYTES + CHECK_BYTES])
{
	struct bytes parts[] = {
		PURPOSE, bytes_of(secret, (line + 1) * LINE_BYTES)};
	uint8_t hash[CRYPT_HASH];

	crypt_hash_parts(parts, 2, hash);
	memcpy(out, secret + line * LINE_BYTES, LINE_BYTES);
	memcpy(out + LINE_BYTES, hash, CHECK_BYTES);
}

void
paper_print(
	const uint8_t secret[static PAPER_BYTES], char out[static PAPER_CHARS])
{
	uint8_t line[LINE_BYTES + CHECK_BYTES];

	for (size_t i = 0; i < PAPER_LINES; i++) {
		seal_line(secret, i, line);
		*out++ = (char)('1' + i);
		*out++ = ':';
		for (size_t d = 0; d < LINE_DIGITS; d++) {
			size_t bit = d * 5;
			unsigned pair = (unsigned)line[bit / 8] << 8;

			if (bit / 8 + 1 < sizeof(line))
				pair |= line[bit / 8 + 1];
			if (d % GROUP_DIGITS == 0)
				*out++ = ' ';
			*out++ = digits[pair >> (11 - bit % 8) & 31];
		}
		*out++ = '\n';
	}
	*out = '\0';
	crypt_wipe(line, sizeof(line));
}

/* The value of a digit as people write it, or -1. */
static int
digit_value(uint8_t c)
{
	const char *digit;

	if (c >= 'a' && c <= 'z')
		c = (uint8_t)(c - 'a' + 'A');
	if (c == 'O')
		c = '0';
	if (c == 'I' || c == 'L')
		c = '1';
	digit = c == 0 ? NULL : strchr(digits, c);
	return digit == NULL ? -1 : (int)(digit - digits);
}

static bool
parse_line(struct bytes text, uint8_t line[static LINE_BYTES + CHECK_BYTES])
{
	size_t n = 0;

	memset(line, 0, LINE_BYTES + CHECK_BYTES);
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = text.data[i];
		int value = digit_value(c);

		if (c == ' ' || c == '-' || c == '\t' || c == '\r')
			continue;
		if (value < 0 || n == LINE_DIGITS)
			return false;
		for (unsigned b = 0; b < 5; b++, value <<= 1)
			if (value & 16)
				line[(n * 5 + b) / 8] |=
					(uint8_t)(128 >> (n * 5 + b) % 8);
		n++;
	}
	return n == LINE_DIGITS;
}

/* The next line that holds something, without its number. */
static struct bytes
take_line(struct bytes *text)
{
	struct bytes line = {0};

	while (line.len == 0 && text->len > 0) {
		size_t colon;

		line = bytes_cut(text, '\n');
		colon = bytes_find(line, ':');
		if (colon < line.len)
			line = bytes_slice(line, colon + 1, line.len);
		if (bytes_equal(line, BYTES("\r")))
			line.len = 0;
	}
	return line;
}

size_t
paper_parse(struct bytes text, uint8_t secret[static PAPER_BYTES])
{
	uint8_t read[LINE_BYTES + CHECK_BYTES], want[sizeof(read)];
	size_t line = 0;
	bool good = true;

	while (good && line < PAPER_LINES) {
		good = parse_line(take_line(&text), read);
		memcpy(secret + line * LINE_BYTES, read, LINE_BYTES);
		seal_line(secret, line, want);
		good = good && crypt_equal(read, want, sizeof(read));
		line += good;
	}
	good = good && take_line(&text).len == 0;
	crypt_wipe(read, sizeof(read));
	crypt_wipe(want, sizeof(want));
	if (!good)
		crypt_wipe(secret, PAPER_BYTES);
	return good ? 0 : line + 1;
}
