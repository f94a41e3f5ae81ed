#include "cli/troupe.h"

#include <string.h>

#include "ballots/base/mem.h"
#include "ballots/machine/secret.h"
#include "ballots/record/jcs.h"
#include "ballots/record/stamp.h"
#include "ballots/record/text.h"
#include "cli/complain.h"

enum {
	PAGE_BYTES = 80000, /* of acts and texts; base64 makes them larger */
	TEXTS_MOST = LIMIT_OPTIONS + 4,
	LIFE_S = 86400,
};

struct member {
	uint8_t key[CRYPT_KEY], secret[CRYPT_SECRET];
	uint8_t id[CRYPT_HASH];
};

struct troupe {
	struct member *members; /* and the guest behind them */
	uint32_t n;
	uint64_t recorded;

	/* The next request. */
	struct ask_act acts[TROUPE_PAGE];
	char *bytes[TROUPE_PAGE]; /* of the same, owned */
	size_t n_acts, n_bytes;
	struct ask_text texts[TEXTS_MOST]; /* all for one act */
	size_t n_texts;
};

struct troupe *
troupe_new(uint32_t n)
{
	struct troupe *t = mem_new(sizeof(*t));

	t->members = mem_new_array((size_t)n + 1, sizeof(*t->members));
	t->n = n;
	for (uint32_t i = 0; i <= n; i++) {
		uint8_t seed[CRYPT_SEED];

		secret_draw(seed, sizeof(seed));
		crypt_pair(seed, t->members[i].key, t->members[i].secret);
		crypt_wipe(seed, sizeof(seed));
	}
	return t;
}

static void
forget_page(struct troupe *t)
{
	for (size_t i = 0; i < t->n_acts; i++)
		mem_free(t->bytes[i]);
	for (size_t i = 0; i < t->n_texts; i++)
		mem_free((void *)t->texts[i].text.data);
	t->n_acts = t->n_bytes = t->n_texts = 0;
}

void
troupe_free(struct troupe *t)
{
	if (t == NULL)
		return;
	forget_page(t);
	crypt_wipe(t->members, ((size_t)t->n + 1) * sizeof(*t->members));
	mem_free(t->members);
	mem_free(t);
}

uint32_t
troupe_size(const struct troupe *t)
{
	return t->n;
}

uint32_t
troupe_guest(const struct troupe *t)
{
	return t->n;
}

const uint8_t *
troupe_key(const struct troupe *t, uint32_t who)
{
	return t->members[who].key;
}

const uint8_t *
troupe_id(const struct troupe *t, uint32_t who)
{
	return t->members[who].id;
}

uint64_t
troupe_recorded(const struct troupe *t)
{
	return t->recorded;
}

/* Signing *******************************************************************/

void
troupe_sign(const struct troupe *t, uint32_t who, const struct act *act,
	struct writer *bytes, uint8_t sig[static CRYPT_SIG],
	uint8_t id[static CRYPT_HASH])
{
	act_encode(act, bytes);
	stamp_sign(writer_view(bytes), t->members[who].secret, sig);
	stamp_act_id(writer_view(bytes), id);
}

void
troupe_sign_bytes(const struct troupe *t, uint32_t who, struct bytes message,
	uint8_t sig[static CRYPT_SIG])
{
	crypt_sign(t->members[who].secret, BYTES(""), message, sig);
}

static void
complete(struct contact *c, struct act *act)
{
	const struct contact_about *about = contact_about(c);

	act_set_span(act, ACT_HAS_LOG, about->origin);
	act_set_int(act, ACT_HAS_SEQ, (int64_t)about->now_s);
	act_set_int(act, ACT_HAS_UNTIL, (int64_t)(about->now_s + LIFE_S));
}

void
troupe_apply(struct troupe *t, struct contact *c, uint32_t who,
	struct writer *bytes, uint8_t sig[static CRYPT_SIG])
{
	struct member *m = &t->members[who];
	struct act act = {.kind = ACT_MEMBER_APPLY};
	uint8_t next[CRYPT_HASH];

