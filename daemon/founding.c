#include "daemon/founding.h"

#include <fcntl.h>
#include <string.h>

#include "ballots/assembly/assembly.h"
#include "ballots/machine/files.h"
#include "ballots/machine/trouble.h"
#include "ballots/record/wire.h"
#include "daemon/ledger.h"
#include "daemon/signer.h"

struct founding {
	struct wire *message; /* of the file, which the rest borrows */
	uint8_t sig[CRYPT_SIG];
	uint8_t seed[CRYPT_SEED];
	struct assembly_checked checked;
};

/* The seed must grow into the key that the act names. */
static bool
fits_seed(const struct founding *f)
{
	uint8_t key[CRYPT_KEY], secret[CRYPT_SECRET];

	crypt_pair(f->seed, key, secret);
	crypt_wipe(secret, sizeof(secret));
	return memcmp(key, act_hash(&f->checked.act, ACT_HAS_KEY), CRYPT_KEY) ==
	       0;
}

static enum verdict
read_founding(struct bytes text, struct founding *f)
{
	enum verdict v = wire_read(text, LIMIT_REQUEST_BYTES, &f->message);
	struct wire_value top;
	struct bytes act;

	if (v != VERDICT_OK)
		return v;
	top = wire_top(f->message);
	act = wire_blob(wire_get(top, "act"), LIMIT_ACT_BYTES);
	wire_base64(wire_get(top, "sig"), f->sig, CRYPT_SIG);
	wire_base64(wire_get(top, "seed"), f->seed, CRYPT_SEED);
	wire_only(top, "act sig seed");
	if (!wire_good(f->message))
		return VERDICT_MALFORMED;
	v = assembly_precheck_founding(act, f->sig, &f->checked);
	if (v == VERDICT_OK && !fits_seed(f))
		v = VERDICT_BAD_KEY;
	return v;
}

/* Make the founding act record 0 of a batch, in an assembly of its own. */
static enum verdict
stage(const struct founding *f, struct batch *batch)
{
	uint64_t now_s = (uint64_t)act_int(&f->checked.act, ACT_HAS_SEQ);
	struct assembly *a = assembly_new();
	struct writer record = {0};
	enum verdict v = assembly_admit(a, &f->checked, now_s, &record);

	if (v == VERDICT_OK) {
		batch_put(batch, writer_view(&record), f->checked.act.id);
		batch->after = assembly_head(a);
	}
	writer_clear(&record);
	assembly_free(a);
	return v;
}

static int
store(const struct config *c, const struct founding *f,
	const struct batch *batch)
{
	const struct ledger_options options = {
		.map_bytes = c->map_bytes,
		.reserve_bytes = c->reserve_bytes,
	};
	const struct tree empty = {0};
	struct tree_head before = tree_head(&empty);
	int dir = files_make_dir(c->directory, FILES_PRIVATE);
	struct ledger *led = NULL;
	int rc = -1;

	if (dir < 0 || (led = ledger_open(c->directory, &options)) == NULL)
		goto done;
	if (ledger_head(led).size > 0) {
		trouble_say("%s holds a ledger already", c->directory);
		goto done;
	}
	if (signer_create(c->directory, f->seed) != 0 ||
		ledger_confirm(led, &empty, &before) != 0)
		goto done;
	rc = ledger_append(led, batch, &before);

done:
	ledger_close(led);
	files_close(dir);
	return rc;
}

int
founding_run(const struct config *c, const char *path, enum verdict *verdict)
{
	struct founding f = {0};
	struct batch batch = {0};
	struct writer text = {0};
	int rc = files_read(AT_FDCWD, path, LIMIT_REQUEST_BYTES, &text);

	*verdict = VERDICT_OK;
	if (rc == 0) {
		*verdict = read_founding(writer_view(&text), &f);
		if (*verdict == VERDICT_OK)
			*verdict = stage(&f, &batch);
		rc = *verdict == VERDICT_OK ? store(c, &f, &batch) : -1;
	}
	if (rc == 0)
		rc = files_remove(AT_FDCWD, path);
	if (text.data != NULL)
		crypt_wipe(text.data, text.cap);
	crypt_wipe(f.seed, sizeof(f.seed));
	writer_clear(&text);
	batch_clear(&batch);
	wire_free(f.message);
	return rc;
}
