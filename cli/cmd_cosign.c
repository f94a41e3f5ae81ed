#include "cli/cmd_cosign.h"

#include <string.h>

#include "ballots/machine/clock.h"
#include "ballots/machine/files.h"
#include "ballots/record/note.h"
#include "cli/cmd_replay.h"
#include "cli/complain.h"

const struct option cmd_cosign_options[] = {
	{"name", 'n', false, "NAME",
		"what policies call this witness (preset: auditor)"},
	{0},
};

struct witness {
	struct note_key key;
	uint8_t secret[CRYPT_SECRET];
};

static int
take_key(const struct call *call, struct witness *w)
{
	const char *name = options_value(&call->options, "name");
	uint8_t seeds[PAPER_BYTES], key[CRYPT_KEY];
	struct keyfile *keys = NULL;
	struct home home;
	int rc;

	if (call_home(call, &home) != 0)
		return -1;
	rc = call_unlock(call, &home, &keys);
	if (rc == 0) {
		keyfile_copy_secret(keys, seeds);
		crypt_pair(seeds, key, w->secret);
		crypt_wipe(seeds, sizeof(seeds));
	}
	if (rc == 0 &&
		note_make_key(bytes_of_string(name != NULL ? name : "auditor"),
			NOTE_COSIGNATURE, key, &w->key) != VERDICT_OK)
		rc = complain_usage("Letters without spaces and plus signs.",
			"'%s' cannot be the name of a witness.", name);
	keyfile_free(keys);
	home_close(&home);
	return rc;
}

static bool
has_signed(const struct note *note, const struct note_key *key)
{
	for (size_t i = 0; i < note->n_lines; i++)
		if (bytes_equal(
			    note->lines[i].name, bytes_of_string(key->name)) &&
			memcmp(note->lines[i].id, key->id, NOTE_ID) == 0)
			return true;
	return false;
}

static int
add_line(const struct witness *w, const char *path, struct writer *text)
{
	struct note note;
	int dir = files_open_dir(path);
	int rc;

	if (dir < 0)
		return -1;
	/* It was opened in the replay, so it can be taken apart. */
	if (note_parse(writer_view(text), &note) != VERDICT_OK ||
		has_signed(&note, &w->key)) {
		rc = complain_no("", "This witness has cosigned it already.");
	} else {
		struct writer signed_ = {0};

		writer_put(&signed_, writer_view(text));
		note_sign(
			note.text, &w->key, w->secret, clock_now_s(), &signed_);
		rc = files_replace(
			dir, "checkpoint", FILES_PUBLIC, writer_view(&signed_));
		writer_clear(&signed_);
	}
	files_close(dir);
	return rc;
}

static int
cosign(const struct call *call, const char *path, struct writer *note)
{
	struct witness w;
	struct writer vkey = {0};
	int rc = take_key(call, &w);

	if (rc == 0)
		rc = add_line(&w, path, note);
	if (rc == 0) {
		note_print_key(&w.key, &vkey);
		output_line(call->out, "Cosigned: %s/checkpoint", path);
		output_line(call->out, "In a policy: witness %s %s", w.key.name,
			writer_string(&vkey));
		output_give_text(call->out, "vkey", writer_view(&vkey));
	}
	crypt_wipe(w.secret, sizeof(w.secret));
	writer_clear(&vkey);
	return rc;
}

int
cmd_cosign_export(const struct call *call)
{
	const char *path = options_operand(&call->options, "EXPORT");
	struct replica r = {0};
	int rc = cmd_replay_export(call, path, &r);

	if (rc == 0)
		rc = cosign(call, path, &r.note);
	replica_clear(&r);
	return rc;
}
