#include "cli/names.h"

#include <string.h>

#include "ballots/base/reader.h"
#include "cli/plain.h"

#define COUNTING_LETTERS BYTES("PMAGQCTDR#")
#define COUNTING_MOST    99999999 /* 8 digits: never taken for a prefix */

static uint8_t
upper(uint8_t c)
{
	return c >= 'a' && c <= 'z' ? (uint8_t)(c - 'a' + 'A') : c;
}

static int
digit_value(uint8_t c)
{
	c = upper(c);
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool
parse_hex(struct bytes text, struct names_name *out)
{
	if (text.len < NAMES_PREFIX_LEAST || text.len > 2 * CRYPT_HASH)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (digit_value(text.data[i]) < 0)
			return false;
	for (size_t i = 0; i < text.len; i++)
		out->id[i / 2] |= (uint8_t)(digit_value(text.data[i])
					    << (i % 2 == 0 ? 4 : 0));
	out->n_digits = text.len;
	out->form = text.len == 2 * CRYPT_HASH ? NAMES_ID : NAMES_PREFIX;
	return true;
}

static bool
parse_counting(struct bytes text, struct names_name *out)
{
	struct bytes digits = bytes_slice(text, 1, text.len);
	uint8_t letter = text.len == 0 ? 0 : upper(text.data[0]);

	if (bytes_find(COUNTING_LETTERS, letter) == COUNTING_LETTERS.len ||
		!reader_decimal(digits, COUNTING_MOST, &out->number) ||
		out->number == 0)
		return false;
	out->letter = (char)letter;
	out->form = NAMES_COUNTING;
	return true;
}

/* A petname shows on a terminal as it is, and cannot be split or lost. */
static bool
is_petname(struct bytes text)
{
	return text.len > 0 && text.len <= NAMES_PETNAME_MOST &&
	       plain_is_safe(text) && text.data[0] != ' ' &&
	       text.data[0] != '-' && text.data[text.len - 1] != ' ';
}

struct names_name
names_parse(struct bytes text)
{
	struct names_name name = {.form = NAMES_BAD};

	if (bytes_equal(text, BYTES("me"))) {
		name.form = NAMES_ME;
	} else if (!parse_hex(text, &name) && !parse_counting(text, &name) &&
		   is_petname(text)) {
		name.form = NAMES_PETNAME;
		name.petname = text;
	}
	return name;
}

bool
names_matches(
	const struct names_name *name, const uint8_t id[static CRYPT_HASH])
{
	size_t whole = name->n_digits / 2;

	return memcmp(name->id, id, whole) == 0 &&
	       (name->n_digits % 2 == 0 ||
		       name->id[whole] == (id[whole] & 0xf0));
}
