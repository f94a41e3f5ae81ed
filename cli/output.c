#include "cli/output.h"

#include <jansson.h>
#include <stdarg.h>
#include <unistd.h>

#include "ballots/base/coding.h"
#include "cli/complain.h"
#include "cli/plain.h"
#include "cli/table.h"

#define BAR_WIDTH 40

void
output_begin(struct output *out, FILE *stream, bool json)
{
	*out = (struct output){.stream = stream, .json = json};
	out->document = json ? json_object() : NULL;
}

static void
print_document(struct output *out, size_t flags)
{
	json_dumpf(out->document, out->stream, flags | JSON_ENSURE_ASCII);
	putc('\n', out->stream);
	json_decref(out->document);
}

/* Print the object on a line of its own, unless there is nothing in it. */
static void
print_line(struct output *out)
{
	if (json_object_size(out->document) > 0)
		print_document(out, JSON_COMPACT);
	else
		json_decref(out->document);
}

static void
give_error(struct output *out)
{
	const char *sentence, *hint;
	enum complain_status status = complain_last(&sentence, &hint);
	struct output inner;

	if (status == COMPLAIN_NONE)
		return;
	output_begin(&inner, out->stream, true);
	output_give_number(&inner, "status", status);
	output_give_string(&inner, "sentence", sentence);
	output_give_string(&inner, "hint", hint);
	/* A no is an answer like another. */
	output_give_take(
		out, status == COMPLAIN_NO ? "no" : "error", inner.document);
}

int
output_end(struct output *out)
{
	if (out->json) {
		give_error(out);
		if (out->many)
			print_line(out);
		else
			print_document(out, JSON_INDENT(2));
	}
	out->document = NULL;
	if (fflush(out->stream) != 0 || ferror(out->stream))
		return complain_cannot("Is the disk full, or the reader gone?",
			"Not all of the answer could be written.");
	return 0;
}

void
output_flush(struct output *out)
{
	if (out->json) {
		print_line(out);
		out->document = json_object();
		out->many = true;
	}
	out->gave_next = false;
	fflush(out->stream);
}

/* Format into w; long texts do not come this way. */
static void __attribute__((format(printf, 2, 0)))
format_into(struct writer *w, const char *format, va_list args)
{
	char text[4000];

	vsnprintf(text, sizeof(text), format, args);
	plain_put_safe(w, bytes_of_string(text));
}

void
output_line(struct output *out, const char *format, ...)
{
	struct writer line = {0};
	va_list args;

	if (out->json)
		return;
	va_start(args, format);
	format_into(&line, format, args);
	va_end(args);
	fprintf(out->stream, "%s\n", writer_string(&line));
	writer_clear(&line);
}

void
output_lines(struct output *out, struct bytes lines)
{
	struct writer safe = {0};

	if (out->json)
		return;
	plain_put_safe_lines(&safe, lines);
	fputs(writer_string(&safe), out->stream);
	writer_clear(&safe);
}

/* An empty view may have no address, which the library does not take. */
static void
put_bytes(struct output *out, struct bytes b)
{
	if (b.len > 0)
		fwrite(b.data, 1, b.len, out->stream);
}

void
output_program(struct output *out, const char *name, struct bytes b)
{
	if (out->json)
		output_give_text(out, name, b);
	else
		put_bytes(out, b);
}

void
output_text(struct output *out, struct bytes text)
{
	while (!out->json && text.len > 0) {
		struct bytes line = bytes_cut(&text, '\n');
		struct writer safe = {0}, wrapped = {0};

		plain_put_safe_lines(&safe, line);
		plain_put_wrapped(&wrapped, writer_view(&safe), 0, 76);
		line = writer_view(&wrapped);
		do {
			struct bytes part = bytes_cut(&line, '\n');

			fputs("  | ", out->stream);
			put_bytes(out, part);
			putc('\n', out->stream);
		} while (line.len > 0);
		writer_clear(&safe);
		writer_clear(&wrapped);
	}
}

void
output_give_take(struct output *out, const char *name, struct json_t *value)
{
	if (out->json)
		json_object_set_new(out->document, name, value);
	else
		json_decref(value);
}

void
output_give_text(struct output *out, const char *name, struct bytes text)
{
	struct json_t *value = json_stringn((const char *)text.data, text.len);

	if (value == NULL) { /* not UTF-8 */
		struct writer safe = {0};

		plain_put_safe_lines(&safe, text);
		value = json_string(writer_string(&safe));
		writer_clear(&safe);
	}
	output_give_take(out, name, value);
}

void
output_give_string(struct output *out, const char *name, const char *s)
{
	output_give_text(out, name, bytes_of_string(s));
}

void
output_give_number(struct output *out, const char *name, uint64_t n)
{
	output_give_take(out, name, json_integer((json_int_t)n));
}

void
output_give_bool(struct output *out, const char *name, bool value)
{
	output_give_take(out, name, json_boolean(value));
}

void
output_give_hex(struct output *out, const char *name, struct bytes b)
{
	struct writer hex = {0};

	coding_put_hex(&hex, b);
	output_give_text(out, name, writer_view(&hex));
	writer_clear(&hex);
}

static void
next_for_programs(struct output *out, const char *what)
{
	struct json_t *list = json_object_get(out->document, "next");

	if (list == NULL) {
		list = json_array();
		json_object_set_new(out->document, "next", list);
	}
	json_array_append_new(list, json_string(what));
}

void
output_give_value(struct output *out, const char *name, const json_t *value)
{
	if (out->document != NULL && value != NULL)
		output_give_take(out, name, json_deep_copy(value));
}

void
output_next(struct output *out, const char *format, ...)
{
	struct writer line = {0};
	va_list args;

	va_start(args, format);
	format_into(&line, format, args);
	va_end(args);
	if (out->json)
		next_for_programs(out, writer_string(&line));
	else
		fprintf(out->stream, "%s %s\n",
			out->gave_next ? "     " : "Next:",
			writer_string(&line));
	out->gave_next = true;
	writer_clear(&line);
}

void
output_progress(const char *what, uint64_t done, uint64_t whole)
{
	static uint64_t shown = UINT64_MAX;
	uint64_t percent = whole == 0 ? 100 : done * 100 / whole;
	struct writer bar = {0};

	if (percent == shown || !isatty(STDERR_FILENO))
		return;
	if (done >= whole) {
		if (shown != UINT64_MAX)
			fprintf(stderr, "\r%79s\r", "");
		shown = UINT64_MAX;
		return;
	}
	shown = percent;
	table_put_bar(&bar, done, whole, BAR_WIDTH);
	fprintf(stderr, "\r%-24.24s [%s] %3u%%", what, writer_string(&bar),
		(unsigned)percent);
	writer_clear(&bar);
}
