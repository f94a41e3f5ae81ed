#include "ballots/file/scan.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ballots/base/utf8.h"

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* True when the eight bytes at p are ASCII from U+0020 to U+007F. */
static bool
plain_eight(const uint8_t *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return ((word | (word - 0x2020202020202020u)) & 0x8080808080808080u) ==
	       0;
}

static bool
is_plain(uint8_t c)
{
	return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t';
}

static void
check_characters(struct scan *t)
{
	struct bytes rest = {t->at, (size_t)(t->end - t->at)};

	while (rest.len > 0 && !t->failed) {
		if (rest.len >= 8 && plain_eight(rest.data)) {
			rest = (struct bytes){rest.data + 8, rest.len - 8};
			continue;
		}
		if (is_plain(rest.data[0])) {
			rest = (struct bytes){rest.data + 1, rest.len - 1};
			continue;
		}
		if (bytes_start_with(rest, BYTES("\r\n"))) {
			rest = bytes_of(rest.data + 2, rest.len - 2);
			continue;
		}
		if (rest.data[0] == '\r')
			scan_fail(t, rest.data, "LF or CR LF, not CR alone");
		else if (utf8_step(&rest) != VERDICT_OK)
			scan_fail(t, rest.data,
				"UTF-8 without control characters");
	}
}

struct scan
scan_of(struct bytes all)
{
	struct scan t = {.all = all};

	t.at = bytes_start_with(all, BYTES("\xef\xbb\xbf")) ? all.data + 3
							    : all.data;
	t.end = scan_behind(all);
	check_characters(&t);
	return t;
}

bool
scan_failed(const struct scan *t)
{
	return t->failed;
}

bool
scan_ended(const struct scan *t)
{
	return t->at == t->end;
}

void
scan_fail(struct scan *t, const uint8_t *where, const char *expected, ...)
{
	const uint8_t *p = t->all.data;
	va_list args;

	if (t->failed)
		return;
	t->failed = true;
	t->at = t->end;
	t->fault = (struct file_fault){.line = 1, .column = 1};
	if (bytes_start_with(t->all, BYTES("\xef\xbb\xbf")))
		p += 3;
	for (; p < where; p++) {
		if (*p == '\n') {
			t->fault.line++;
			t->fault.column = 1;
		} else if ((*p & 0xc0) != 0x80) {
			t->fault.column++;
		}
	}
	va_start(args, expected);
	vsnprintf(t->fault.expected, sizeof(t->fault.expected), expected, args);
	va_end(args);
}

struct bytes
scan_line(struct scan *t)
{
	size_t left = (size_t)(t->end - t->at);
	const uint8_t *lf = left == 0 ? NULL : memchr(t->at, '\n', left);
	struct bytes line = {t->at, lf == NULL ? left : (size_t)(lf - t->at)};

	t->at = lf == NULL ? t->end : lf + 1;
	if (line.len > 0 && line.data[line.len - 1] == '\r')
		line.len--;
	return line;
}

struct bytes
scan_full_line(struct scan *t)
{
	struct bytes line = {t->at, 0};

	while (!scan_ended(t)) {
		line = scan_line(t);
		if (scan_trim(line).len > 0)
			return line;
	}
	return bytes_of(t->end, 0);
}

/* The closing quotation mark of the cell that opens at p; NULL if none. */
static const uint8_t *
closing_mark(const struct scan *t, const uint8_t *p)
{
	while (++p < t->end) {
		p = memchr(p, '"', (size_t)(t->end - p));
		if (p == NULL || p + 1 == t->end || p[1] != '"')
			return p;
		p++; /* two marks are one */
	}
	return NULL;
}

/* Take white space and the separator or line end behind a cell. */
static bool
cell_ends(struct scan *t, uint8_t separator, bool *last)
{
	while (t->at < t->end && (*t->at == ' ' || *t->at == '\r' ||
					 (*t->at == '\t' && separator != '\t')))
		t->at++;
	*last = t->at == t->end || *t->at == '\n';
	if (!*last && *t->at != separator)
		return false;
	if (t->at < t->end)
		t->at++;
	return true;
}

static struct scan_cell
quoted_cell(struct scan *t, uint8_t separator)
{
	const uint8_t *from = t->at;
	const uint8_t *to = closing_mark(t, from);
	struct scan_cell cell = {{from, 0}, true, true};

	if (to == NULL) {
		scan_fail(t, from, "a quotation mark that is closed again");
		return cell;
	}
	t->at = to + 1;
	if (!cell_ends(t, separator, &cell.last)) {
		scan_fail(t, t->at, "'%c' or the end of the line", separator);
		cell.last = true;
		return cell;
	}
	cell.text.len = (size_t)(to + 1 - from);
	return cell;
}

struct scan_cell
scan_cell(struct scan *t, uint8_t separator)
{
	struct scan_cell cell = {{t->at, 0}, false, true};
	const uint8_t *p;

	while (t->at < t->end && *t->at == ' ')
		t->at++;
	if (t->at < t->end && *t->at == '"')
		return quoted_cell(t, separator);
	for (p = t->at; p < t->end && *p != separator && *p != '\n';)
		p++;
	cell.text = scan_trim(bytes_of(t->at, (size_t)(p - t->at)));
	t->at = p;
	cell_ends(t, separator, &cell.last);
	return cell;
}

void
scan_unquote(struct scan_cell cell, struct writer *w)
{
	struct bytes rest = cell.text;

	if (!cell.quoted) {
		writer_put(w, rest);
		return;
	}
	rest = bytes_slice(rest, 1, rest.len - 2);
	while (rest.len > 0) {
		bool marked = bytes_find(rest, '"') < rest.len;

		writer_put(w, bytes_cut(&rest, '"'));
		if (marked)
			writer_put_u8(w, '"');
		scan_take(&rest, '"');
	}
}

struct bytes
scan_word(struct bytes *line)
{
	size_t from = 0, to;
	struct bytes word;

	while (from < line->len && is_blank(line->data[from]))
		from++;
	for (to = from; to < line->len && !is_blank(line->data[to]);)
		to++;
	word = bytes_of(line->data + from, to - from);
	*line = bytes_of(line->data + to, line->len - to);
	return word;
}

uint64_t
scan_number(struct scan *t, struct bytes *rest, uint64_t min, uint64_t max,
	const char *what)
{
	uint64_t value = 0;
	size_t i = 0;

	/* 19 digits fit 64 bits; a twentieth is a fault whatever it is. */
	while (i < rest->len && i < 20 && (uint8_t)(rest->data[i] - '0') <= 9)
		value = value * 10 + (uint8_t)(rest->data[i++] - '0');
	if (i == 0 || i == 20 || value < min || value > max) {
		scan_fail(t, rest->data, "%s from %" PRIu64 " to %" PRIu64,
			what, min, max);
		return 0;
	}
	*rest = (struct bytes){rest->data + i, rest->len - i};
	return value;
}

void
scan_compare(struct scan *t, const struct scan_stated *stated, uint64_t found)
{
	if (stated->at != NULL && stated->value != found)
		scan_fail(t, stated->at,
			"%" PRIu64 ", which is what the file holds", found);
}

struct bytes
scan_trim(struct bytes b)
{
	while (b.len > 0 && is_blank(b.data[b.len - 1]))
		b.len--;
	while (b.len > 0 && is_blank(b.data[0]))
		b = bytes_of(b.data + 1, b.len - 1);
	return b;
}

const uint8_t *
scan_behind(struct bytes b)
{
	return b.len == 0 ? b.data : b.data + b.len;
}
