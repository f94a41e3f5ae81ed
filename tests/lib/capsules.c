#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/record/advocacy.h"
#include "ballots/record/jcs.h"
#include "ballots/record/stamp.h"
#include "ballots/record/text.h"
#include "tests/lib/capsules.h"
#include "tests/lib/credentials.h"
#include "tests/lib/signer.h"

enum { LEVELS = 20, RESULT_AT = 700001, PUBLISH_AT = 733333 };

#define DAY_S     86400
#define FROM_S    (CAPSULES_NOW - 20 * DAY_S)
#define UNTIL_S   (CAPSULES_NOW + 180 * DAY_S)
#define OPENED_S  (CAPSULES_NOW - 40 * DAY_S)
#define DECIDED_S (CAPSULES_NOW - 30 * DAY_S)
#define SAID_S    (CAPSULES_NOW - 2 * DAY_S)
#define OTHER     "others.example/ffeeddccbbaa99887766554433221100"

const char *const capsules_names[3] = {
	"The Ministry of Labour and Social Policy", "The city of \"Aden\"",
	"Days until papers are issued"};

/* All that is on the way to a capsule. */
struct kitchen {
	const struct capsules_recipe *r;
	struct signer ledger, witness;
	struct person ana, bo, chi, dee, eve, moe;
	uint8_t ana_id[32], moe_id[32];
	uint8_t salt[32];
	struct writer act, question, result, publish, credential, shown;
	struct writer checkpoint, status;
	struct act mandate;
	struct capsule capsule;
};

static const char *
origin(const struct kitchen *k, const char *part)
{
	return k->r->origin_of != NULL && strcmp(k->r->origin_of, part) == 0
		       ? OTHER
		       : CAPSULES_ORIGIN;
}

static void
id_of(const char *name, uint8_t id[static 32])
{
	crypt_hash(bytes_of_string(name), id);
}

/* Acts **********************************************************************/

static void
act_begin(struct act *a, enum act_kind kind, const char *log, int64_t seq_s)
{
	*a = (struct act){.kind = kind};
	act_set_span(a, ACT_HAS_LOG, bytes_of_string(log));
	act_set_int(a, ACT_HAS_SEQ, seq_s);
	if (act_kind_author(kind) != FORM_BY_LEDGER)
		act_set_int(a, ACT_HAS_UNTIL, seq_s + 30 * DAY_S);
}

static void
put_reference(
	struct jcs_printer *p, const uint8_t hash[static 32], const char *lang)
{
	jcs_begin_object(p);
	jcs_key(p, "hash");
	jcs_base64(p, bytes_of(hash, 32));
	jcs_key(p, "lang");
	jcs_string(p, bytes_of_string(lang));
	jcs_end_object(p);
}

/* Two texts, of which the recipe's may be the first. */
static void
put_texts(const struct kitchen *k, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);
	uint8_t hash[32];

	jcs_begin_array(&p);
	text_hash(k->salt,
		bytes_of_string(k->r->text == NULL || k->r->other_text
					? "Papers within 90 days"
					: k->r->text),
		hash);
	put_reference(&p, hash, "en");
	id_of("in another language", hash);
	put_reference(&p, hash, "uk");
	jcs_end_array(&p);
}

static void
put_name(struct jcs_printer *p, size_t i)
{
	uint8_t salt[32], hash[32];

	id_of(capsules_names[i], salt);
	text_hash(salt, bytes_of_string(capsules_names[i]), hash);
	jcs_key(p, "texts");
	jcs_begin_array(p);
	put_reference(p, hash, "en");
	jcs_end_array(p);
	jcs_end_object(p);
}

static void
put_counterparties(const struct kitchen *k, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_array(&p);
	jcs_begin_object(&p);
	jcs_key(&p, "key");
	jcs_did(&p, k->moe.key);
	put_name(&p, 0);
	if (k->r->another_place) {
		jcs_begin_object(&p);
		put_name(&p, 1);
	}
	jcs_end_array(&p);
}

static void
put_ceilings(const struct kitchen *k, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_array(&p);
	if (k->r->another_place) {
		jcs_begin_object(&p);
		jcs_key(&p, "limit");
		jcs_int(&p, 90);
		put_name(&p, 2);
	}
	jcs_end_array(&p);
}

