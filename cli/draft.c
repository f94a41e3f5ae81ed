#include "cli/draft.h"

#include <jansson.h>

#include "ballots/base/coding.h"
#include "ballots/base/reader.h"
#include "ballots/record/effect.h"
#include "cli/application.h"
#include "cli/canon.h"
#include "cli/complain.h"
#include "cli/subject.h"
#include "cli/when.h"

static int
put_word(struct draft *e, const char *name, const char *word)
{
	if (words_check(word) != 0)
		return -1;
	jcs_key(e->p, name);
	jcs_string(e->p, bytes_of_string(word));
	return 0;
}

static void
put_do(struct draft *e, enum effect_kind kind)
{
	put_word(e, "do", effect_kind_name(kind));
}

/* The id of what word means. */
static int
put_subject(struct draft *e, const char *name, enum subject_sort sort,
	const char *word)
{
	struct subject s;
	int rc = subject_find(e->f->desk, sort, word, &s);

	if (rc == 0) {
		jcs_key(e->p, name);
		jcs_id(e->p, s.id);
	}
	subject_clear(&s);
	return rc;
}

int
draft_put_text(struct draft *e, const char *spec)
{
	struct words *w = &e->f->words;
	size_t from = w->n;

	if (words_add_spec(w, spec, false, e->language) != 0)
		return -1;
	jcs_key(e->p, "texts");
	words_print(w, from, e->p);
	return 0;
}

static int
need_left(const struct draft *e, const char *form)
{
	return e->left != NULL ? 0
			       : complain_usage(form, "'%s' has no '=' in it.",
					 e->right);
}

/* The kinds, a function each ************************************************/

static int
draft_office(struct draft *e, enum effect_kind kind)
{
	if (need_left(e, "Write OFFICE=MEMBER.") != 0)
		return -1;
	put_do(e, kind);
	if (put_subject(e, "member", SUBJECT_MEMBER, e->right) != 0)
		return -1;
	return put_word(e, "office", e->left);
}

static int
draft_seat(struct draft *e)
{
	return draft_office(e, EFFECT_SEAT);
}

static int
draft_unseat(struct draft *e)
{
	return draft_office(e, EFFECT_UNSEAT);
}

/* The hash of the charter in force, which the new one replaces. */
static int
put_from(struct draft *e)
{
	struct desk *d = e->f->desk;
	struct writer charter = {0};
	uint8_t hash[CRYPT_HASH];
	struct wire *reply;
	bool found;
	int rc;

	if (d->contact == NULL)
		return complain_usage("", "The charter in force must be read "
					  "first: this needs a daemon.");
	if (ask_get(d->contact, "charter", 0, &found, &reply) != 0)
		return -1;
	if (!found)
		return contact_misread();
	rc = canon_put(wire_get(wire_get(wire_top(reply), "item"), "item").at,
		&charter);
	wire_free(reply);
	crypt_hash(writer_view(&charter), hash);
	jcs_key(e->p, "from");
	jcs_base64(e->p, bytes_of(hash, CRYPT_HASH));
	writer_clear(&charter);
	return rc;
}

static int
draft_amend(struct draft *e)
{
	struct writer charter = {0};
	json_t *json;
	int rc;

	if (canon_read(e->right, &json) != 0)
		return -1;
	rc = canon_put(json, &charter);
	json_decref(json);
	if (rc == 0) {
		jcs_key(e->p, "charter");
		jcs_raw(e->p, writer_view(&charter));
		put_do(e, EFFECT_AMEND);
		rc = put_from(e);
	}
	writer_clear(&charter);
	return rc;
}

static int
draft_admit(struct draft *e)
{
	struct application a;

	if (application_read(e->right, ACT_MEMBER_APPLY, &a) != 0)
		return -1;
	jcs_key(e->p, "application");
	jcs_base64(e->p, a.bytes);
	put_do(e, EFFECT_ADMIT);
	jcs_key(e->p, "signature");
	jcs_base64(e->p, bytes_of(a.sig, CRYPT_SIG));
	application_clear(&a);
	return 0;
}

static int
draft_suspend(struct draft *e)
{
	uint64_t span;

	if (need_left(e, "Write MEMBER=30d.") != 0)
		return -1;
	if (!when_read_span(bytes_of_string(e->right), &span))
		return complain_usage("Write MEMBER=30d.",
			"'%s' is no span of time.", e->right);
	put_do(e, EFFECT_SUSPEND);
	jcs_key(e->p, "for_s");
	jcs_int(e->p, (int64_t)span);
	return put_subject(e, "member", SUBJECT_MEMBER, e->left);
}

static int
draft_restore(struct draft *e)
{
	put_do(e, EFFECT_RESTORE);
	return put_subject(e, "member", SUBJECT_MEMBER, e->right);
}

static int
draft_spend(struct draft *e)
{
	uint64_t amount;

	if (need_left(e, "Write 1500=EUR.") != 0)
		return -1;
	if (!reader_decimal(bytes_of_string(e->left), LIMIT_JSON_INT, &amount))
		return complain_usage(
			"Write 1500=EUR.", "'%s' is no whole number.", e->left);
	jcs_key(e->p, "amount");
	jcs_int(e->p, (int64_t)amount);
	put_do(e, EFFECT_SPEND);
	jcs_key(e->p, "texts");
	jcs_raw(e->p, BYTES("[]"));
	return put_word(e, "unit", e->right);
}

/* Names keep their "LANG=", so the whole of what was written is used. */
static const char *
whole(const struct draft *e)
{
	return e->left != NULL ? e->left : e->right;
}

static int
draft_named(struct draft *e, enum effect_kind kind)
{
	put_do(e, kind);
	return draft_put_text(e, whole(e));
}