	secret_draw(next, sizeof(next));
	act_set_by(&act, FORM_BY_KEY, m->key);
	act_set_hash(&act, ACT_HAS_NEXT, next);
	act_set_hash(&act, ACT_HAS_ON, contact_about(c)->id);
	complete(c, &act);
	troupe_sign(t, who, &act, bytes, sig, m->id);
}

void
troupe_text(struct troupe *t, const char *text, struct writer *list)
{
	struct jcs_printer p = jcs_printer_of(list);
	struct ask_text *to = &t->texts[t->n_texts++];
	size_t len = strlen(text);
	uint8_t hash[CRYPT_HASH];

	secret_draw(to->salt, sizeof(to->salt));
	to->text = bytes_of(mem_copy(text, len), len);
	text_hash(to->salt, to->text, hash);
	jcs_begin_array(&p);
	jcs_begin_object(&p);
	jcs_key(&p, "hash");
	jcs_base64(&p, bytes_of(hash, CRYPT_HASH));
	jcs_key(&p, "lang");
	jcs_string(&p, BYTES("en"));
	jcs_end_object(&p);
	jcs_end_array(&p);
}

/* Filing ********************************************************************/

static int
look_at(const struct ask_result *r, const struct ask_act *act)
{
	struct writer sentence = {0}, hint = {0};
	struct bytes kind = fields_find(act->act, "act");

	if (r->recorded)
		return 0;
	writer_put(&sentence, r->sentence);
	writer_put(&hint, r->hint);
	complain_no(writer_string(&hint), "The daemon refused %.*s: %s",
		(int)kind.len, (const char *)kind.data,
		writer_string(&sentence));
	writer_clear(&sentence);
	writer_clear(&hint);
	return -1;
}

int
troupe_flush(struct troupe *t, struct contact *c)
{
	struct ask_result results[TROUPE_PAGE];
	struct wire *reply = NULL;
	int rc = 0;

	if (t->n_acts > 0)
		rc = ask_submit(c, t->acts, t->n_acts, results, &reply);
	for (size_t i = 0; rc == 0 && i < t->n_acts; i++) {
		rc = look_at(&results[i], &t->acts[i]);
		t->recorded += rc == 0;
	}
	wire_free(reply);
	forget_page(t);
	return rc;
}

int
troupe_file_signed(struct troupe *t, struct contact *c, struct bytes act,
	const uint8_t sig[static CRYPT_SIG])
{
	struct ask_act *to = &t->acts[t->n_acts];

	t->bytes[t->n_acts] = mem_copy(act.data, act.len);
	*to = (struct ask_act){.act = bytes_of(t->bytes[t->n_acts], act.len),
		.texts = t->texts,
		.n_texts = t->n_texts};
	memcpy(to->sig, sig, CRYPT_SIG);
	t->n_acts++;
	t->n_bytes += act.len + CRYPT_SIG;
	/* Texts belong to one act, so it ends its request. */
	if (t->n_acts == TROUPE_PAGE || t->n_bytes >= PAGE_BYTES ||
		t->n_texts > 0)
		return troupe_flush(t, c);
	return 0;
}

int
troupe_file(struct troupe *t, struct contact *c, uint32_t who, struct act *act,
	uint8_t *id)
{
	struct writer bytes = {0};
	uint8_t sig[CRYPT_SIG], own[CRYPT_HASH];
	int rc;

	if (act_kind_author(act->kind) == FORM_BY_KEY)
		act_set_by(act, FORM_BY_KEY, t->members[who].key);
	else
		act_set_by(act, FORM_BY_MEMBER, t->members[who].id);
	complete(c, act);
	troupe_sign(t, who, act, &bytes, sig, id != NULL ? id : own);
	rc = troupe_file_signed(t, c, writer_view(&bytes), sig);
	writer_clear(&bytes);
	return rc;
}
