#ifndef DAEMON_LOG_H
#define DAEMON_LOG_H

/*
 * The log: one line an event, on standard error.
 *
 *     2026-11-23 18:49:05 info committed records=64 size=1071
 *
 * An event is a word or two, then key=value for what a program may want to
 * read, a sentence for what only people do.  Under systemd the line begins
 * with the priority instead, such as <6>, and the journal adds the time.
 *
 * Never a secret, and never what members wrote: control characters and
 * newlines are printed as '?', and a line is cut at 1,000 bytes.
 */
enum log_level {
	/* The numbers are those of syslog. */
	LOG_ERROR = 3,
	LOG_WARNING = 4,
	LOG_INFO = 6,
	LOG_DEBUG = 7,
};

/* Events above this level are left out; at first LOG_INFO. */
void log_set_level(enum log_level level);

void log_event(enum log_level level, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* An error in one sentence; a teller for trouble.h. */
void log_trouble(const char *sentence);

#endif
