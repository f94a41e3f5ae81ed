#include "cli/prompt.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "ballots/base/crypt.h"
#include "ballots/machine/secret.h"
#include "cli/complain.h"

enum {
	KEY_INTERRUPT = 3,
	KEY_END = 4,
	KEY_BACKSPACE = 8,
	KEY_ERASE_LINE = 21,
	KEY_DELETE = 127,
};

/* How reading a line of secret ended. */
enum ending { ENDED_LINE, ENDED_FILE, ENDED_BY_USER, ENDED_TOO_LONG };

/* One byte; 0 or less at the end, as read(). */
static ssize_t
read_one(int fd, char *c)
{
	ssize_t n;

	do
		n = read(fd, c, 1);
	while (n < 0 && errno == EINTR);
	return n;
}

/* Take the last character off, all of its bytes. */
static size_t
without_last(const char *line, size_t len)
{
	while (len > 0 && ((uint8_t)line[--len] & 0xc0) == 0x80)
		;
	return len;
}

/* Read a line into room for PROMPT_SECRET_MOST bytes, with keys if edit. */
static enum ending
read_line(int fd, bool edit, char *line, size_t *len)
{
	char c;

	*len = 0;
	while (read_one(fd, &c) > 0) {
		if (c == '\n' || (edit && c == '\r'))
			return ENDED_LINE;
		if (edit && c == KEY_INTERRUPT)
			return ENDED_BY_USER;
		if (edit && c == KEY_END)
			return ENDED_FILE;
		if (edit && c == KEY_ERASE_LINE)
			*len = 0;
		else if (edit && (c == KEY_DELETE || c == KEY_BACKSPACE))
			*len = without_last(line, *len);
		else if (*len == PROMPT_SECRET_MOST)
			return ENDED_TOO_LONG;
		else
			line[(*len)++] = c;
	}
	return ENDED_FILE;
}

static void
show(int tty, const char *text)
{
	ssize_t ignored = write(tty, text, strlen(text));

	(void)ignored; /* a terminal that is gone ends the reading too */
}

/*
 * Keys come one by one and unshown, the interrupt key among them, so that no
 * signal can leave the terminal without its echo.
 */
static int
read_terminal(const char *what, char *line, size_t *len, enum ending *ending)
{
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	struct termios before, quiet;

	if (tty < 0 || tcgetattr(tty, &before) != 0) {
		if (tty >= 0)
			close(tty);
		return complain_usage("Give it with --passphrase-fd N.",
			"There is no terminal to ask for: %s.", what);
	}
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
	show(tty, what);
	show(tty, ": ");
	tcsetattr(tty, TCSAFLUSH, &quiet);
	*ending = read_line(tty, true, line, len);
	tcsetattr(tty, TCSAFLUSH, &before);
	show(tty, "\n");
	close(tty);
	return 0;
}

int
prompt_secret(const char *what, int fd, struct bytes *out)
{
	char *line = secret_new(PROMPT_SECRET_MOST);
	enum ending ending = ENDED_FILE;
	size_t len = 0;
	int rc = 0;

	if (fd == PROMPT_FROM_TERMINAL)
		rc = read_terminal(what, line, &len, &ending);
	else
		ending = read_line(fd, false, line, &len);
	if (rc == 0 && ending == ENDED_BY_USER)
		rc = complain_no("Nothing was changed.", "Interrupted.");
	else if (rc == 0 && ending == ENDED_TOO_LONG)
		rc = complain_usage(
			"", "That is over %d bytes long.", PROMPT_SECRET_MOST);
	else if (rc == 0 && ending == ENDED_FILE && len == 0)
		rc = complain_usage("", "Nothing was given for: %s.", what);
	if (rc == 0)
		*out = bytes_of(line, len);
	else
		secret_free(line);
	return rc;
}

int
prompt_new_passphrase(int fd, struct bytes *out)
{
	struct bytes first, again;
	bool same;

	if (prompt_secret("New passphrase", fd, &first) != 0)
		return -1;
	if (first.len < PROMPT_PASSPHRASE_LEAST) {
		prompt_free(first);
		return complain_usage("Five or six words that do not belong "
				      "together are good and easy to type.",
			"The passphrase is too short: at least %d bytes.",
			PROMPT_PASSPHRASE_LEAST);
	}
	if (fd == PROMPT_FROM_TERMINAL) {
		if (prompt_secret("The same again", fd, &again) != 0) {
			prompt_free(first);
			return -1;
		}
		same = first.len == again.len &&
		       crypt_equal(first.data, again.data, first.len);
		prompt_free(again);
		if (!same) {
			prompt_free(first);
			return complain_usage("Nothing was changed; try again.",
				"The two passphrases differ.");
		}
	}
	*out = first;
	return 0;
}

void
prompt_free(struct bytes secret)
{
	secret_free((void *)secret.data);
}

int
prompt_lines(size_t n, struct bytes *out)
{
	char *text = secret_new(PROMPT_SECRET_MOST);
	size_t len = 0, begin = 0;
	char c;

	while (n > 0 && len < PROMPT_SECRET_MOST &&
		read_one(STDIN_FILENO, &c) > 0) {
		text[len++] = c;
		if (c != '\n')
			continue;
		n -= len - begin > 1;
		begin = len;
	}
	*out = bytes_of(text, len);
	if (len < PROMPT_SECRET_MOST)
		return 0;
	prompt_free(*out);
	return complain_usage(
		"", "That is over %d bytes long.", PROMPT_SECRET_MOST);
}

bool
prompt_yes(const char *what)
{
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	char line[PROMPT_SECRET_MOST];
	size_t len = 0;

	if (tty < 0)
		return false;
	show(tty, what);
	show(tty, " [y/N] ");
	read_line(tty, false, line, &len);
	close(tty);
	return len > 0 && (line[0] == 'y' || line[0] == 'Y');
}

void
prompt_wait(const char *what)
{
	int tty = isatty(STDOUT_FILENO)
			  ? open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
			  : -1;
	char line[PROMPT_SECRET_MOST];
	size_t len = 0;

	if (tty < 0)
		return;
	show(tty, what);
	read_line(tty, false, line, &len);
	close(tty);
}
