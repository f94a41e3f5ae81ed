#include "ballots/base/coding.h"

#include <string.h>

#define DID_PREFIX BYTES("did:key:z")
#define DID_BYTES  34 /* ed 01 and the key */

static const char base58_digits[] =
	"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

static const char hex_digits[] = "0123456789abcdef";
static const char base64_digits[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* What each digit stands for, plus 1; 0 for what is no digit. */
/* clang-format off */
static const uint8_t hex_values[256] = {
	['0'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
	['a'] = 11, 12, 13, 14, 15, 16,
};
static const uint8_t base64_values[256] = {
	['A'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
	14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
	['a'] = 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39,
	40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52,
	['0'] = 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
	['+'] = 63, ['/'] = 64,
};
/* clang-format on */

static bool
all_digits(struct bytes text, const uint8_t values[static 256])
{
	bool all = true;

	for (size_t i = 0; i < text.len; i++)
		all &= values[text.data[i]] != 0;
	return all;
}

void
coding_put_hex(struct writer *w, struct bytes b)
{
	for (size_t i = 0; i < b.len; i++) {
		writer_put_u8(w, (uint8_t)hex_digits[b.data[i] >> 4]);
		writer_put_u8(w, (uint8_t)hex_digits[b.data[i] & 15]);
	}
}

bool
coding_read_hex(struct bytes text, uint8_t *out, size_t len)
{
	if (text.len != 2 * len || !all_digits(text, hex_values))
		return false;
	for (size_t i = 0; i < len; i++)
		out[i] = (uint8_t)((hex_values[text.data[2 * i]] - 1) << 4 |
				   (hex_values[text.data[2 * i + 1]] - 1));
	return true;
}

void
coding_put_base64(struct writer *w, struct bytes b)
{
	for (size_t i = 0; i < b.len; i += 3) {
		size_t n = b.len - i < 3 ? b.len - i : 3;
		uint32_t bits = 0;

		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 | (k < n ? b.data[i + k] : 0);
		for (size_t k = 0; k < 4; k++, bits <<= 6)
			writer_put_u8(w,
				k > n ? '='
				      : (uint8_t)
						base64_digits[bits >> 18 & 63]);
	}
}

/* True for canonical base64; *len is the number of bytes it stands for. */
static bool
measure_base64(struct bytes text, size_t *len)
{
	static const uint8_t spare_bits[] = {0, 3, 15};
	size_t pad = 0;

	if (text.len % 4 != 0)
		return false;
	while (pad < 2 && pad < text.len &&
		text.data[text.len - 1 - pad] == '=')
		pad++;
	*len = text.len / 4 * 3 - pad;
	text.len -= pad;
	return all_digits(text, base64_values) &&
	       (pad == 0 || ((base64_values[text.data[text.len - 1]] - 1) &
				    spare_bits[pad]) == 0);
}

/* The len bytes of text, which was measured. */
static void
decode_base64(struct bytes text, uint8_t *out, size_t len)
{
	const uint8_t *digit = text.data;

	for (size_t i = 0; i < len; i += 3) {
		uint32_t bits = 0;

		/* A padding '=' only fills bits that are not looked at. */
		for (size_t k = 0; k < 4; k++)
			bits = bits << 6 | ((base64_values[*digit++] - 1) & 63);
		for (size_t k = 0; k < 3 && i + k < len; k++)
			out[i + k] = (uint8_t)(bits >> (16 - 8 * k));
	}
}

bool
coding_read_base64_upto(
	struct bytes text, uint8_t *out, size_t max, size_t *len)
{
	size_t n;

	if (!measure_base64(text, &n) || n > max)
		return false;
	decode_base64(text, out, n);
	*len = n;
	return true;
}

bool
coding_read_base64(struct bytes text, uint8_t *out, size_t len)
{
	size_t n;

	if (!measure_base64(text, &n) || n != len)
		return false;
	decode_base64(text, out, n);
	return true;
}

void
coding_put_did(struct writer *w, const uint8_t key[static 32])
{
	uint8_t number[DID_BYTES] = {0xed, 0x01};
	char text[CODING_DID];
	size_t at = sizeof(text);

	/* Divide the big-endian number by 58; the first byte is not zero. */
	memcpy(number + 2, key, 32);
	for (size_t first = 0; first < DID_BYTES;) {
		unsigned rest = 0;

		for (size_t i = first; i < DID_BYTES; i++) {
			rest = rest << 8 | number[i];
			number[i] = (uint8_t)(rest / 58);
			rest %= 58;
		}
		text[--at] = base58_digits[rest];
		while (first < DID_BYTES && number[first] == 0)
			first++;
	}
	writer_put(w, DID_PREFIX);
	writer_put(w, bytes_of(text + at, sizeof(text) - at));
}

/* number = number * 58 + digit; false when it outgrows its bytes. */
static bool
shift_in(uint8_t number[static DID_BYTES], unsigned digit)
{
	unsigned carry = digit;

	for (size_t i = DID_BYTES; i-- > 0;) {
		carry += 58u * number[i];
		number[i] = (uint8_t)carry;
		carry >>= 8;
	}
	return carry == 0;
}

bool
coding_read_did(struct bytes text, uint8_t key[static 32])
{
	uint8_t number[DID_BYTES] = {0};

	if (text.len != CODING_DID || !bytes_start_with(text, DID_PREFIX))
		return false;
	for (size_t i = DID_PREFIX.len; i < text.len; i++) {
		const char *digit =
			text.data[i] == 0 ? NULL
					  : strchr(base58_digits, text.data[i]);

		if (digit == NULL ||
			!shift_in(number, (unsigned)(digit - base58_digits)))
			return false;
	}
	if (number[0] != 0xed || number[1] != 0x01)
		return false;
	memcpy(key, number + 2, 32);
	return true;
}
