#include "ballots/record/frames.h"

#include "ballots/base/coding.h"
#include "ballots/base/crypt.h"
#include "ballots/base/mem.h"
#include "ballots/base/pack.h"
#include "ballots/base/reader.h"

#define DIGITS 8 /* of the hash */

/* The first digits of the hash, in upper case. */
static void
put_digits(struct bytes capsule, struct writer *out)
{
	uint8_t hash[CRYPT_HASH];
	struct writer hex = {0};

	crypt_hash(capsule, hash);
	coding_put_hex(&hex, bytes_of(hash, DIGITS / 2));
	for (size_t i = 0; i < hex.len; i++)
		writer_put_u8(out, hex.data[i] >= 'a'
					   ? (uint8_t)(hex.data[i] - 'a' + 'A')
					   : hex.data[i]);
	writer_clear(&hex);
}

/* Printing ******************************************************************/

static void
put_frame(struct writer *out, size_t i, size_t n, struct bytes digits,
	struct bytes slice)
{
	writer_put_string(out, FRAMES_MARK);
	writer_put_decimal(out, i);
	writer_put_u8(out, '/');
	writer_put_decimal(out, n);
	writer_put_u8(out, '/');
	writer_put(out, digits);
	writer_put_u8(out, '/');
	writer_put(out, slice);
	writer_put_u8(out, '\n');
}

bool
frames_print(struct bytes capsule, size_t line_max, struct writer *out)
{
	struct writer packed = {0}, text = {0}, digits = {0};
	size_t room = line_max - FRAMES_HEAD, n;

	pack_put(PACK_ZLIB, capsule, &packed);
	coding_put_base32(&text, writer_view(&packed));
	put_digits(capsule, &digits);
	n = (text.len + room - 1) / room;
	for (size_t i = 0; n <= LIMIT_FRAMES && i < n; i++)
		put_frame(out, i + 1, n, writer_view(&digits),
			bytes_slice(writer_view(&text), i * room, room));
	writer_clear(&packed);
	writer_clear(&text);
	writer_clear(&digits);
	return n <= LIMIT_FRAMES;
}

/* Joining *******************************************************************/

/* Slices by their place, from 1; empty: not seen yet.  They borrow the text. */
struct pile {
	size_t n;
	struct bytes digits;
	struct bytes slices[LIMIT_FRAMES + 1];
};

static bool
is_space(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct bytes
trim(struct bytes line)
{
	while (line.len > 0 && is_space(line.data[0]))
		line = bytes_slice(line, 1, line.len);
	while (line.len > 0 && is_space(line.data[line.len - 1]))
		line.len--;
	return line;
}

/* Put one line on the pile; false when it does not belong there. */
static bool
add(struct pile *p, struct bytes line)
{
	struct bytes digits, *slice;
	uint64_t i, n;

	if (!bytes_skip(&line, BYTES(FRAMES_MARK)) ||
		!reader_decimal(bytes_cut(&line, '/'), LIMIT_FRAMES, &i) ||
		!reader_decimal(bytes_cut(&line, '/'), LIMIT_FRAMES, &n))
		return false;
	digits = bytes_cut(&line, '/');
	if (i == 0 || i > n || digits.len != DIGITS || line.len == 0)
		return false;
	if (p->n == 0) {
		p->n = (size_t)n;
		p->digits = digits;
	}
	slice = &p->slices[i];
	if (p->n != n || !bytes_equal(p->digits, digits) ||
		(slice->len > 0 && !bytes_equal(*slice, line)))
		return false;
	*slice = line;
	return true;
}

/* Put the slices in a row. */
static enum verdict
join(const struct pile *p, struct writer *base32)
{
	for (size_t i = 1; i <= p->n; i++) {
		if (p->slices[i].len == 0)
			return VERDICT_TOO_FEW;
		writer_put(base32, p->slices[i]);
	}
	return p->n == 0 ? VERDICT_MALFORMED : VERDICT_OK;
}

static enum verdict
unpack(struct bytes base32, struct writer *capsule)
{
	uint8_t *packed = mem_new(base32.len);
	enum verdict v = VERDICT_MALFORMED;
	size_t len;

	if (coding_read_base32_upto(base32, packed, base32.len, &len))
		v = pack_open(PACK_ZLIB, bytes_of(packed, len),
			LIMIT_CAPSULE_BYTES, capsule);
	mem_free(packed);
	return v;
}

static enum verdict
open_pile(const struct pile *p, struct writer *out)
{
	struct writer base32 = {0}, capsule = {0}, digits = {0};
	enum verdict v = join(p, &base32);

	if (v == VERDICT_OK)
		v = unpack(writer_view(&base32), &capsule);
	if (v == VERDICT_OK) {
		put_digits(writer_view(&capsule), &digits);
		if (!bytes_equal(writer_view(&digits), p->digits))
			v = VERDICT_MALFORMED;
	}
	if (v == VERDICT_OK)
		writer_put(out, writer_view(&capsule));
	writer_clear(&base32);
	writer_clear(&capsule);
	writer_clear(&digits);
	return v;
}

enum verdict
frames_join(struct bytes text, struct writer *out)
{
	struct pile *p = mem_new(sizeof(*p));
	enum verdict v = VERDICT_OK;

	if (text.len > LIMIT_FRAMES_BYTES)
		v = VERDICT_TOO_LARGE;
	while (v == VERDICT_OK && text.len > 0) {
		struct bytes line = trim(bytes_cut(&text, '\n'));

		if (line.len > 0 && !add(p, line))
			v = VERDICT_MALFORMED;
	}
	if (v == VERDICT_OK)
		v = open_pile(p, out);
	mem_free(p);
	return v;
}
