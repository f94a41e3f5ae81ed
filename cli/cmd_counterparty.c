#include "cli/cmd_counterparty.h"

#include <fcntl.h>

#include "ballots/base/coding.h"
#include "cli/desk.h"
#include "cli/prompt.h"

static int
unlock(const struct call *call, const struct home *home, struct keyfile **keys)
{
	const char *path = options_value(&call->options, "key-file");
	struct bytes passphrase = {0};
	int rc;

	if (path == NULL)
		return call_unlock(call, home, keys);
	rc = call_unlock_file(call, AT_FDCWD, path, keys, &passphrase);
	prompt_free(passphrase);
	return rc;
}

int
cmd_counterparty_key(const struct call *call)
{
	struct writer did = {0};
	uint8_t key[CRYPT_KEY];
	struct keyfile *keys;
	struct home home;
	int rc;

	if (call_home(call, &home) != 0)
		return -1;
	rc = unlock(call, &home, &keys);
	if (rc == 0) {
		keyfile_copy_key(keys, KEYFILE_CURRENT, key);
		coding_put_did(&did, key);
		output_line(call->out, "Your key: %s", writer_string(&did));
		output_give_text(call->out, "key", writer_view(&did));
		output_next(call->out,
			"tell the delegates this line, by a way that they know "
			"to be yours; they table the agreement with it");
		keyfile_free(keys);
	}
	writer_clear(&did);
	home_close(&home);
	return rc;
}
