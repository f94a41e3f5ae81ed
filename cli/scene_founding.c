#include "cli/scene_founding.h"

#include "ballots/base/coding.h"
#include "ballots/machine/clock.h"
#include "ballots/machine/secret.h"
#include "ballots/record/jcs.h"
#include "ballots/record/origin.h"
#include "ballots/rules/model.h"

enum {
	NAME_MOST = 40,
	POWER_S = 360 * 86400, /* as long as any play takes */
	ADMITTED_A_DAY = 9000, /* by one member, in a practice union */
	DAY_S = 86400,
};

/* "rehearsal.debian-2007-dpl": what a union's name may hold. */
static void
put_name(struct writer *w, struct bytes name)
{
	size_t n = 0;

	writer_put(w, BYTES(ORIGIN_REHEARSAL));
	for (size_t i = 0; i < name.len && n < NAME_MOST; i++) {
		uint8_t c =
			name.data[i] |
			(uint8_t)((name.data[i] >= 'A' && name.data[i] <= 'Z')
				  << 5);

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			c == '-') {
			writer_put_u8(w, c);
			n++;
		}
	}
	if (n == 0)
		writer_put(w, BYTES("practice"));
}

static void
put_founders(const struct play *p, struct writer *w)
{
	struct jcs_printer list = jcs_printer_of(w);

	jcs_begin_array(&list);
	for (uint32_t i = 0; i < PLAY_FOUNDERS; i++)
		jcs_did(&list, troupe_key(p->troupe, i));
	jcs_end_array(&list);
}

/* The founding file: union.found, signed, and the ledger's seed. */
static void
put_founding(const struct play *p, struct bytes name, struct writer *file)
{
	struct act act = {.kind = ACT_UNION_FOUND};
	struct writer charter = {0}, founders = {0}, word = {0}, bytes = {0};
	struct jcs_printer out = jcs_printer_of(file);
	uint8_t seed[CRYPT_SEED], key[CRYPT_KEY], secret[CRYPT_SECRET];
	uint8_t sig[CRYPT_SIG], id[CRYPT_HASH];
	uint64_t now_s = clock_now_s();

	secret_draw(seed, sizeof(seed));
	crypt_pair(seed, key, secret);
	model_charter(now_s + POWER_S, true, &charter);
	put_founders(p, &founders);
	put_name(&word, name);
	act_set_by(&act, FORM_BY_KEY, troupe_key(p->troupe, 0));
	act_set_span(&act, ACT_HAS_CHARTER, writer_view(&charter));
	act_set_span(&act, ACT_HAS_FOUNDERS, writer_view(&founders));
	act_set_hash(&act, ACT_HAS_KEY, key);
	act_set_span(&act, ACT_HAS_NAME, writer_view(&word));
	act_set_int(&act, ACT_HAS_REHEARSAL, 1);
	act_set_int(&act, ACT_HAS_RULES, 1);
	act_set_int(&act, ACT_HAS_SEQ, (int64_t)now_s);
	troupe_sign(p->troupe, 0, &act, &bytes, sig, id);
	jcs_begin_object(&out);
	jcs_key(&out, "act");
	jcs_base64(&out, writer_view(&bytes));
	jcs_key(&out, "seed");
	jcs_base64(&out, bytes_of(seed, sizeof(seed)));
	jcs_key(&out, "sig");
	jcs_base64(&out, bytes_of(sig, sizeof(sig)));
	jcs_end_object(&out);
	crypt_wipe(seed, sizeof(seed));
	crypt_wipe(secret, sizeof(secret));
	writer_clear(&charter);
	writer_clear(&founders);
	writer_clear(&word);
	writer_clear(&bytes);
}

static int
join(struct play *p, uint32_t founder)
{
	struct writer bytes = {0};
	uint8_t sig[CRYPT_SIG];
	int rc;

	troupe_apply(p->troupe, p->contact, founder, &bytes, sig);
	rc = troupe_file_signed(
		p->troupe, p->contact, writer_view(&bytes), sig);
	writer_clear(&bytes);
	return rc;
}

int
scene_founding_begin(struct play *p, struct bytes name)
{
	struct writer file = {0};
	int rc;

	put_founding(p, name, &file);
	rc = stage_found(p->stage, writer_view(&file));
	crypt_wipe(file.data, file.len);
	writer_clear(&file);
	if (rc != 0)
		return rc;
	p->contact = stage_contact(p->stage);
	for (uint32_t i = 0; rc == 0 && i < PLAY_FOUNDERS; i++)
		rc = join(p, i);
	if (rc == 0)
		rc = troupe_flush(p->troupe, p->contact);
	if (rc == 0)
		play_say(p, "Founded", "%.*s, by %d founders",
			(int)contact_about(p->contact)->name.len,
			(const char *)contact_about(p->contact)->name.data,
			PLAY_FOUNDERS);
	return rc;
}

/* A registrar and a member say the same of one applicant. */
static int
admit(struct play *p, uint32_t who)
{
	struct writer application = {0}, blob = {0}, signature = {0};
	uint8_t sig[CRYPT_SIG];
	int rc = 0;

	troupe_apply(p->troupe, p->contact, who, &application, sig);
	coding_put_base64(&blob, writer_view(&application));
	coding_put_base64(&signature, bytes_of(sig, CRYPT_SIG));
	for (uint32_t by = 0; rc == 0 && by < 2; by++) {
		struct act act = {.kind = ACT_MEMBER_ADMIT};

		act_set_span(&act, ACT_HAS_APPLICATION, writer_view(&blob));
		act_set_span(&act, ACT_HAS_SIGNATURE, writer_view(&signature));
		act_set_hash(&act, ACT_HAS_ON, troupe_id(p->troupe, who));
		rc = troupe_file(p->troupe, p->contact, by, &act, NULL);
	}
	writer_clear(&application);
	writer_clear(&blob);
	writer_clear(&signature);
	return rc;
}

int
scene_founding_admit(struct play *p)
{
	uint32_t n = troupe_size(p->troupe) - PLAY_FOUNDERS;
	char pace[64];
	int rc = 0;

	play_begin(p);
	for (uint32_t i = 0; rc == 0 && i < n; i++) {
		output_progress("admitting", i, n);
		if (i > 0 && i % ADMITTED_A_DAY == 0) {
			rc = troupe_flush(p->troupe, p->contact);
			if (rc == 0)
				rc = ask_advance(p->contact,
					contact_about(p->contact)->now_s +
						DAY_S);
		}
		if (rc == 0)
			rc = admit(p, PLAY_FOUNDERS + i);
	}
	output_progress("admitting", 1, 1);
	if (rc == 0)
		rc = troupe_flush(p->troupe, p->contact);
	if (rc == 0)
		play_say(p, "Admitted",
			"%u members, each with a key of their "
			"own (%s)",
			n, play_pace(p, pace));
	return rc;
}