static int
draft_chapter(struct draft *e)
{
	return draft_named(e, EFFECT_CHAPTER);
}

static int
draft_topic(struct draft *e)
{
	return draft_named(e, EFFECT_TOPIC);
}

/* The types of credentials that a gateway accepts, with commas between. */
static int
put_accepted(struct draft *e, struct bytes rest)
{
	struct writer word = {0};
	int rc = 0;

	jcs_begin_array(e->p);
	while (rc == 0 && rest.len > 0) {
		writer_rewind(&word);
		writer_put(&word, bytes_cut(&rest, ','));
		rc = words_check(writer_string(&word));
		if (rc == 0)
			jcs_string(e->p, writer_view(&word));
	}
	jcs_end_array(e->p);
	writer_clear(&word);
	return rc;
}

static int
draft_gateway(struct draft *e)
{
	uint8_t key[CRYPT_KEY];
	struct bytes rest;

	if (need_left(e, "Write KEY[,TYPE...]=WORDS.") != 0)
		return -1;
	rest = bytes_of_string(e->left);
	if (!coding_read_did(bytes_cut(&rest, ','), key))
		return complain_usage("It begins with did:key:.",
			"'%s' is no public key.", e->left);
	jcs_key(e->p, "accepts");
	if (put_accepted(e, rest) != 0)
		return -1;
	put_do(e, EFFECT_GATEWAY);
	jcs_key(e->p, "key");
	jcs_did(e->p, key);
	return draft_put_text(e, e->right);
}

static int
draft_strike(struct draft *e)
{
	put_do(e, EFFECT_STRIKE);
	return put_subject(e, "gateway", SUBJECT_GATEWAY, e->right);
}

/* "MEMBER,MEMBER" as a list of ids. */
static int
put_members(struct draft *e, const char *words)
{
	struct bytes rest = bytes_of_string(words);
	struct writer word = {0};
	int rc = 0;

	jcs_key(e->p, "delegates");
	jcs_begin_array(e->p);
	while (rc == 0 && rest.len > 0) {
		struct subject s;

		writer_rewind(&word);
		writer_put(&word, bytes_cut(&rest, ','));
		rc = subject_find(
			e->f->desk, SUBJECT_MEMBER, writer_string(&word), &s);
		if (rc == 0)
			jcs_id(e->p, s.id);
		subject_clear(&s);
	}
	jcs_end_array(e->p);
	writer_clear(&word);
	return rc;
}

static int
draft_delegates(struct draft *e, enum effect_kind kind)
{
	if (need_left(e, "Write MANDATE=MEMBER,MEMBER.") != 0 ||
		put_members(e, e->right) != 0)
		return -1;
	put_do(e, kind);
	return put_subject(e, "mandate", SUBJECT_MANDATE, e->left);
}

static int
draft_recall(struct draft *e)
{
	return draft_delegates(e, EFFECT_RECALL);
}

static int
draft_replace(struct draft *e)
{
	return draft_delegates(e, EFFECT_REPLACE);
}

static int
draft_renew(struct draft *e)
{
	uint64_t until;

	if (need_left(e, "Write MANDATE=2027-12-31.") != 0)
		return -1;
	if (!when_read(bytes_of_string(e->right), e->f->desk->now_s, &until))
		return complain_usage("Write MANDATE=2027-12-31.",
			"'%s' is no time.", e->right);
	put_do(e, EFFECT_RENEW);
	if (put_subject(e, "mandate", SUBJECT_MANDATE, e->left) != 0)
		return -1;
	jcs_key(e->p, "valid_until");
	jcs_int(e->p, (int64_t)until);
	return 0;
}

static const struct {
	const char *option;
	const char *class; /* that such effects are for */
	int (*draft)(struct draft *e);
} kinds[] = {
	{"seat", "ordinary", draft_seat},
	{"unseat", "recall", draft_unseat},
	{"amend", "charter", draft_amend},
	{"admit", "admission", draft_admit},
	{"suspend", "admission", draft_suspend},
	{"restore", "admission", draft_restore},
	{"spend", "budget", draft_spend},
	{"chapter-named", "ordinary", draft_chapter},
	{"topic-named", "ordinary", draft_topic},
	{"gateway", "ordinary", draft_gateway},
	{"strike", "ordinary", draft_strike},
	{"recall", "recall", draft_recall},
	{"replace", "mandate", draft_replace},
	{"renew", "mandate", draft_renew},
};
#define N_KINDS (sizeof(kinds) / sizeof(kinds[0]))

/* Print one effect, written as value. */
static int
draft(struct draft *e, size_t kind, const char *value)
{
	struct bytes rest = bytes_of_string(value);
	struct writer left = {0};
	int rc;

	writer_put(&left, bytes_cut(&rest, '='));
	e->left = rest.len > 0 ? writer_string(&left) : NULL;
	e->right = rest.len > 0 ? (const char *)rest.data : value;
	if (kinds[kind].draft == draft_chapter ||
		kinds[kind].draft == draft_topic) {
		e->left = NULL;
		e->right = value;
	}
	jcs_begin_object(e->p);
	rc = kinds[kind].draft(e);
	/* A draft that failed is thrown away, half as it is. */
	if (rc == 0)
		jcs_end_object(e->p);
	writer_clear(&left);
	return rc;
}

int
draft_effects(struct draft *e, const char **class)
{
	const struct options *o = &e->f->desk->call->options;

	jcs_begin_array(e->p);
	for (size_t i = 0; i < N_KINDS; i++) {
		const char *value;
		size_t at = 0;

		while ((value = options_each(o, kinds[i].option, &at)) !=
			NULL) {
			*class = kinds[i].class;
			if (draft(e, i, value) != 0)
				return -1;
		}
	}
	jcs_end_array(e->p);
	return 0;
}