static void
put_delegates(const struct kitchen *k, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_array(&p);
	jcs_id(&p, k->ana_id);
	jcs_id(&p, k->moe_id);
	jcs_end_array(&p);
}

static void
propose(struct kitchen *k)
{
	struct writer texts = {0}, parties = {0}, delegates = {0};
	struct writer ceilings = {0};
	uint8_t by[32], on[32];
	struct act a;

	act_begin(&a, ACT_MANDATE_PROPOSE, origin(k, "act"), OPENED_S);
	id_of("proposer", by);
	id_of("union", on);
	put_texts(k, &texts);
	put_counterparties(k, &parties);
	put_ceilings(k, &ceilings);
	put_delegates(k, &delegates);
	act_set_by(&a, FORM_BY_MEMBER, by);
	act_set_hash(&a, ACT_HAS_ON, on);
	act_set_span(&a, ACT_HAS_CEILINGS, writer_view(&ceilings));
	act_set_int(&a, ACT_HAS_CONFIDENTIAL_S, 0);
	act_set_span(&a, ACT_HAS_COUNTERPARTIES, writer_view(&parties));
	act_set_span(&a, ACT_HAS_DELEGATES, writer_view(&delegates));
	act_set_int(&a, ACT_HAS_MAX_REJECTIONS, 3);
	act_set_int(&a, ACT_HAS_NEEDED, 2);
	act_set_span(&a, ACT_HAS_POWERS,
		BYTES("[\"consult\",\"negotiate\",\"sign-tentative\"]"));
	act_set_span(&a, ACT_HAS_RATIFY_CLASS, BYTES("ratification"));
	act_set_span(&a, ACT_HAS_RECALL, BYTES("[1,20]"));
	act_set_int(&a, ACT_HAS_REPORT_EVERY_S, 30 * DAY_S);
	act_set_int(&a, ACT_HAS_REPORT_GRACE_S, 7 * DAY_S);
	act_set_span(&a, ACT_HAS_TEXTS, writer_view(&texts));
	act_set_int(&a, ACT_HAS_VALID_FROM, FROM_S);
	act_set_int(&a, ACT_HAS_VALID_UNTIL, UNTIL_S);
	act_encode(&a, &k->act);
	assert_int_equal(
		act_decode(writer_view(&k->act), &k->mandate), VERDICT_OK);
	writer_clear(&texts);
	writer_clear(&parties);
	writer_clear(&ceilings);
	writer_clear(&delegates);
}

/* The decision **************************************************************/

static void
ask(struct kitchen *k, uint8_t id[static 32])
{
	struct jcs_printer p = jcs_printer_of(&k->question);
	struct bytes parts[2] = {BYTES("union-question/v1\n")};
	const char *kind = k->r->kind == NULL ? "decision" : k->r->kind;
	uint8_t other[32];

	id_of("another mandate", other);
	jcs_begin_object(&p);
	jcs_key(&p, "about");
	jcs_id(&p, k->mandate.id);
	jcs_key(&p, "kind");
	jcs_string(&p, bytes_of_string(kind));
	jcs_key(&p, "log");
	jcs_string(&p, bytes_of_string(origin(k, "question")));
	jcs_key(&p, "method");
	jcs_string(&p, BYTES("yes-no"));
	jcs_key(&p, "opens");
	jcs_int(&p, DECIDED_S - 10 * DAY_S);
	jcs_key(&p, "options");
	jcs_begin_array(&p);
	jcs_begin_array(&p);
	jcs_id(&p, k->r->other_question ? other : k->mandate.id);
	jcs_int(&p, 0);
	jcs_end_array(&p);
	jcs_end_array(&p);
	jcs_key(&p, "seats");
	jcs_int(&p, 1);
	jcs_end_object(&p);
	parts[1] = writer_view(&k->question);
	crypt_hash_parts(parts, 2, id);
}

