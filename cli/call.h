#ifndef CLI_CALL_H
#define CLI_CALL_H

#include "cli/command.h"
#include "cli/home.h"
#include "cli/keyfile.h"
#include "cli/session.h"

/*
 * What commands begin with: the member's folder, their keys, a daemon.
 *
 * Functions that return int return 0, or -1 once they have complained.
 */

/* Options of commands that need keys: --passphrase-fd. */
extern const struct option call_key_options[];

/* Options of commands that talk to a daemon: --socket. */
extern const struct option call_daemon_options[];

/* The folder of --home and --union; given back with home_close(). */
int call_home(const struct call *call, struct home *home);

/* Where passphrases come from, for prompt.h: --passphrase-fd. */
int call_passphrase_fd(const struct call *call, int *fd);

/* Ask for the passphrase and read the keys; for keyfile_free(). */
int call_unlock(
	const struct call *call, const struct home *home, struct keyfile **out);

/*
 * The same, keeping the passphrase to write the keys again; it is given back
 * with prompt_free().
 */
int call_unlock_to_change(const struct call *call, const struct home *home,
	struct keyfile **out, struct bytes *passphrase);

/* The same for a key file of any name in a directory. */
int call_unlock_file(const struct call *call, int dir, const char *name,
	struct keyfile **out, struct bytes *passphrase);

/*
 * Connect to the daemon of --socket, else of the setting, else where uniond
 * listens by itself.  The caller owns it; NULL once it has complained.
 */
#define CALL_SOCKET "ipc:///run/uniond/socket"
struct session *call_session(const struct call *call, const struct home *home);

#endif
