#include "cli/cmd_found.h"

#include <fcntl.h>
#include <jansson.h>
#include <string.h>

#include "ballots/assembly/assembly.h"
#include "ballots/base/coding.h"
#include "ballots/machine/clock.h"
#include "ballots/machine/files.h"
#include "ballots/machine/secret.h"
#include "ballots/record/origin.h"
#include "ballots/rules/model.h"
#include "cli/canon.h"
#include "cli/complain.h"
#include "cli/desk.h"
#include "cli/when.h"
#include "cli/words.h"

#define PURPOSE BYTES("union-act/v1\n")
#define POWER_S (180 * 86400) /* how long founders' powers last */

const struct option cmd_found_options[] = {
	{"out", 'o', false, "FILE",
		"where to write it (preset: NAME.founding)"},
	{"rehearsal", 0, false, NULL,
		"a practice union, whose clock is moved by hand"},
	{"charter", 0, false, "FILE", "rules of your own, as JSON"},
	{0},
};

/* What a founding is made of, until it is signed. */
struct plan {
	const struct call *call;
	struct home home;
	struct keyfile *keys;
	bool rehearsal;
	uint64_t now_s;
	struct writer name, charter, founders, act, file;
	uint8_t seed[CRYPT_SEED];
	uint8_t key[CRYPT_KEY];
	uint8_t sig[CRYPT_SIG];
	uint8_t id[CRYPT_HASH];
};

static int
plan_charter(struct plan *p)
{
	const char *path = options_value(&p->call->options, "charter");
	json_t *json;
	int rc;

	if (path == NULL) {
		model_charter(p->now_s + POWER_S, p->rehearsal, &p->charter);
		return 0;
	}
	if (canon_read(path, &json) != 0)
		return -1;
	rc = canon_put(json, &p->charter);
	json_decref(json);
	return rc;
}

static int
plan_founders(struct plan *p)
{
	struct jcs_printer printer = jcs_printer_of(&p->founders);
	const char *const *others;
	uint8_t key[CRYPT_KEY];
	size_t n;

	others = options_operands(&p->call->options, "FOUNDER", &n);
	keyfile_copy_key(p->keys, KEYFILE_CURRENT, key);
	jcs_begin_array(&printer);
	jcs_did(&printer, key);
	for (size_t i = 0; i < n; i++) {
		if (!coding_read_did(bytes_of_string(others[i]), key) ||
			!crypt_key_ok(key))
			return complain_usage(
				"Each founder shows theirs with: union key "
				"show",
				"'%s' is no public key.", others[i]);
		jcs_did(&printer, key);
	}
	jcs_end_array(&printer);
	return 0;
}

static void
plan_name(struct plan *p)
{
	const char *name = options_operand(&p->call->options, "NAME");

	if (p->rehearsal && !origin_is_rehearsal(bytes_of_string(name)))
		writer_put_string(&p->name, ORIGIN_REHEARSAL);
	writer_put_string(&p->name, name);
}

/* Judge it as a ledger would: nobody can found a union twice. */
static int
judge(struct plan *p)
{
	struct assembly *a = assembly_new();
	struct assembly_checked checked;
	struct writer record = {0};
	enum verdict v = assembly_precheck_founding(
		writer_view(&p->act), p->sig, &checked);

	if (v == VERDICT_OK) {
		memcpy(p->id, checked.act.id, CRYPT_HASH);
		v = assembly_admit(a, &checked, p->now_s, &record);
	}
	writer_clear(&record);
	assembly_free(a);
	if (v == VERDICT_OK)
		return 0;
	return complain_usage(v == VERDICT_MALFORMED
				      ? "A name is of a-z, 0-9, '.' and '-'; "
					"only a rehearsal's begins with "
					"'rehearsal.'."
				      : verdict_hint(v),
		"A union cannot be founded so: %s", verdict_sentence(v));
}

/* What the daemon begins with: the act, and the seed of the ledger's key. */
static void
seal(struct plan *p)
{
	struct jcs_printer printer = jcs_printer_of(&p->file);

	jcs_begin_object(&printer);
	jcs_key(&printer, "act");
	jcs_base64(&printer, writer_view(&p->act));
	jcs_key(&printer, "seed");
	jcs_base64(&printer, bytes_of(p->seed, CRYPT_SEED));
	jcs_key(&printer, "sig");
	jcs_base64(&printer, bytes_of(p->sig, CRYPT_SIG));
	jcs_end_object(&printer);
}

static int
sign(struct plan *p)
{
	struct act act = {.kind = ACT_UNION_FOUND};
	uint8_t author[CRYPT_KEY];

	keyfile_copy_key(p->keys, KEYFILE_CURRENT, author);
	act_set_by(&act, FORM_BY_KEY, author);
	act_set_span(&act, ACT_HAS_CHARTER, writer_view(&p->charter));
	act_set_span(&act, ACT_HAS_FOUNDERS, writer_view(&p->founders));
	act_set_hash(&act, ACT_HAS_KEY, p->key);
	act_set_span(&act, ACT_HAS_NAME, writer_view(&p->name));
	act_set_int(&act, ACT_HAS_REHEARSAL, p->rehearsal);
	act_set_int(&act, ACT_HAS_RULES, 1);
	act_set_int(&act, ACT_HAS_SEQ, (int64_t)p->now_s);
	act_encode(&act, &p->act);
	keyfile_sign(p->keys, PURPOSE, writer_view(&p->act), p->sig);
	if (judge(p) != 0)
		return -1;
	seal(p);
	return 0;
}