static void
decide(struct kitchen *k)
{
	bool quorum = !k->r->missed_quorum || k->r->lied;
	bool majority = !k->r->missed_majority || k->r->lied;
	char object[1024];
	uint8_t on[32];
	struct act a;

	ask(k, on);
	snprintf(object, sizeof(object),
		"{\"ballots\":412,\"box\":"
		"\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\","
		"\"counted\":700,\"options\":[{\"against\":%d,\"for\":%d,"
		"\"majority\":%s,\"quorum\":%s}],\"outcome\":\"passed\","
		"\"ranking\":[],\"roll\":{\"root\":"
		"\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\",\"size\":"
		"1204},\"rule\":{\"charter\":"
		"\"YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODk=\",\"class\":"
		"\"%s\",\"majority\":[1,2],\"quorum\":{\"root\":[15,1]}},"
		"\"ties\":[],\"unused\":504,\"winners\":[1]}",
		k->r->missed_majority ? 400 : 100,
		k->r->missed_quorum ? 134 : 300, majority ? "true" : "false",
		quorum ? "true" : "false",
		k->r->class == NULL ? "mandate" : k->r->class);
	act_begin(&a, ACT_RESULT, origin(k, "result"), DECIDED_S);
	act_set_by(&a, FORM_BY_LEDGER, on);
	act_set_hash(&a, ACT_HAS_ON, on);
	act_set_span(&a, ACT_HAS_OUTCOME, bytes_of_string(object));
	act_encode(&a, &k->result);
	k->capsule.result =
		(struct capsule_record){.act = writer_view(&k->result),
			.index = RESULT_AT,
			.time_s = DECIDED_S};
	stamp_sign(writer_view(&k->result),
		k->r->forged_result ? k->eve.secret : k->ledger.secret,
		k->capsule.result.sig);
}

/* Publishing ****************************************************************/

static void
put_signature(struct jcs_printer *p, const uint8_t key[static 32],
	const struct advocacy *a, const struct person *steward, int64_t seq_s)
{
	uint8_t message[INTEGRITY_MESSAGE];
	struct integrity_proof proof;
	struct writer doc = {0};

	assert_true(advocacy_print(a, &doc));
	advocacy_message(writer_view(&doc), steward->key, (uint64_t)seq_s,
		&proof, message);
	crypt_sign(steward->secret, BYTES(""),
		bytes_of(message, sizeof(message)), proof.sig);
	jcs_begin_object(p);
	jcs_key(p, "key");
	jcs_did(p, key);
	jcs_key(p, "signature");
	jcs_base64(p, bytes_of(proof.sig, 64));
	jcs_end_object(p);
	writer_clear(&doc);
}

/* The steward's act of publishing, with a signature for each delegate. */
static void
publish(struct kitchen *k, const struct person *steward, int64_t seq_s,
	struct writer *out)
{
	struct advocacy a = {.mandate = &k->mandate};
	struct writer proofs = {0};
	struct jcs_printer p = jcs_printer_of(&proofs);
	struct act act;
	uint8_t id[32];

	act_begin(&act, ACT_MANDATE_PUBLISH, origin(k, "publish"), seq_s);
	id_of("steward", id);
	act_set_by(&act, FORM_BY_MEMBER, id);
	if (k->r->other_publication)
		id_of("another mandate", id);
	act_set_hash(
		&act, ACT_HAS_ON, k->r->other_publication ? id : k->mandate.id);
	act_set_int(&act, ACT_HAS_VALID_FROM, FROM_S);
	act_set_int(&act, ACT_HAS_VALID_UNTIL, UNTIL_S);
	act_set_hash(&act, ACT_HAS_ISSUER, k->bo.key);
	a.publish = &act;
	jcs_begin_array(&p);
	memcpy(a.key, k->ana.key, 32);
	memcpy(a.member, k->ana_id, 32);
	put_signature(&p, k->ana.key, &a, steward, seq_s);
	memcpy(a.key, k->moe.key, 32);
	memcpy(a.member, k->moe_id, 32);
	put_signature(&p, k->moe.key, &a, steward, seq_s);
	jcs_end_array(&p);
	act_set_span(&act, ACT_HAS_PROOFS,
		k->r->unpublished ? BYTES("[]") : writer_view(&proofs));
	act_encode(&act, out);
	writer_clear(&proofs);
}

/* Put the steward's proof on the credential. */
static void
add_proof(struct kitchen *k, const struct person *steward, int64_t seq_s)
{
	struct integrity_proof proof = {
		.created_s = (uint64_t)seq_s, .purpose = INTEGRITY_ASSERTION};

	credentials_sign(&k->credential, steward, &proof);
}

