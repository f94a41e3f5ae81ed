#include "ballots/record/text.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/utf8.h"
#include "ballots/record/fields.h"

enum verdict
text_check(struct bytes text)
{
	if (text.len > LIMIT_TEXT_BYTES)
		return VERDICT_TOO_LARGE;
	return text.len == 0 ? VERDICT_MALFORMED : utf8_check(text);
}

void
text_hash(const uint8_t salt[static LIMIT_TEXT_SALT], struct bytes text,
	uint8_t out[static CRYPT_HASH])
{
	const struct bytes parts[] = {
		BYTES("union-text/v1\n"),
		bytes_of(salt, LIMIT_TEXT_SALT),
		text,
	};

	crypt_hash_parts(parts, 3, out);
}

bool
text_among(struct bytes texts, const uint8_t hash[static CRYPT_HASH],
	struct bytes lang)
{
	struct fields f = fields_of_list(texts, 0, LIMIT_TEXTS);
	uint8_t its[CRYPT_HASH];

	while (fields_more(&f)) {
		struct bytes tag;

		fields_object(&f, NULL);
		fields_base64(&f, "hash", its, CRYPT_HASH);
		tag = fields_word(&f, "lang");
		fields_end(&f);
		if (!f.bad && memcmp(its, hash, CRYPT_HASH) == 0 &&
			bytes_equal(tag, lang))
			return true;
	}
	return false;
}

static bool
part_ok(struct bytes part, bool digits)
{
	for (size_t i = 0; i < part.len; i++) {
		uint8_t c = part.data[i];
		uint8_t lower = c | 0x20;

		if ((lower < 'a' || lower > 'z') &&
			!(digits && c >= '0' && c <= '9'))
			return false;
	}
	return part.len >= 1 && part.len <= 8;
}

bool
text_language_ok(struct bytes tag)
{
	bool ok = tag.len > 0 && tag.len <= LIMIT_LANG_BYTES &&
		  tag.data[tag.len - 1] != '-' &&
		  part_ok(bytes_cut(&tag, '-'), false);

	while (ok && tag.len > 0)
		ok = part_ok(bytes_cut(&tag, '-'), true);
	return ok;
}

/*
 * Quotes inside strings are escaped, so in canonical JSON these bytes are an
 * object with hash and lang and nothing else, which is a text.
 */
static bool
read_reference(struct bytes at, uint8_t hash[static CRYPT_HASH])
{
	struct bytes digits;

	if (!bytes_skip(&at, BYTES("{\"hash\":\"")))
		return false;
	digits = bytes_slice(at, 0, CODING_BASE64_32);
	at = bytes_slice(at, digits.len, at.len);
	return bytes_start_with(at, BYTES("\",\"lang\":\"")) &&
	       coding_read_base64(digits, hash, CRYPT_HASH);
}

bool
text_next(struct bytes *rest, uint8_t hash[static CRYPT_HASH])
{
	while (rest->len > 0) {
		size_t at = bytes_find(*rest, '{');
		struct bytes object = bytes_slice(*rest, at, rest->len);

		*rest = bytes_slice(*rest, at + 1, rest->len);
		if (read_reference(object, hash))
			return true;
	}
	return false;
}
