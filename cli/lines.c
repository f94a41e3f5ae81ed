#include "cli/lines.h"

#include <stdarg.h>
#include <stdio.h>

#include "cli/when.h"

#define LINE_BYTES 1000

void
lines_put(struct desk *d, int width, const char *label, const char *format, ...)
{
	char text[LINE_BYTES];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	output_line(d->out, "%-*s %s", width, label, text);
}

void
lines_text(struct desk *d, int width, const char *label, struct bytes text)
{
	output_line(d->out, "%-*s %.*s", width, label, (int)text.len,
		(const char *)text.data);
}

void
lines_put_time(struct desk *d, uint64_t at_s, struct writer *out)
{
	when_put(out, at_s);
	writer_put_string(out, ", ");
	when_put_distance(out, at_s, d->now_s);
}

void
lines_time(struct desk *d, int width, const char *label, uint64_t at_s)
{
	struct writer line = {0};

	if (at_s == 0)
		return;
	lines_put_time(d, at_s, &line);
	lines_text(d, width, label, writer_view(&line));
	writer_clear(&line);
}

void
lines_members(
	struct desk *d, int width, const char *label, struct wire_value list)
{
	size_t n = wire_count(list, 0, LIMIT_MEMBERS);
	struct writer line = {0};

	for (size_t i = 0; i < n; i++) {
		uint8_t id[CRYPT_HASH];

		wire_id(wire_at(list, i), id);
		writer_put_string(&line, i == 0 ? "" : ", ");
		subject_put_member(d, id, &line);
	}
	if (n > 0)
		lines_text(d, width, label, writer_view(&line));
	writer_clear(&line);
}

uint64_t
lines_number(struct wire_value object, const char *name)
{
	return (uint64_t)wire_int(wire_get(object, name), 0, LIMIT_JSON_INT);
}