static void
begin_credential(struct kitchen *k)
{
	struct advocacy a = {.mandate = &k->mandate};
	struct writer plain = {0};
	struct act act;

	assert_int_equal(
		act_decode(writer_view(&k->publish), &act), VERDICT_OK);
	a.publish = &act;
	memcpy(a.key, k->ana.key, 32);
	memcpy(a.member, k->ana_id, 32);
	assert_true(advocacy_print(&a, &plain));
	if (k->r->other_terms)
		credentials_swap(writer_view(&plain), "\"sign-tentative\"",
			"\"sign-under-ceiling\"", &k->credential);
	else
		writer_put(&k->credential, writer_view(&plain));
	writer_clear(&plain);
}

static void
issue(struct kitchen *k)
{
	struct person other = person_named(
		k->r->other_signer == NULL ? "Chi" : k->r->other_signer);
	int64_t bo_s = FROM_S + 60, chi_s = FROM_S + 90;

	publish(k, &k->bo, bo_s, &k->publish);
	begin_credential(k);
	add_proof(k, &k->bo, bo_s);
	if (!k->r->one_proof)
		add_proof(k, &other, chi_s);
	if (k->r->third_proof)
		add_proof(k, &k->dee, chi_s);
	if (k->r->stranger_proof)
		add_proof(k, &k->eve, chi_s);
	k->capsule.publish =
		(struct capsule_record){.act = writer_view(&k->publish),
			.index = PUBLISH_AT,
			.time_s = (uint64_t)bo_s + 3};
	stamp_sign(writer_view(&k->publish),
		k->r->forged_publication ? k->eve.secret : k->bo.secret,
		k->capsule.publish.sig);
}

/* The tree ******************************************************************/

/* The hash over the 2^level records from number << level on. */
static void
node(const struct kitchen *k, unsigned level, uint64_t number,
	uint8_t out[static 32])
{
	const struct capsule_record *ours[] = {
		&k->capsule.result, &k->capsule.publish};
	uint8_t left[32], right[32];
	char name[64];

	for (int i = 0; i < 2; i++) {
		struct writer record = {0};

		if (ours[i]->index >> level != number)
			continue;
		if (level > 0) {
			node(k, level - 1, 2 * number, left);
			node(k, level - 1, 2 * number + 1, right);
			tree_node_hash(left, right, out);
			return;
		}
		capsule_put_record(ours[i], &record);
		tree_leaf_hash(writer_view(&record), out);
		writer_clear(&record);
		return;
	}
	snprintf(name, sizeof(name), "%u %llu", level,
		(unsigned long long)number);
	crypt_hash(bytes_of_string(name), out);
}

static void
prove(const struct kitchen *k, struct capsule_record *r)
{
	for (unsigned level = 0; level < LEVELS; level++)
		node(k, level, (r->index >> level) ^ 1, r->proof.hash[level]);
	r->proof.n = LEVELS;
}

/* What the ledger says ******************************************************/

static void
sign_status(struct kitchen *k, const struct status *s)
{
	struct writer text = {0};

	status_print(s, &text);
	note_begin(writer_view(&text), &k->status);
	note_sign(writer_view(&text), &k->ledger.key, k->ledger.secret, 0,
		&k->status);
	writer_clear(&text);
}

static void
state(struct kitchen *k, const struct tree_head *head)
{
	const struct capsules_recipe *r = k->r;
	struct person again = person_named("Chi, later");
	struct status s = {.origin = bytes_of_string(origin(k, "status")),
		.state = bytes_of_string(
			r->state == NULL ? "NEGOTIATING" : r->state),
		.at_s = (uint64_t)(SAID_S + r->status_late_s),
		.head = *head};

	memcpy(s.mandate, k->mandate.id, 32);
	s.mandate[31] ^= r->other_mandate;
	s.head.root[31] ^= r->other_root;
	if (!r->delegate_gone)
		memcpy(s.delegates[s.n_delegates++], k->ana.key, 32);
	memcpy(s.delegates[s.n_delegates++], k->moe.key, 32);
	memcpy(s.stewards[s.n_stewards++], k->bo.key, 32);
	if (!r->left_office)
		memcpy(s.stewards[s.n_stewards++],
			r->rotated ? again.key : k->chi.key, 32);
	memcpy(s.stewards[s.n_stewards++], k->dee.key, 32);
	sign_status(k, &s);
}

