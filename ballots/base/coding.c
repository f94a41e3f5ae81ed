#include "ballots/base/coding.h"

#include <sodium.h>
#include <string.h>

#include "ballots/base/mem.h"

#define DID_PREFIX BYTES("did:key:z")
#define DID_BYTES  34 /* ed 01 and the key */

static const char base58_digits[] =
	"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

void
coding_put_hex(struct writer *w, struct bytes b)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < b.len; i++) {
		writer_put_u8(w, (uint8_t)digits[b.data[i] >> 4]);
		writer_put_u8(w, (uint8_t)digits[b.data[i] & 15]);
	}
}

/* The value of a lower-case hex digit, or -1. */
static int
hex_value(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

bool
coding_read_hex(struct bytes text, uint8_t *out, size_t len)
{
	if (text.len != 2 * len)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (hex_value(text.data[i]) < 0)
			return false;
	for (size_t i = 0; i < len; i++)
		out[i] = (uint8_t)(hex_value(text.data[2 * i]) << 4 |
				   hex_value(text.data[2 * i + 1]));
	return true;
}

void
coding_put_base64(struct writer *w, struct bytes b)
{
	size_t need = sodium_base64_encoded_len(
		b.len, sodium_base64_VARIANT_ORIGINAL);

	w->data = mem_grow(w->data, &w->cap, w->len + need, 1);
	sodium_bin2base64((char *)w->data + w->len, need, b.data, b.len,
		sodium_base64_VARIANT_ORIGINAL);
	w->len += need - 1;
}

bool
coding_read_base64_upto(
	struct bytes text, uint8_t *out, size_t max, size_t *len)
{
	size_t most = text.len / 4 * 3;
	uint8_t *read;
	size_t n;
	bool ok;

	if (text.len % 4 != 0)
		return false;
	read = mem_new(most);
	ok = sodium_base642bin(read, most, (const char *)text.data, text.len,
		     NULL, &n, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
	     n <= max;
	if (ok) {
		memcpy(out, read, n);
		*len = n;
	}
	mem_free(read);
	return ok;
}

bool
coding_read_base64(struct bytes text, uint8_t *out, size_t len)
{
	uint8_t read[66];
	size_t n;

	if (len > 64 || text.len != (len + 2) / 3 * 4 ||
		sodium_base642bin(read, sizeof(read), (const char *)text.data,
			text.len, NULL, &n, NULL,
			sodium_base64_VARIANT_ORIGINAL) != 0 ||
		n != len)
		return false;
	memcpy(out, read, len);
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
