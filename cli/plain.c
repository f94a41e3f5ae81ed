#define _XOPEN_SOURCE 700 /* wcwidth */
#include "cli/plain.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "ballots/base/utf8.h"

#define BAD_BYTE    ((uint32_t)-1)
#define WORD_LENGTH 40 /* letters that plain_distance looks at */

/* Take one letter off the front of *rest, or one byte that is none. */
static uint32_t
take(struct bytes *rest)
{
	uint32_t letter = BAD_BYTE;

	if (!utf8_take(rest, &letter))
		*rest = bytes_slice(*rest, 1, rest->len);
	return letter;
}

/* Letters that hide, beside those that nobody may write (utf8.h). */
static const struct {
	uint32_t first;
	uint32_t last;
} hidden[] = {
	{'\t', '\n'}, {0x00ad, 0x00ad}, /* soft hyphen */
	{0x180e, 0x180e},               /* vowel separator */
	{0x200b, 0x200b},               /* zero width space */
	{0x2060, 0x206f},               /* invisible operators */
	{0xfeff, 0xfeff},               /* byte order mark */
	{0xfff9, 0xfffb},               /* annotations */
	{0xe0000, 0xe0fff},             /* tags */
};

static bool
is_hidden(uint32_t c)
{
	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		if (c >= hidden[i].first && c <= hidden[i].last)
			return true;
	return c == BAD_BYTE || !utf8_may_be_written(c);
}

/* Append the character c that stands at the front of from, made visible. */
static void
put_visible(struct writer *w, uint32_t c, struct bytes from)
{
	char escape[16];

	if (c == BAD_BYTE)
		snprintf(escape, sizeof(escape), "\\x%02x", from.data[0]);
	else
		snprintf(escape, sizeof(escape), "\\u{%x}", c);
	writer_put_string(w, escape);
}

static void
put_safe(struct writer *w, struct bytes s, bool many_lines)
{
	while (s.len > 0) {
		struct bytes from = s;
		uint32_t c = take(&s);

		if (many_lines && c == '\n')
			writer_put_u8(w, '\n');
		else if (many_lines && c == '\t')
			writer_put_u8(w, ' ');
		else if (is_hidden(c))
			put_visible(w, c, from);
		else
			writer_put(w, bytes_of(from.data, from.len - s.len));
	}
}

void
plain_put_safe(struct writer *w, struct bytes s)
{
	put_safe(w, s, false);
}

void
plain_put_safe_lines(struct writer *w, struct bytes s)
{
	put_safe(w, s, true);
}

bool
plain_is_safe(struct bytes s)
{
	while (s.len > 0)
		if (is_hidden(take(&s)))
			return false;
	return true;
}

size_t
plain_width(struct bytes s)
{
	static locale_t unicode;
	locale_t before;
	size_t width = 0;

	if (unicode == 0)
		unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", 0);
	before = uselocale(unicode);
	while (s.len > 0) {
		int columns = wcwidth((wchar_t)take(&s));

		width += columns < 0 ? 1 : (size_t)columns;
	}
	uselocale(before);
	return width;
}

void
plain_put_fill(struct writer *w, char c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		writer_put_u8(w, (uint8_t)c);
}

void
plain_put_wrapped(struct writer *w, struct bytes s, size_t indent, size_t width)
{
	size_t used = 0;

	while (s.len > 0) {
		struct bytes word = bytes_cut(&s, ' ');
		size_t columns = plain_width(word);

		if (word.len == 0)
			continue;
		if (used > 0 && used + 1 + columns > width) {
			writer_put_u8(w, '\n');
			plain_put_fill(w, ' ', indent);
			used = 0;
		} else if (used > 0) {
			writer_put_u8(w, ' ');
			used++;
		}
		writer_put(w, word);
		used += columns;
	}
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Damerau's distance, where no letter is moved twice: three rows of a table. */
size_t
plain_distance(struct bytes a, struct bytes b)
{
	size_t rows[3][WORD_LENGTH + 1];

	a = bytes_slice(a, 0, WORD_LENGTH);
	b = bytes_slice(b, 0, WORD_LENGTH);
	for (size_t j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *row = rows[i % 3], *up = rows[(i + 2) % 3];
		size_t *twice_up = rows[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			bool same = a.data[i - 1] == b.data[j - 1];

			row[j] = least(up[j - 1] + !same,
				least(up[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] &&
				a.data[i - 2] == b.data[j - 1])
				row[j] = least(row[j], twice_up[j - 2] + 1);
		}
	}
	return rows[a.len % 3][b.len];
}