static void
close_tree(struct kitchen *k)
{
	struct tree_head head = {.size = (uint64_t)1 << LEVELS};

	prove(k, &k->capsule.result);
	prove(k, &k->capsule.publish);
	node(k, LEVELS, 0, head.root);
	signer_checkpoint(&k->ledger, &head, &k->witness, !k->r->unwitnessed,
		&k->checkpoint);
	state(k, &head);
}

/* Serving *******************************************************************/

/* The holder shows the credential to one who asked. */
static void
show(struct kitchen *k)
{
	struct person who =
		person_named(k->r->shown_by == NULL ? "Ana" : k->r->shown_by);
	const struct query q = {.nonce = bytes_of_string(k->r->nonce),
		.client_id = bytes_of_string(k->r->client)};
	struct integrity_proof proof;

	presentation_begin(&q, writer_view(&k->credential), k->ana.key,
		CAPSULES_NOW - 30, &proof, &k->shown);
	credentials_sign(&k->shown, &who, &proof);
	k->capsule.presentation = writer_view(&k->shown);
}

static void
name(const struct capsules_recipe *r, struct capsule *c)
{
	for (size_t i = 0; i < r->names; i++) {
		size_t of = r->names_turned ? r->names - 1 - i : i;

		c->names[i].lang = BYTES("en");
		c->names[i].text = bytes_of_string(capsules_names[of]);
		id_of(capsules_names[of], c->names[i].salt);
	}
	c->n_names = r->names;
	if (r->other_name)
		c->names[r->names - 1].text = BYTES("Days of holiday");
}

static void
serve(struct kitchen *k, struct writer *out)
{
	struct capsule *c = &k->capsule;

	c->act = writer_view(&k->act);
	c->question = writer_view(&k->question);
	c->credential = writer_view(&k->credential);
	c->checkpoint = writer_view(&k->checkpoint);
	c->status = writer_view(&k->status);
	if (k->r->nonce != NULL)
		show(k);
	if (k->r->text != NULL) {
		c->text.lang = BYTES("en");
		c->text.text = bytes_of_string(k->r->text);
		memcpy(c->text.salt, k->salt, 32);
	}
	name(k->r, c);
	assert_int_equal(capsule_print(c, out), VERDICT_OK);
}

static void
hire(struct kitchen *k)
{
	k->ledger = signer_named(CAPSULES_ORIGIN, NOTE_ED25519);
	k->witness = signer_named("witness.example", NOTE_COSIGNATURE);
	k->ana = person_named("Ana");
	k->moe = person_named("Moe");
	k->bo = person_named("Bo");
	k->chi = person_named("Chi");
	k->dee = person_named("Dee");
	k->eve = person_named("Eve");
	id_of("Ana's application", k->ana_id);
	id_of("Moe's application", k->moe_id);
	id_of("salt", k->salt);
}

void
capsules_make(const struct capsules_recipe *r, struct writer *out)
{
	struct kitchen *k = test_calloc(1, sizeof(*k));

	k->r = r;
	hire(k);
	propose(k);
	decide(k);
	issue(k);
	close_tree(k);
	serve(k, out);
	writer_clear(&k->act);
	writer_clear(&k->question);
	writer_clear(&k->result);
	writer_clear(&k->publish);
	writer_clear(&k->credential);
	writer_clear(&k->shown);
	writer_clear(&k->checkpoint);
	writer_clear(&k->status);
	test_free(k);
}

void
capsules_trust(struct writer *out)
{
	struct signer ledger = signer_named(CAPSULES_ORIGIN, NOTE_ED25519);
	struct signer witness =
		signer_named("witness.example", NOTE_COSIGNATURE);
	static const char *const stewards[] = {"Bo", "Chi", "Dee"};

	writer_put_string(out, "log ");
	note_print_key(&ledger.key, out);
	writer_put_string(out, "\nwitness w1 ");
	note_print_key(&witness.key, out);
	writer_put_string(out, "\nquorum w1\nfresh 604800\n");
	writer_put_string(out, "credential AdvocacyMandateCredential 2");
	for (int i = 0; i < 3; i++) {
		struct person p = person_named(stewards[i]);

		writer_put_u8(out, ' ');
		coding_put_did(out, p.key);
	}
	writer_put_u8(out, '\n');
}
