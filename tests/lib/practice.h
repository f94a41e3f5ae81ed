#ifndef TESTS_LIB_PRACTICE_H
#define TESTS_LIB_PRACTICE_H

#include <string.h>

#include "ballots/assembly/assembly.h"
#include "ballots/assembly/world.h"
#include "ballots/base/coding.h"
#include "ballots/base/mem.h"
#include "ballots/record/checkpoint.h"
#include "ballots/record/jcs.h"
#include "ballots/record/text.h"
#include "ballots/rules/model.h"
#include "tests/lib/signer.h"

/*
 * A small union of two founders that a test fills with records.  Include after
 * cmocka.h.
 */
#define PRACTICE_START_S  1700000000
#define PRACTICE_FOUNDERS 2

struct practice_key {
	uint8_t public[CRYPT_KEY], secret[CRYPT_SECRET];
};

struct practice {
	struct assembly *assembly;
	struct practice_key ledger, founders[PRACTICE_FOUNDERS];
	uint8_t ids[PRACTICE_FOUNDERS][CRYPT_HASH]; /* of the members */
	uint64_t now_s;
	struct writer bytes; /* all records, one behind the other */
	size_t *ends;
	size_t n, cap;
};

static inline struct practice_key
practice_key(const char *name)
{
	uint8_t seed[CRYPT_SEED];
	struct practice_key key;

	crypt_hash(bytes_of_string(name), seed);
	crypt_pair(seed, key.public, key.secret);
	return key;
}

static inline struct bytes
practice_record(const struct practice *p, size_t i)
{
	size_t start = i == 0 ? 0 : p->ends[i - 1];

	return bytes_of(p->bytes.data + start, p->ends[i] - start);
}

static inline void
practice_keep(struct practice *p)
{
	p->ends = mem_grow(p->ends, &p->cap, p->n + 1, sizeof(*p->ends));
	p->ends[p->n++] = p->bytes.len;
}

/* File an act; it must stand. */
static inline void
practice_file(struct practice *p, struct act *act,
	const struct practice_key *author, uint8_t id[CRYPT_HASH])
{
	struct assembly_checked checked;
	struct writer bytes = {0};
	uint8_t sig[CRYPT_SIG];

	if (p->n > 0) {
		act_set_span(act, ACT_HAS_LOG,
			bytes_of_string(assembly_world(p->assembly)->log));
		act_set_int(act, ACT_HAS_UNTIL, (int64_t)p->now_s + 3600);
	}
	act_set_int(act, ACT_HAS_SEQ, (int64_t)p->now_s);
	act_encode(act, &bytes);
	stamp_sign(writer_view(&bytes), author->secret, sig);
	if (p->n == 0)
		assert_int_equal(assembly_precheck_founding(
					 writer_view(&bytes), sig, &checked),
			VERDICT_OK);
	else
		assert_int_equal(
			assembly_precheck(p->assembly, writer_view(&bytes), sig,
				true, &checked),
			VERDICT_OK);
	assert_int_equal(
		assembly_admit(p->assembly, &checked, p->now_s, &p->bytes),
		VERDICT_OK);
	memcpy(id, checked.act.id, CRYPT_HASH);
	practice_keep(p);
	writer_clear(&bytes);
}

static inline void
practice_found(struct practice *p)
{
	struct act act = {.kind = ACT_UNION_FOUND};
	struct writer charter = {0}, founders = {0};
	struct jcs_printer list = jcs_printer_of(&founders);
	uint8_t id[CRYPT_HASH];

	model_charter(p->now_s + 86400 * 180, true, &charter);
	jcs_begin_array(&list);
	for (size_t i = 0; i < PRACTICE_FOUNDERS; i++)
		jcs_did(&list, p->founders[i].public);
	jcs_end_array(&list);
	act_set_by(&act, FORM_BY_KEY, p->founders[0].public);
	act_set_span(&act, ACT_HAS_CHARTER, writer_view(&charter));
	act_set_span(&act, ACT_HAS_FOUNDERS, writer_view(&founders));
	act_set_hash(&act, ACT_HAS_KEY, p->ledger.public);
	act_set_span(&act, ACT_HAS_NAME,
		BYTES("rehearsal.practice-with-a-name-as-long-as-a-name-may-be-"
		      "and-more"));
	act_set_int(&act, ACT_HAS_REHEARSAL, 1);
	act_set_int(&act, ACT_HAS_RULES, 1);
	practice_file(p, &act, &p->founders[0], id);
	writer_clear(&charter);
	writer_clear(&founders);
}

