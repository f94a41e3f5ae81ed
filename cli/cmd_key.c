#include "cli/cmd_key.h"

#include <stdio.h>
#include <unistd.h>

#include "ballots/base/coding.h"
#include "ballots/machine/files.h"
#include "ballots/machine/secret.h"
#include "cli/call.h"
#include "cli/complain.h"
#include "cli/prompt.h"

/* Tell what others may know of the keys. */
static void
give_keys(struct output *out, const struct home *home, struct keyfile *keys)
{
	uint8_t key[CRYPT_KEY], commitment[CRYPT_HASH], member[CRYPT_HASH];
	struct writer did = {0}, hex = {0};

	keyfile_copy_key(keys, KEYFILE_CURRENT, key);
	keyfile_commit(keys, commitment);
	coding_put_did(&did, key);
	coding_put_hex(&hex, bytes_of(commitment, sizeof(commitment)));
	output_line(out, "Union:      %s", home->name);
	output_line(out, "Public key: %s", writer_string(&did));
	output_line(out, "Next hash:  %s", writer_string(&hex));
	output_give_string(out, "union", home->name);
	output_give_text(out, "key", writer_view(&did));
	output_give_text(out, "next_key_hash", writer_view(&hex));
	if (keyfile_copy_member(keys, member)) {
		writer_rewind(&hex);
		coding_put_hex(&hex, bytes_of(member, sizeof(member)));
		output_line(out, "Member:     %s", writer_string(&hex));
		output_give_text(out, "member", writer_view(&hex));
	}
	writer_clear(&did);
	writer_clear(&hex);
}

/* No key is ever written over: it may be the only one of a member. */
static int
check_no_key(const struct home *home)
{
	if (!files_exist(home->dir, HOME_KEY))
		return 0;
	return complain_no("Name another union with --union NAME, or move the "
			   "file 'key' away.",
		"There is a key already, in %s.", home->path);
}

/* Ask for a new passphrase and put keys under it; takes keys over. */
static int
keep_take(
	const struct call *call, const struct home *home, struct keyfile *keys)
{
	struct bytes passphrase;
	int fd, rc = -1;

	if (call_passphrase_fd(call, &fd) == 0 &&
		prompt_new_passphrase(fd, &passphrase) == 0) {
		rc = keyfile_write(keys, home->dir, HOME_KEY, passphrase);
		prompt_free(passphrase);
	}
	if (rc == 0)
		give_keys(call->out, home, keys);
	keyfile_free(keys);
	return rc;
}

int
cmd_key_new(const struct call *call)
{
	struct home home;
	int rc;

	if (call_home(call, &home) != 0)
		return -1;
	rc = check_no_key(&home);
	if (rc == 0)
		rc = keep_take(call, &home, keyfile_new());
	if (rc == 0)
		output_next(call->out,
			"union key paper (and write it down: nobody else can "
			"bring the key back)");
	home_close(&home);
	return rc;
}

int
cmd_key_show(const struct call *call)
{
	struct keyfile *keys;
	struct home home;
	int rc;

	if (call_home(call, &home) != 0)
		return -1;
	rc = call_unlock(call, &home, &keys);
	if (rc == 0) {
		give_keys(call->out, &home, keys);
		keyfile_free(keys);
	}
	home_close(&home);
	return rc;
}

int
cmd_key_passphrase(const struct call *call)
{
	struct bytes old, new;
	struct keyfile *keys;
	struct home home;
	int fd, rc;

	if (call_home(call, &home) != 0)
		return -1;
	rc = call_unlock_to_change(call, &home, &keys, &old);
	if (rc == 0) {
		prompt_free(old);
		if ((rc = call_passphrase_fd(call, &fd)) == 0 &&
			(rc = prompt_new_passphrase(fd, &new)) == 0) {
			rc = keyfile_write(keys, home.dir, HOME_KEY, new);
			prompt_free(new);
		}
		keyfile_free(keys);
	}
	if (rc == 0)
		output_line(call->out, "The passphrase is changed.");
	home_close(&home);
	return rc;
}

static void
give_paper(struct output *out, struct keyfile *keys)
{
	uint8_t *secret = secret_new(PAPER_BYTES);
	char *lines = secret_new(PAPER_CHARS);

	keyfile_copy_secret(keys, secret);
	paper_print(secret, lines);
	output_line(out, "Whoever has these lines can act as you.  Write them "
			 "on paper, by hand:");
	output_line(out, "%s", "");
	output_program(out, "paper", bytes_of_string(lines));
	output_line(out, "%s", "");
	output_next(out, "union key restore (to try whether they can be read, "
			 "in another --home)");
	secret_free(secret);
	secret_free(lines);
}

int
cmd_key_paper(const struct call *call)
{
	struct keyfile *keys;
	struct home home;
	int rc;

	if (call_home(call, &home) != 0)
		return -1;
	rc = call_unlock(call, &home, &keys);
	if (rc == 0) {
		give_paper(call->out, keys);
		keyfile_free(keys);
	}
	home_close(&home);
	return rc;
}

/* Read the lines of a paper; *out is the caller's. */
static int
read_paper(struct keyfile **out)
{
	uint8_t *secret;
	struct bytes text;
	size_t bad;

	if (isatty(STDIN_FILENO))
		fprintf(stderr, "Type the %d lines of the paper:\n",
			PAPER_LINES);
	if (prompt_lines(PAPER_LINES, &text) != 0)
		return -1;
	secret = secret_new(PAPER_BYTES);
	bad = paper_parse(text, secret);
	prompt_free(text);
	if (bad == 0)
		*out = keyfile_from(secret);
	secret_free(secret);
	if (bad == 0)
		return 0;
	return complain_no("Compare it with the paper, letter by letter; every "
			   "line has four groups of four.",
		"Line %zu is not as it was written down.", bad);
}

int
cmd_key_restore(const struct call *call)
{
	struct keyfile *keys = NULL;
	struct home home;
	int rc;

	if (call_home(call, &home) != 0)
		return -1;
	rc = check_no_key(&home);
	if (rc == 0)
		rc = read_paper(&keys);
	if (rc == 0)
		rc = keep_take(call, &home, keys);
	home_close(&home);
	return rc;
}
