#include "cli/keyfile.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/base/reader.h"
#include "ballots/machine/files.h"
#include "ballots/machine/secret.h"
#include "cli/complain.h"

/*
 * What a passphrase costs to try.  The bounds are for reading: below them a
 * file protects nothing, above them it could tie a phone down for minutes.
 */
enum {
	PASSES = 3,
	PASSES_LEAST = 2,
	PASSES_MOST = 16,
	KIBIBYTES = 65536,
	KIBIBYTES_LEAST = 8192,
	KIBIBYTES_MOST = 1048576,
};

#define COMMIT_PURPOSE BYTES("union-key/v1\n")

/*
 * What the box holds.  Zeros stand for what there is not.
 *
 *   offset  length
 *        0      32  seed in force
 *       32      32  next seed
 *       64      32  the seed after that, while a rotation is under way
 *       96      32  member id
 */
enum {
	AT_CURRENT = 0,
	AT_NEXT = 32,
	AT_AFTER = 64,
	AT_MEMBER = 96,
	PLAIN_BYTES = 128,
};

static_assert(KEYFILE_BOX == PLAIN_BYTES + crypto_secretbox_MACBYTES &&
		      KEYFILE_NONCE == crypto_secretbox_NONCEBYTES &&
		      KEYFILE_SALT == crypto_pwhash_SALTBYTES,
	"the sizes of the file are those of the library");

/* In guarded memory, hidden between calls. */
struct keyfile {
	uint8_t plain[PLAIN_BYTES];
	uint8_t secret[CRYPT_SECRET];               /* while signing */
	uint8_t box_key[crypto_secretbox_KEYBYTES]; /* while at the file */
};

static struct keyfile *
blank(void)
{
	return secret_new(sizeof(struct keyfile));
}

struct keyfile *
keyfile_new(void)
{
	struct keyfile *keys = blank();

	secret_draw(keys->plain, AT_AFTER);
	secret_hide(keys);
	return keys;
}

struct keyfile *
keyfile_from(const uint8_t secret[static PAPER_BYTES])
{
	struct keyfile *keys = blank();

	memcpy(keys->plain, secret, PAPER_BYTES);
	secret_hide(keys);
	return keys;
}

void
keyfile_free(struct keyfile *keys)
{
	secret_free(keys);
}

/* Take the rest of the next line behind label off the front of *file. */
static struct bytes
take_line(struct bytes *file, struct bytes label)
{
	struct bytes line = bytes_cut(file, '\n');

	if (!bytes_start_with(line, label))
		return (struct bytes){0};
	return bytes_slice(line, label.len, line.len);
}

bool
keyfile_decode(struct bytes file, struct keyfile_form *out)
{
	struct keyfile_form form;
	struct bytes line, number;
	size_t len = 0;
	bool good;

	good = file.len > 0 && file.len <= KEYFILE_FILE_BYTES &&
	       file.data[file.len - 1] == '\n' &&
	       bytes_equal(bytes_cut(&file, '\n'), BYTES("union-key/v1"));
	line = take_line(&file, BYTES("argon2id "));
	number = bytes_cut(&line, ' ');
	good = good && reader_decimal(number, PASSES_MOST, &form.passes) &&
	       form.passes >= PASSES_LEAST &&
	       reader_decimal(line, KIBIBYTES_MOST, &form.kibibytes) &&
	       form.kibibytes >= KIBIBYTES_LEAST;
	line = take_line(&file, BYTES("salt "));
	good = good && coding_read_base64(line, form.salt, sizeof(form.salt));
	line = take_line(&file, BYTES("nonce "));
	good = good && coding_read_base64(line, form.nonce, sizeof(form.nonce));
	line = take_line(&file, BYTES("box "));
	good = good &&
	       coding_read_base64_upto(line, form.box, sizeof(form.box), &len);
	if (!good || len != sizeof(form.box) || file.len > 0)
		return false;
	*out = form;
	return true;
}

static void
put_base64_line(struct writer *w, const char *label, struct bytes b)
{
	writer_put_string(w, label);
	coding_put_base64(w, b);
	writer_put_u8(w, '\n');
}

void
keyfile_encode(const struct keyfile_form *form, struct writer *w)
{
	writer_put_string(w, "union-key/v1\nargon2id ");
	writer_put_decimal(w, form->passes);
	writer_put_u8(w, ' ');
	writer_put_decimal(w, form->kibibytes);
	writer_put_u8(w, '\n');
	put_base64_line(w, "salt ", bytes_of(form->salt, sizeof(form->salt)));
	put_base64_line(
		w, "nonce ", bytes_of(form->nonce, sizeof(form->nonce)));
	put_base64_line(w, "box ", bytes_of(form->box, sizeof(form->box)));
}

/* Grow the key of the box from the passphrase; keys are shown. */
static int
derive(struct keyfile *keys, const struct keyfile_form *form,
	struct bytes passphrase)
{
	if (crypto_pwhash(keys->box_key, sizeof(keys->box_key),
		    (const char *)passphrase.data, passphrase.len, form->salt,
		    form->passes, form->kibibytes * 1024,
		    crypto_pwhash_ALG_ARGON2ID13) == 0)
		return 0;
	return complain_cannot("Close other programs, then try again.",
		"There is not enough memory to work with the passphrase: "
		"%llu KiB are needed.",
		(unsigned long long)form->kibibytes);
}

