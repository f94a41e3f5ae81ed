#include "cli/call.h"

#include "cli/prompt.h"

const struct option call_key_options[] = {
	{"passphrase-fd", 0, false, "N",
		"read the passphrase from descriptor N, a line of its own"},
	{0},
};

const struct option call_daemon_options[] = {
	{"socket", 's', false, "ADDRESS",
		"where the daemon listens: ipc://PATH or tcp://HOST:PORT"},
	{0},
};

int
call_home(const struct call *call, struct home *home)
{
	int rc = home_open(home, options_value(&call->options, "home"),
		options_value(&call->options, "union"));

	if (rc != 0)
		home_close(home);
	return rc;
}

int
call_passphrase_fd(const struct call *call, int *fd)
{
	uint64_t number = 0;

	if (options_number(
		    &call->options, "passphrase-fd", 0, 1023, 0, &number) != 0)
		return -1;
	*fd = options_has(&call->options, "passphrase-fd")
		      ? (int)number
		      : PROMPT_FROM_TERMINAL;
	return 0;
}

int
call_unlock_file(const struct call *call, int dir, const char *name,
	struct keyfile **out, struct bytes *passphrase)
{
	struct bytes typed;
	int fd;

	if (keyfile_check(dir, name) != 0 ||
		call_passphrase_fd(call, &fd) != 0 ||
		prompt_secret("Passphrase", fd, &typed) != 0)
		return -1;
	if (keyfile_read(dir, name, typed, out) != 0) {
		prompt_free(typed);
		return -1;
	}
	*passphrase = typed;
	return 0;
}

int
call_unlock_to_change(const struct call *call, const struct home *home,
	struct keyfile **out, struct bytes *passphrase)
{
	return call_unlock_file(call, home->dir, HOME_KEY, out, passphrase);
}

int
call_unlock(
	const struct call *call, const struct home *home, struct keyfile **out)
{
	struct bytes passphrase;

	if (call_unlock_to_change(call, home, out, &passphrase) != 0)
		return -1;
	prompt_free(passphrase);
	return 0;
}

struct session *
call_session(const struct call *call, const struct home *home)
{
	const char *address = options_value(&call->options, "socket");

	if (address == NULL)
		address = home_get(home, "socket");
	return session_open(address != NULL ? address : CALL_SOCKET);
}