static inline void
practice_join(struct practice *p, size_t founder)
{
	const struct practice_key *key = &p->founders[founder];
	struct act act = {.kind = ACT_MEMBER_APPLY};

	act_set_by(&act, FORM_BY_KEY, key->public);
	act_set_hash(&act, ACT_HAS_NEXT, key->public);
	act_set_hash(&act, ACT_HAS_ON, assembly_world(p->assembly)->id);
	practice_file(p, &act, key, p->ids[founder]);
}

/* A union of founders; given back with practice_end(). */
static inline void
practice_begin(struct practice *p)
{
	memset(p, 0, sizeof(*p));
	p->assembly = assembly_new();
	p->ledger = practice_key("the ledger");
	p->founders[0] = practice_key("one");
	p->founders[1] = practice_key("two");
	p->now_s = PRACTICE_START_S;
	practice_found(p);
	for (size_t i = 0; i < PRACTICE_FOUNDERS; i++)
		practice_join(p, i);
}

static inline void
practice_end(struct practice *p)
{
	assembly_free(p->assembly);
	writer_clear(&p->bytes);
	mem_free(p->ends);
}

/* n records more: founders renew, a second apart. */
static inline void
practice_fill(struct practice *p, size_t n)
{
	uint8_t id[CRYPT_HASH];

	for (size_t i = 0; i < n; i++) {
		size_t who = i % PRACTICE_FOUNDERS;
		struct act act = {.kind = ACT_MEMBER_RENEW};

		p->now_s++;
		act_set_by(&act, FORM_BY_MEMBER, p->ids[who]);
		act_set_hash(&act, ACT_HAS_ON, p->ids[who]);
		practice_file(p, &act, &p->founders[who], id);
	}
}

/* A topic that a text describes, whose hash is given. */
static inline void
practice_topic(struct practice *p, const uint8_t salt[LIMIT_TEXT_SALT],
	struct bytes text, uint8_t hash[CRYPT_HASH])
{
	struct act act = {.kind = ACT_TOPIC_OPEN};
	struct writer texts = {0};
	struct jcs_printer list = jcs_printer_of(&texts);
	uint8_t id[CRYPT_HASH];

	text_hash(salt, text, hash);
	jcs_begin_array(&list);
	jcs_begin_object(&list);
	jcs_key(&list, "hash");
	jcs_base64(&list, bytes_of(hash, CRYPT_HASH));
	jcs_key(&list, "lang");
	jcs_string(&list, BYTES("en"));
	jcs_end_object(&list);
	jcs_end_array(&list);
	p->now_s++;
	act_set_by(&act, FORM_BY_MEMBER, p->ids[0]);
	act_set_hash(&act, ACT_HAS_ON, assembly_world(p->assembly)->id);
	act_set_span(&act, ACT_HAS_TEXTS, writer_view(&texts));
	practice_file(p, &act, &p->founders[0], id);
	writer_clear(&texts);
}

/* Append the ledger's checkpoint, and its key as a policy. */
static inline void
practice_sign(const struct practice *p, struct writer *note)
{
	struct tree_head head = assembly_head(p->assembly);
	struct note_key key;

	assert_int_equal(
		note_make_key(bytes_of_string(assembly_world(p->assembly)->log),
			NOTE_ED25519, p->ledger.public, &key),
		VERDICT_OK);
	checkpoint_sign(&head, &key, p->ledger.secret, note);
}

static inline void
practice_policy(const struct practice *p, struct writer *policy)
{
	struct note_key key;

	assert_int_equal(
		note_make_key(bytes_of_string(assembly_world(p->assembly)->log),
			NOTE_ED25519, p->ledger.public, &key),
		VERDICT_OK);
	writer_put_string(policy, "log ");
	note_print_key(&key, policy);
	writer_put_string(policy, "\nquorum none\n");
}

#endif
