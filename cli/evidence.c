#include "cli/evidence.h"

#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/machine/secret.h"
#include "ballots/record/text.h"
#include "cli/complain.h"

const struct option evidence_options[] = {
	{"salt", 0, false, "SALT",
		"the salt that another was told for the same file"},
	{0},
};

/* The salt of a file goes by the plain hash of the file. */
static int
choose_salt(
	struct desk *d, struct bytes file, uint8_t salt[static LIMIT_TEXT_SALT])
{
	const char *given = options_value(&d->call->options, "salt");
	uint8_t name[CRYPT_HASH];

	if (given != NULL) {
		if (coding_read_base64(
			    bytes_of_string(given), salt, LIMIT_TEXT_SALT))
			return 0;
		return complain_usage("It is 44 letters and signs, with = at "
				      "the end.",
			"'%s' is no salt.", given);
	}
	crypt_hash(file, name);
	if (home_has_secret(&d->home, name))
		return home_read_secret(&d->home, name, salt);
	secret_draw(salt, LIMIT_TEXT_SALT);
	return home_keep_secret(&d->home, name, salt);
}

static void
give(struct desk *d, const char *path, const uint8_t salt[static CRYPT_HASH],
	const uint8_t hash[static CRYPT_HASH])
{
	struct writer line = {0};

	coding_put_base64(&line, bytes_of(salt, LIMIT_TEXT_SALT));
	output_line(d->out, "Salt:     %s", writer_string(&line));
	output_give_text(d->out, "salt", writer_view(&line));
	writer_rewind(&line);
	coding_put_base64(&line, bytes_of(hash, CRYPT_HASH));
	output_line(d->out, "Hash:     %s", writer_string(&line));
	output_give_text(d->out, "hash", writer_view(&line));
	output_line(d->out,
		"          Only the hash is filed.  Keep %s as it is, to the "
		"last letter: with",
		path);
	output_line(d->out, "          the salt it proves later what you "
			    "meant.");
	writer_clear(&line);
}

int
evidence_hash(struct desk *d, const char *path, uint8_t hash[static CRYPT_HASH])
{
	uint8_t salt[LIMIT_TEXT_SALT];
	struct writer file = {0};
	int rc = desk_read_file(path, EVIDENCE_BYTES, &file);

	if (rc == 0 && file.len == 0)
		rc = complain_usage("", "%s is empty.", path);
	if (rc == 0)
		rc = choose_salt(d, writer_view(&file), salt);
	if (rc == 0) {
		text_hash(salt, writer_view(&file), hash);
		give(d, path, salt, hash);
	}
	writer_clear(&file);
	return rc;
}
