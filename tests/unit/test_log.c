#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/log.h"
#include "daemon/signals.h"

static char line[4000];

/* Log one event to a pipe and read the line back. */
static void
log_line(enum log_level level, const char *text)
{
	int ends[2], stderr_before = dup(STDERR_FILENO);
	ssize_t n;

	assert_int_equal(pipe(ends), 0);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	dup2(ends[1], STDERR_FILENO);
	log_event(level, "%s", text);
	dup2(stderr_before, STDERR_FILENO);
	n = read(ends[0], line, sizeof(line) - 1);
	line[n > 0 ? n : 0] = '\0';
	close(stderr_before);
	close(ends[0]);
	close(ends[1]);
}

static void
an_event_is_one_line_with_its_time_and_level(void **state)
{
	(void)state;
	log_line(LOG_WARNING, "a\nb\x1b[2Jc key=1");
	assert_string_equal(line + 19, " warning a?b?[2Jc key=1\n");
	assert_int_equal(line[10], ' ');
}

static void
events_above_the_level_are_left_out(void **state)
{
	(void)state;
	log_line(LOG_DEBUG, "details");
	assert_string_equal(line, "");
	log_set_level(LOG_DEBUG);
	log_line(LOG_DEBUG, "details");
	assert_string_equal(line + 19, " debug details\n");
	log_set_level(LOG_INFO);
}

static void
under_systemd_a_line_begins_with_its_priority(void **state)
{
	int before = dup(STDERR_FILENO);
	FILE *journal = tmpfile();
	char name[64];
	struct stat st;

	(void)state;
	assert_int_equal(fstat(fileno(journal), &st), 0);
	snprintf(name, sizeof(name), "%ju:%ju", (uintmax_t)st.st_dev,
		(uintmax_t)st.st_ino);
	setenv("JOURNAL_STREAM", name, 1);
	dup2(fileno(journal), STDERR_FILENO);
	log_trouble("the disk is full");
	dup2(before, STDERR_FILENO);
	rewind(journal);
	assert_non_null(fgets(line, sizeof(line), journal));
	assert_string_equal(line, "<3>the disk is full\n");
	log_line(LOG_INFO, "elsewhere"); /* not to the journal */
	assert_string_equal(line + 19, " info elsewhere\n");
	unsetenv("JOURNAL_STREAM");
	close(before);
	fclose(journal);
}

static void
a_signal_to_stop_is_something_to_wait_for(void **state)
{
	int fd = signals_catch();
	char byte;

	(void)state;
	assert_true(fd >= 0);
	assert_false(signals_stop());
	assert_int_equal(read(fd, &byte, 1), -1);
	raise(SIGPIPE);
	assert_false(signals_stop());
	raise(SIGTERM);
	assert_true(signals_stop());
	assert_int_equal(read(fd, &byte, 1), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_is_one_line_with_its_time_and_level),
		cmocka_unit_test(events_above_the_level_are_left_out),
		cmocka_unit_test(under_systemd_a_line_begins_with_its_priority),
		cmocka_unit_test(a_signal_to_stop_is_something_to_wait_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
