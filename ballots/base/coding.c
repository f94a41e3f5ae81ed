#include "ballots/base/coding.h"

#include <assert.h>
#include <string.h>

#define DID_PREFIX BYTES("did:key:z")
#define DID_BYTES  34 /* ed 01 and the key */

static const char base58_digits[] =
	"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

static const char base32_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
static const char hex_digits[] = "0123456789abcdef";
static const char base64_digits[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char base64url_digits[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

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
static const uint8_t base64url_values[256] = {
	['A'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
	14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
	['a'] = 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39,
	40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52,
	['0'] = 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
	['-'] = 63, ['_'] = 64,
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

/* The digits of one alphabet, with padding or without. */
static void
put_base64(struct writer *w, struct bytes b, const char *digits, bool pad)
{
	for (size_t i = 0; i < b.len; i += 3) {
		size_t n = b.len - i < 3 ? b.len - i : 3;
		uint32_t bits = 0;

		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 | (k < n ? b.data[i + k] : 0);
		for (size_t k = 0; k < 4; k++, bits <<= 6)
			if (k <= n)
				writer_put_u8(
					w, (uint8_t)digits[bits >> 18 & 63]);
			else if (pad)
				writer_put_u8(w, '=');
	}
}

void
coding_put_base64(struct writer *w, struct bytes b)
{
	put_base64(w, b, base64_digits, true);
}

void
coding_put_base64url(struct writer *w, struct bytes b)
{
	put_base64(w, b, base64url_digits, false);
}

/*
 * True for digits that are the one text of some bytes; *len is how many bytes
 * they stand for.
 */
static bool
measure_base64(
	struct bytes digits, const uint8_t values[static 256], size_t *len)
{
	static const uint8_t spare_bits[] = {0, 0, 15, 3};
	size_t over = digits.len % 4;

	*len = digits.len / 4 * 3 + (over == 0 ? 0 : over - 1);
	return over != 1 && all_digits(digits, values) &&
	       (over == 0 || ((values[digits.data[digits.len - 1]] - 1) &
				     spare_bits[over]) == 0);
}

/* The same for padded text, whose digits alone are left in *text. */
static bool
measure_padded(struct bytes *text, size_t *len)
{
	size_t pad = 0;

	if (text->len % 4 != 0)
		return false;
	while (pad < 2 && pad < text->len &&
		text->data[text->len - 1 - pad] == '=')
		pad++;
	text->len -= pad;
	return measure_base64(*text, base64_values, len);
}

/* The bytes of digits that were measured. */
static void
decode_base64(
	struct bytes digits, const uint8_t values[static 256], uint8_t *out)
{
	uint32_t bits = 0;
	unsigned n = 0; /* bits that wait */

	for (size_t i = 0; i < digits.len; i++) {
		bits = bits << 6 | (values[digits.data[i]] - 1u);
		n += 6;
		if (n >= 8) {
			n -= 8;
			*out++ = (uint8_t)(bits >> n);
		}
	}
}

bool
coding_read_base64_upto(
	struct bytes text, uint8_t *out, size_t max, size_t *len)
{
	size_t n;

	if (!measure_padded(&text, &n) || n > max)
		return false;
	decode_base64(text, base64_values, out);
	*len = n;
	return true;
}

bool
coding_read_base64(struct bytes text, uint8_t *out, size_t len)
{
	size_t n;

	if (!measure_padded(&text, &n) || n != len)
		return false;
	decode_base64(text, base64_values, out);
	return true;
}

bool
coding_read_base64url_upto(
	struct bytes text, uint8_t *out, size_t max, size_t *len)
{
	size_t n;

	if (!measure_base64(text, base64url_values, &n) || n > max)
		return false;
	decode_base64(text, base64url_values, out);
	*len = n;
	return true;
}

void
coding_put_base32(struct writer *w, struct bytes b)
{
	uint32_t bits = 0;
	unsigned n = 0; /* bits that wait */

	for (size_t i = 0; i < b.len; i++) {
		bits = bits << 8 | b.data[i];
		for (n += 8; n >= 5; n -= 5)
			writer_put_u8(w,
				(uint8_t)base32_digits[bits >> (n - 5) & 31]);
	}
	if (n > 0)
		writer_put_u8(w, (uint8_t)base32_digits[bits << (5 - n) & 31]);
}

/* What a digit stands for; 32 when it is none. */
static uint32_t
base32_value(uint8_t digit)
{
	if (digit >= 'A' && digit <= 'Z')
		return (uint32_t)(digit - 'A');
	return digit >= '2' && digit <= '7' ? (uint32_t)(digit - '2') + 26 : 32;
}

bool
coding_read_base32_upto(
	struct bytes text, uint8_t *out, size_t max, size_t *len)
{
	size_t over = text.len * 5 % 8, n = text.len * 5 / 8;
	uint32_t bits = 0;
	unsigned waiting = 0;

	for (size_t i = 0; i < text.len; i++)
		if (base32_value(text.data[i]) == 32)
			return false;
	if (over >= 5 || n > max ||
		(over > 0 && (base32_value(text.data[text.len - 1]) &
				     ((1u << over) - 1)) != 0))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		bits = bits << 5 | base32_value(text.data[i]);
		waiting += 5;
		if (waiting >= 8) {
			waiting -= 8;
			*out++ = (uint8_t)(bits >> waiting);
		}
	}
	*len = n;
	return true;
}

void
coding_put_base58(struct writer *w, struct bytes b)
{
	uint8_t number[CODING_BASE58_MAX];
	char text[CODING_BASE58(CODING_BASE58_MAX)];
	size_t at = sizeof(text), first = 0;

	assert(b.len <= sizeof(number));
	if (b.len > 0)
		memcpy(number, b.data, b.len);
	for (; first < b.len && number[first] == 0; first++)
		writer_put_u8(w, '1');
	/* Divide the big-endian number by 58, again and again. */
	while (first < b.len) {
		unsigned rest = 0;

		for (size_t i = first; i < b.len; i++) {
			rest = rest << 8 | number[i];
			number[i] = (uint8_t)(rest / 58);
			rest %= 58;
		}
		text[--at] = base58_digits[rest];
		while (first < b.len && number[first] == 0)
			first++;
	}
	writer_put(w, bytes_of(text + at, sizeof(text) - at));
}

/* number = number * 58 + digit; false when it outgrows its bytes. */
static bool
shift_in(uint8_t *number, size_t len, unsigned digit)
{
	unsigned carry = digit;

	for (size_t i = len; i-- > 0;) {
		carry += 58u * number[i];
		number[i] = (uint8_t)carry;
		carry >>= 8;
	}
	return carry == 0;
}

bool
coding_read_base58(struct bytes text, uint8_t *out, size_t len)
{
	uint8_t number[CODING_BASE58_MAX] = {0};
	size_t zeros = 0, ones = 0;

	assert(len <= sizeof(number));
	if (text.len > CODING_BASE58(len))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		const char *digit =
			text.data[i] == 0 ? NULL
					  : strchr(base58_digits, text.data[i]);

		if (digit == NULL || !shift_in(number, len,
					     (unsigned)(digit - base58_digits)))
			return false;
	}
	while (zeros < len && number[zeros] == 0)
		zeros++;
	while (ones < text.len && text.data[ones] == '1')
		ones++;
	if (zeros != ones)
		return false;
	memcpy(out, number, len);
	return true;
}

void
coding_put_did(struct writer *w, const uint8_t key[static 32])
{
	uint8_t coded[DID_BYTES] = {0xed, 0x01};

	memcpy(coded + 2, key, 32);
	writer_put(w, DID_PREFIX);
	coding_put_base58(w, bytes_of(coded, sizeof(coded)));
}

bool
coding_read_did(struct bytes text, uint8_t key[static 32])
{
	uint8_t coded[DID_BYTES];

	if (text.len != CODING_DID || !bytes_skip(&text, DID_PREFIX) ||
		!coding_read_base58(text, coded, sizeof(coded)) ||
		coded[0] != 0xed || coded[1] != 0x01)
		return false;
	memcpy(key, coded + 2, 32);
	return true;
}