/* The founder need not trust what a daemon shows: all is known here. */
static int
remember(struct plan *p, struct bytes origin)
{
	struct writer vkey = {0}, id = {0}, words = {0};
	struct note_key key;
	int rc = -1;

	if (note_make_key(origin, NOTE_ED25519, p->key, &key) != VERDICT_OK)
		return complain_usage("", "This name cannot be a union's.");
	note_print_key(&key, &vkey);
	coding_put_hex(&id, bytes_of(p->id, CRYPT_HASH));
	writer_put(&words, origin);
	if (home_set(&p->home, "origin", writer_string(&words)) == 0 &&
		home_set(&p->home, "vkey", writer_string(&vkey)) == 0 &&
		home_set(&p->home, "id", writer_string(&id)) == 0)
		rc = 0;
	output_line(p->call->out, "Ledger key: %s", writer_string(&vkey));
	output_give_text(p->call->out, "vkey", writer_view(&vkey));
	output_give_text(p->call->out, "id", writer_view(&id));
	writer_clear(&vkey);
	writer_clear(&id);
	writer_clear(&words);
	return rc;
}

static int
hand_out(struct plan *p)
{
	const char *path = options_value(&p->call->options, "out");
	struct output *out = p->call->out;
	struct writer name = {0}, origin = {0};
	int rc;

	if (path != NULL)
		writer_put_string(&name, path);
	else
		writer_put(&name, writer_view(&p->name));
	if (path == NULL)
		writer_put_string(&name, ".founding");
	writer_put(&origin, writer_view(&p->name));
	writer_put_u8(&origin, '/');
	coding_put_hex(&origin, bytes_of(p->id, CRYPT_HASH / 2));
	rc = files_exist(AT_FDCWD, writer_string(&name))
		     ? complain_no("Name another with --out FILE.",
			       "%s is there already.", writer_string(&name))
		     : files_replace(AT_FDCWD, writer_string(&name),
			       FILES_PRIVATE, writer_view(&p->file));
	if (rc == 0) {
		output_line(out, "Union:      %s", writer_string(&origin));
		output_give_text(out, "origin", writer_view(&origin));
		rc = remember(p, writer_view(&origin));
	}
	if (rc == 0) {
		output_line(out,
			"Founding:   %s (holds the ledger's secret "
			"key: give it to nobody but the daemon)",
			writer_string(&name));
		output_give_text(out, "file", writer_view(&name));
		output_next(out,
			"uniond init %s, uniond serve, and then each "
			"founder: union join",
			writer_string(&name));
	}
	writer_clear(&name);
	writer_clear(&origin);
	return rc;
}

static int
found(struct plan *p)
{
	uint8_t secret[CRYPT_SECRET];

	p->now_s = clock_now_s();
	p->rehearsal = options_has(&p->call->options, "rehearsal");
	plan_name(p);
	secret_draw(p->seed, sizeof(p->seed));
	crypt_pair(p->seed, p->key, secret);
	crypt_wipe(secret, sizeof(secret));
	if (words_check(writer_string(&p->name)) != 0 || plan_charter(p) != 0 ||
		plan_founders(p) != 0 || sign(p) != 0)
		return -1;
	return hand_out(p);
}

int
cmd_found_union(const struct call *call)
{
	struct plan p = {.call = call};
	int rc;

	if (call_home(call, &p.home) != 0)
		return -1;
	rc = call_unlock(call, &p.home, &p.keys);
	if (rc == 0)
		rc = found(&p);
	keyfile_free(p.keys);
	home_close(&p.home);
	crypt_wipe(p.seed, sizeof(p.seed));
	if (p.file.data != NULL)
		crypt_wipe(p.file.data, p.file.len);
	writer_clear(&p.name);
	writer_clear(&p.charter);
	writer_clear(&p.founders);
	writer_clear(&p.act);
	writer_clear(&p.file);
	return rc;
}

/* A rehearsal's clock *******************************************************/

static int
advance(struct desk *d)
{
	const char *word = options_operand(&d->call->options, "TIME");
	struct writer line = {0};
	uint64_t to;

	if (!contact_about(d->contact)->rehearsal)
		return complain_no(verdict_hint(VERDICT_NOT_FOR_REHEARSAL),
			"%s", verdict_sentence(VERDICT_NOT_FOR_REHEARSAL));
	if (!when_read(bytes_of_string(word), d->now_s, &to))
		return complain_usage("Write 10d, 36h or 2027-01-31.",
			"'%s' is no time.", word);
	if (ask_advance(d->contact, to) != 0)
		return -1;
	when_put(&line, contact_about(d->contact)->now_s);
	output_line(d->out, "The rehearsal's clock stands at %s.",
		writer_string(&line));
	output_give_number(d->out, "now", contact_about(d->contact)->now_s);
	writer_clear(&line);
	return 0;
}

int
cmd_found_advance(const struct call *call)
{
	return desk_do(call, desk_open, advance);
}
