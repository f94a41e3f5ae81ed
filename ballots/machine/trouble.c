#include "ballots/machine/trouble.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void
print(const char *sentence)
{
	fprintf(stderr, "%s\n", sentence);
}

static trouble_teller *current = print;

void
trouble_tell_to(trouble_teller *teller)
{
	current = teller != NULL ? teller : print;
}

int
trouble_say(const char *format, ...)
{
	char sentence[1000];
	va_list args;

	va_start(args, format);
	vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	current(sentence);
	return -1;
}

int
trouble_errno(const char *what, const char *name)
{
	int reason = errno;

	trouble_say("%s %s: %s", what, name, strerror(reason));
	errno = reason;
	return -1;
}
