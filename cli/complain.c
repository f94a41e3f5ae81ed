#include "cli/complain.h"

#include <stdarg.h>
#include <stdio.h>

#include "cli/plain.h"

static struct {
	enum complain_status status;
	char sentence[1000];
	char hint[400];
} last;

/* Print text on standard error, safe and wrapped, behind a first word. */
static void
print(const char *first, const char *text)
{
	struct writer safe = {0}, lines = {0};

	writer_put_string(&lines, first);
	plain_put_safe(&safe, bytes_of_string(text));
	plain_put_wrapped(&lines, writer_view(&safe), 7, 72);
	fprintf(stderr, "%s\n", writer_string(&lines));
	writer_clear(&safe);
	writer_clear(&lines);
}

static int
keep(enum complain_status status, const char *hint, const char *format,
	va_list args)
{
	last.status = status;
	vsnprintf(last.sentence, sizeof(last.sentence), format, args);
	snprintf(last.hint, sizeof(last.hint), "%s", hint);
	print("union: ", last.sentence);
	if (last.hint[0] != '\0')
		print("       ", last.hint);
	return -1;
}

int
complain_no(const char *hint, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	keep(COMPLAIN_NO, hint, format, args);
	va_end(args);
	return -1;
}

int
complain_usage(const char *hint, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	keep(COMPLAIN_USAGE, hint, format, args);
	va_end(args);
	return -1;
}

int
complain_cannot(const char *hint, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	keep(COMPLAIN_CANNOT, hint, format, args);
	va_end(args);
	return -1;
}

void
complain_trouble(const char *sentence)
{
	complain_cannot("", "%s", sentence);
}

enum complain_status
complain_last(const char **sentence, const char **hint)
{
	*sentence = last.sentence;
	*hint = last.hint;
	return last.status;
}
