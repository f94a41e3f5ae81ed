#include "daemon/signer.h"

#include <assert.h>
#include <sys/stat.h>

#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/machine/files.h"
#include "ballots/machine/secret.h"
#include "ballots/machine/trouble.h"
#include "ballots/record/checkpoint.h"
#include "ballots/record/stamp.h"
#include "ballots/record/status.h"
#include "daemon/testimony.h"

#define FILE_NAME "key"
#define HEADER    BYTES("union-ledger-key/v1\n")

enum { FILE_BYTES = 20 + CODING_BASE64_32 + 1 };

struct signer {
	uint8_t *secret; /* CRYPT_SECRET bytes that are mostly out of reach */
	uint8_t key[CRYPT_KEY];
	bool named;
	struct note_key note_key;
};

/*
 * The file is the header, the seed in base64, and a newline.  The writer is
 * given room beforehand, so that no copy of the seed is left behind.
 */
static int
write_key(int dir, const uint8_t seed[static CRYPT_SEED])
{
	struct writer w = {0};
	int rc;

	w.data = mem_grow(w.data, &w.cap, FILE_BYTES + 1, 1);
	writer_put(&w, HEADER);
	coding_put_base64(&w, bytes_of(seed, CRYPT_SEED));
	writer_put_string(&w, "\n");
	rc = files_replace(dir, FILE_NAME, FILES_PRIVATE, writer_view(&w));
	crypt_wipe(w.data, w.cap);
	writer_clear(&w);
	return rc;
}

static int
check_private(int dir)
{
	struct stat st;

	if (fstatat(dir, FILE_NAME, &st, 0) != 0)
		return trouble_errno("cannot see the ledger's key", FILE_NAME);
	if ((st.st_mode & 077) != 0)
		return trouble_say("the ledger's key may be read by others: "
				   "make a new one, or set its mode to 0600");
	return 0;
}

/* Read the seed of the file into place. */
static int
read_key(int dir, uint8_t seed[static CRYPT_SEED])
{
	struct writer w = {0};
	struct bytes text;
	int rc = -1;

	if (files_read(dir, FILE_NAME, FILE_BYTES, &w) != 0)
		goto done;
	text = writer_view(&w);
	if (text.len != FILE_BYTES || !bytes_skip(&text, HEADER) ||
		!coding_read_base64(bytes_slice(text, 0, CODING_BASE64_32),
			seed, CRYPT_SEED)) {
		trouble_say("the file of the ledger's key is damaged");
		goto done;
	}
	rc = 0;
done:
	if (w.data != NULL)
		crypt_wipe(w.data, w.cap);
	writer_clear(&w);
	return rc;
}

static int
compare_key(int dir, const uint8_t seed[static CRYPT_SEED])
{
	uint8_t *kept = secret_new(CRYPT_SEED);
	int rc = read_key(dir, kept);

	if (rc == 0 && !crypt_equal(kept, seed, CRYPT_SEED))
		rc = trouble_say("another key is kept here already");
	secret_free(kept);
	return rc;
}

int
signer_create(const char *dir, const uint8_t seed[static CRYPT_SEED])
{
	int fd = files_open_dir(dir);
	int rc;

	if (fd < 0)
		return -1;
	rc = files_exist(fd, FILE_NAME) ? compare_key(fd, seed)
					: write_key(fd, seed);
	files_close(fd);
	return rc;
}

static int
take_key(struct signer *s, int dir)
{
	uint8_t *seed = secret_new(CRYPT_SEED);
	int rc = read_key(dir, seed);

	if (rc == 0) {
		s->secret = secret_new(CRYPT_SECRET);
		crypt_pair(seed, s->key, s->secret);
		secret_hide(s->secret);
	}
	secret_free(seed);
	return rc;
}

struct signer *
signer_open(const char *dir)
{
	struct signer *s = mem_new(sizeof(*s));
	int fd = files_open_dir(dir);

	if (fd < 0)
		goto failed;
	if (check_private(fd) != 0 || take_key(s, fd) != 0)
		goto failed;
	files_close(fd);
	return s;

failed:
	files_close(fd);
	signer_close(s);
	return NULL;
}

void
signer_close(struct signer *s)
{
	if (s == NULL)
		return;
	secret_free(s->secret);
	mem_free(s);
}

const uint8_t *
signer_key(const struct signer *s)
{
	return s->key;
}

void
signer_name(struct signer *s, struct bytes origin)
{
	enum verdict v =
		note_make_key(origin, NOTE_ED25519, s->key, &s->note_key);

	assert(v == VERDICT_OK);
	(void)v;
	s->named = true;
}

const struct note_key *
signer_note_key(const struct signer *s)
{
	assert(s->named);
	return &s->note_key;
}

void
signer_checkpoint(
	struct signer *s, const struct tree_head *head, struct writer *w)
{
	assert(s->named);
	secret_show(s->secret);
	checkpoint_sign(head, &s->note_key, s->secret, w);
	secret_hide(s->secret);
}

void
signer_act(struct signer *s, struct bytes act, uint8_t sig[static CRYPT_SIG])
{
	secret_show(s->secret);
	stamp_sign(act, s->secret, sig);
	secret_hide(s->secret);
}

void
signer_testimony(struct signer *s, struct bytes text, struct writer *w)
{
	assert(s->named);
	assert(bytes_start_with(text, BYTES(TESTIMONY_REFUSAL)) ||
		bytes_start_with(text, BYTES(STATUS_HEADER)));
	note_begin(text, w);
	secret_show(s->secret);
	note_sign(text, &s->note_key, s->secret, 0, w);
	secret_hide(s->secret);
}
