#include "daemon/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "ballots/machine/trouble.h"

static int ends[2] = {-1, -1};
static volatile sig_atomic_t asked;

/* The byte is never read, so the descriptor stays readable. */
static void
ask(int number)
{
	int before = errno;

	(void)number;
	asked = 1;
	if (write(ends[1], "", 1) < 0) {
		/* It is full, so it is readable. */
	}
	errno = before;
}

int
signals_catch(void)
{
	struct sigaction act = {.sa_handler = ask};
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	if (pipe(ends) != 0)
		return trouble_errno("cannot make", "a pipe");
	for (int i = 0; i < 2; i++) {
		fcntl(ends[i], F_SETFD, FD_CLOEXEC);
		fcntl(ends[i], F_SETFL, O_NONBLOCK);
	}
	sigemptyset(&act.sa_mask);
	sigemptyset(&ignore.sa_mask);
	if (sigaction(SIGTERM, &act, NULL) != 0 ||
		sigaction(SIGINT, &act, NULL) != 0 ||
		sigaction(SIGPIPE, &ignore, NULL) != 0)
		return trouble_errno("cannot catch", "signals");
	return ends[0];
}

bool
signals_stop(void)
{
	return asked != 0;
}
