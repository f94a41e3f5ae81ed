#include "daemon/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballots/base/writer.h"
#include "ballots/machine/clock.h"

enum { LINE_BYTES = 1000 };

static const char *const level_names[] = {
	[LOG_ERROR] = "error",
	[LOG_WARNING] = "warning",
	[LOG_INFO] = "info",
	[LOG_DEBUG] = "debug",
};

static enum log_level most = LOG_INFO;

void
log_set_level(enum log_level level)
{
	most = level;
}

/* systemd names the device and inode of the journal that it connected. */
static bool
to_journal(void)
{
	const char *named = getenv("JOURNAL_STREAM");
	char here[64];
	struct stat st;

	if (named == NULL || fstat(STDERR_FILENO, &st) != 0)
		return false;
	snprintf(here, sizeof(here), "%ju:%ju", (uintmax_t)st.st_dev,
		(uintmax_t)st.st_ino);
	return bytes_equal(bytes_of_string(named), bytes_of_string(here));
}

static void
put_front(struct writer *w, enum log_level level)
{
	if (to_journal()) {
		writer_put_string(w, "<");
		writer_put_decimal(w, level);
		writer_put_string(w, ">");
		return;
	}
	clock_put_utc(w, clock_now_s());
	writer_put_string(w, " ");
	writer_put_string(w, level_names[level]);
	writer_put_string(w, " ");
}

void
log_event(enum log_level level, const char *format, ...)
{
	char event[LINE_BYTES];
	struct writer w = {0};
	va_list args;

	if (level > most)
		return;
	va_start(args, format);
	vsnprintf(event, sizeof(event), format, args);
	va_end(args);
	for (char *c = event; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = '?';
	put_front(&w, level);
	writer_put_string(&w, event);
	writer_put_string(&w, "\n");
	/* One write, so that lines of several processes do not mix. */
	if (write(STDERR_FILENO, w.data, w.len) < 0)
		most = LOG_ERROR; /* nobody listens; spend nothing on it */
	writer_clear(&w);
}

void
log_trouble(const char *sentence)
{
	log_event(LOG_ERROR, "%s", sentence);
}