/* Read the outside of the file. */
static int
read_form(int dir, const char *name, struct keyfile_form *form)
{
	struct writer file = {0};
	int rc;

	if (!files_exist(dir, name))
		return complain_cannot("Make one with union key new, or bring "
				       "one back with union key restore.",
			"There is no key here yet.");
	rc = files_read(dir, name, KEYFILE_FILE_BYTES, &file);
	if (rc == 0 && !keyfile_decode(writer_view(&file), form))
		rc = complain_cannot("Bring the key back from paper with union "
				     "key restore.",
			"The key file is damaged, or of a later version.");
	writer_clear(&file);
	return rc;
}

int
keyfile_check(int dir, const char *name)
{
	struct keyfile_form form;

	return read_form(dir, name, &form);
}

int
keyfile_read(int dir, const char *name, struct bytes passphrase,
	struct keyfile **out)
{
	struct keyfile_form form;
	struct keyfile *keys;

	if (read_form(dir, name, &form) != 0)
		return -1;
	keys = blank();
	if (derive(keys, &form, passphrase) != 0)
		goto failed;
	if (crypto_secretbox_open_easy(keys->plain, form.box, sizeof(form.box),
		    form.nonce, keys->box_key) != 0) {
		complain_no("Check the keyboard layout and capital letters.",
			"This passphrase does not open the key.");
		goto failed;
	}
	crypt_wipe(keys->box_key, sizeof(keys->box_key));
	secret_hide(keys);
	*out = keys;
	return 0;

failed:
	keyfile_free(keys);
	return -1;
}

int
keyfile_write(struct keyfile *keys, int dir, const char *name,
	struct bytes passphrase)
{
	struct keyfile_form form = {.passes = PASSES, .kibibytes = KIBIBYTES};
	struct writer file = {0};
	int rc;

	secret_draw(form.salt, sizeof(form.salt));
	secret_draw(form.nonce, sizeof(form.nonce));
	secret_show(keys);
	rc = derive(keys, &form, passphrase);
	if (rc == 0) {
		crypto_secretbox_easy(form.box, keys->plain, PLAIN_BYTES,
			form.nonce, keys->box_key);
		keyfile_encode(&form, &file);
	}
	crypt_wipe(keys->box_key, sizeof(keys->box_key));
	secret_hide(keys);
	if (rc == 0)
		rc = files_replace(
			dir, name, FILES_PRIVATE, writer_view(&file));
	writer_clear(&file);
	return rc;
}

/* The public key of the seed at offset; keys are shown. */
static void
public_key(struct keyfile *keys, size_t offset, uint8_t out[static CRYPT_KEY])
{
	crypt_pair(keys->plain + offset, out, keys->secret);
	crypt_wipe(keys->secret, sizeof(keys->secret));
}

void
keyfile_copy_key(struct keyfile *keys, enum keyfile_key which,
	uint8_t out[static CRYPT_KEY])
{
	secret_show(keys);
	public_key(keys, which == KEYFILE_NEXT ? AT_NEXT : AT_CURRENT, out);
	secret_hide(keys);
}

/* The commitment to the key of the seed at offset; keys are shown. */
static void
commit(struct keyfile *keys, size_t offset, uint8_t out[static CRYPT_HASH])
{
	uint8_t key[CRYPT_KEY] = {0};
	struct bytes parts[] = {COMMIT_PURPOSE, bytes_of(key, sizeof(key))};

	public_key(keys, offset, key);
	crypt_hash_parts(parts, 2, out);
}

void
keyfile_commit(struct keyfile *keys, uint8_t out[static CRYPT_HASH])
{
	secret_show(keys);
	commit(keys, AT_NEXT, out);
	secret_hide(keys);
}

void
keyfile_sign(struct keyfile *keys, struct bytes purpose, struct bytes message,
	uint8_t sig[static CRYPT_SIG])
{
	uint8_t key[CRYPT_KEY];

	secret_show(keys);
	crypt_pair(keys->plain + AT_CURRENT, key, keys->secret);
	crypt_sign(keys->secret, purpose, message, sig);
	crypt_wipe(keys->secret, sizeof(keys->secret));
	secret_hide(keys);
}

bool
keyfile_copy_member(struct keyfile *keys, uint8_t id[static CRYPT_HASH])
{
	secret_show(keys);
	memcpy(id, keys->plain + AT_MEMBER, CRYPT_HASH);
	secret_hide(keys);
	return !sodium_is_zero(id, CRYPT_HASH);
}

void
keyfile_set_member(struct keyfile *keys, const uint8_t id[static CRYPT_HASH])
{
	secret_show(keys);
	memcpy(keys->plain + AT_MEMBER, id, CRYPT_HASH);
	secret_hide(keys);
}

void
keyfile_prepare(struct keyfile *keys, uint8_t out[static CRYPT_HASH])
{
	secret_show(keys);
	if (sodium_is_zero(keys->plain + AT_AFTER, CRYPT_SEED))
		secret_draw(keys->plain + AT_AFTER, CRYPT_SEED);
	commit(keys, AT_AFTER, out);
	secret_hide(keys);
}

void
keyfile_rotate(struct keyfile *keys)
{
	secret_show(keys);
	assert(!sodium_is_zero(keys->plain + AT_AFTER, CRYPT_SEED));
	memcpy(keys->plain + AT_CURRENT, keys->plain + AT_NEXT, CRYPT_SEED);
	memcpy(keys->plain + AT_NEXT, keys->plain + AT_AFTER, CRYPT_SEED);
	crypt_wipe(keys->plain + AT_AFTER, CRYPT_SEED);
	secret_hide(keys);
}

void
keyfile_copy_secret(struct keyfile *keys, uint8_t out[static PAPER_BYTES])
{
	secret_show(keys);
	memcpy(out, keys->plain, PAPER_BYTES);
	secret_hide(keys);
}
