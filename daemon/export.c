#include "daemon/export.h"

#include <string.h>

#include "ballots/assembly/world.h"
#include "ballots/base/mem.h"
#include "ballots/machine/files.h"
#include "ballots/machine/trouble.h"
#include "ballots/record/policy.h"
#include "daemon/check.h"
#include "daemon/signer.h"

enum { POLICY_BYTES = 131072 };

static int
copy_text(const struct texts *from, const struct texts *to,
	const uint8_t hash[static CRYPT_HASH])
{
	struct writer w = {0};
	int rc = 0;

	if (texts_copy(from, hash, &w) == TEXTS_HERE)
		rc = texts_put(to, hash, w.data,
			bytes_slice(writer_view(&w), LIMIT_TEXT_SALT, w.len));
	writer_clear(&w);
	return rc;
}

/* Copy the texts that records name; take those away that were erased. */
static int
copy_texts(const struct check *c, const struct config *config, const char *dir)
{
	const struct idmap *erased = &assembly_world(c->assembly)->erased;
	struct texts *from = texts_open(config->directory);
	struct texts *to = texts_open(dir);
	int rc = from != NULL && to != NULL ? 0 : -1;

	for (size_t i = 0; rc == 0 && i < c->audit.n_texts; i++) {
		const uint8_t *hash = c->audit.texts[i].hash;

		rc = idmap_get(erased, hash) == IDMAP_NONE
			     ? copy_text(from, to, hash)
			     : texts_erase(to, hash);
	}
	texts_close(from);
	texts_close(to);
	return rc;
}

static int
put_policy(const struct config *config, const struct note_key *key,
	struct writer *out)
{
	int dir = files_open_dir(config->directory);
	struct policy *policy = mem_new(sizeof(*policy));
	int rc = dir < 0 ? -1 : 0;

	policy_of_log(key, policy);
	if (rc == 0 && files_exist(dir, "policy"))
		rc = files_read(dir, "policy", POLICY_BYTES, out);
	else
		policy_print(policy, out);
	mem_free(policy);
	files_close(dir);
	return rc;
}

static int
finish(struct publication *out, struct signer *s, const struct check *c,
	const struct config *config)
{
	const struct world *world = assembly_world(c->assembly);
	struct tree_head head = assembly_head(c->assembly);
	struct writer note = {0}, policy = {0};
	int rc = -1;

	if (memcmp(signer_key(s), world->ledger_key, CRYPT_KEY) != 0)
		return trouble_say("the key in %s is not this ledger's",
			config->directory);
	signer_name(s, bytes_of_string(world->log));
	signer_checkpoint(s, &head, &note);
	if (put_policy(config, signer_note_key(s), &policy) == 0)
		rc = publication_finish(
			out, writer_view(&note), writer_view(&policy));
	writer_clear(&note);
	writer_clear(&policy);
	return rc;
}

int
export_run(const struct config *config, const char *dir, uint64_t *size)
{
	struct signer *s = signer_open(config->directory);
	struct publication *out = s != NULL ? publication_begin(dir) : NULL;
	struct check c = {0};
	struct writer said = {0};
	int rc = -1;

	if (out == NULL || check_run(&c, config, true, out) != 0)
		goto done;
	if (c.audit.n_findings > 0) {
		check_print(&c, &said);
		trouble_say("the ledger is damaged: %s", writer_string(&said));
		goto done;
	}
	*size = c.audit.tree.size;
	if (copy_texts(&c, config, dir) == 0)
		rc = finish(out, s, &c, config);

done:
	writer_clear(&said);
	check_clear(&c);
	publication_close(out);
	signer_close(s);
	return rc;
}
