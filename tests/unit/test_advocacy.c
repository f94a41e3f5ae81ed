#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/record/advocacy.h"
#include "ballots/record/fields.h"
#include "ballots/record/utc.h"
#include "tests/lib/capsules.h"
#include "tests/lib/credentials.h"

/* A mandate, and one publication of it, out of a capsule. */
struct published {
	struct writer doc;
	struct capsule capsule;
	struct act mandate, publish;
	struct advocacy advocacy;
};

static void
begin(struct published *p)
{
	static const struct capsules_recipe good;

	*p = (struct published){0};
	capsules_make(&good, &p->doc);
	assert_int_equal(
		capsule_read(writer_view(&p->doc), &p->capsule), VERDICT_OK);
	assert_int_equal(act_decode(p->capsule.act, &p->mandate), VERDICT_OK);
	assert_int_equal(
		act_decode(p->capsule.publish.act, &p->publish), VERDICT_OK);
	p->advocacy = (struct advocacy){
		.mandate = &p->mandate, .publish = &p->publish};
}

static void
end(struct published *p)
{
	capsule_clear(&p->capsule);
	writer_clear(&p->doc);
}

/* What is printed for a mandate with other texts. */
static void
read_with_texts(struct published *p, struct bytes texts, struct writer *doc,
	struct credential *c)
{
	struct person bo = person_named("Bo");

	act_set_span(&p->mandate, ACT_HAS_TEXTS, texts);
	assert_true(advocacy_print(&p->advocacy, doc));
	credentials_assert(doc, &bo);
	assert_int_equal(credential_read(writer_view(doc), c), VERDICT_OK);
}

static void
the_texts_of_the_mandate_are_bound_by_their_hashes(void **state)
{
	struct published p;
	struct writer doc = {0}, name = {0};
	struct credential c;
	struct fields f;
	uint8_t hash[CRYPT_HASH];
	size_t i = 0;

	(void)state;
	begin(&p);
	read_with_texts(&p, act_span(&p.mandate, ACT_HAS_TEXTS), &doc, &c);
	f = fields_of_list(act_span(&p.mandate, ACT_HAS_TEXTS), 1, LIMIT_TEXTS);
	while (fields_more(&f)) {
		fields_object(&f, NULL);
		fields_base64(&f, "hash", hash, CRYPT_HASH);
		fields_word(&f, "lang");
		fields_end(&f);
		writer_rewind(&name);
		writer_put_string(&name, "ni:///sha-256;");
		coding_put_base64url(&name, bytes_of(hash, CRYPT_HASH));
		assert_true(i < c.n_resources);
		assert_memory_equal(c.resources[i].digest, hash, CRYPT_HASH);
		assert_true(
			bytes_equal(c.resources[i++].id, writer_view(&name)));
	}
	assert_int_equal(c.n_resources, i);
	assert_true(i > 0);
	writer_clear(&doc);
	writer_clear(&name);
	end(&p);
}

/* n texts in as many languages, with hashes that differ in their first byte, or
 * all with the first one's. */
static void
put_texts(size_t n, bool differ, struct writer *out)
{
	struct jcs_printer p = jcs_printer_of(out);

	jcs_begin_array(&p);
	for (size_t i = 0; i < n; i++) {
		const uint8_t hash[CRYPT_HASH] = {differ ? (uint8_t)i : 0};
		const uint8_t lang[] = {'a', (uint8_t)('a' + i)};

		jcs_begin_object(&p);
		jcs_key(&p, "hash");
		jcs_base64(&p, bytes_of(hash, CRYPT_HASH));
		jcs_key(&p, "lang");
		jcs_string(&p, bytes_of(lang, 2));
		jcs_end_object(&p);
	}
	jcs_end_array(&p);
}

static void
the_first_eight_texts_are_bound_each_once(void **state)
{
	static const struct {
		size_t n;
		bool differ;
		size_t bound;
	} cases[] = {
		{0, true, 0},
		{1, true, 1},
		{8, true, 8},
		{16, true, 8},
		{16, false, 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct published p;
		struct writer texts = {0}, doc = {0};
		struct credential c;

		begin(&p);
		put_texts(cases[i].n, cases[i].differ, &texts);
		read_with_texts(&p, writer_view(&texts), &doc, &c);
		assert_int_equal(c.n_resources, cases[i].bound);
		for (size_t k = 0; k < c.n_resources; k++)
			assert_int_equal(c.resources[k].digest[0], k);
		writer_clear(&texts);
		writer_clear(&doc);
		end(&p);
	}
}

static void
a_publication_without_an_issuer_makes_none(void **state)
{
	struct published p;
	struct writer doc = {0};

	(void)state;
	begin(&p);
	p.publish.present &= ~FORM_BIT(ACT_HAS_ISSUER);
	assert_false(advocacy_print(&p.advocacy, &doc));
	assert_int_equal(doc.len, 0);
	end(&p);
}

static void
a_date_without_a_text_makes_none(void **state)
{
	struct published p;
	struct writer doc = {0};

	(void)state;
	begin(&p);
	act_set_int(&p.publish, ACT_HAS_VALID_UNTIL, UTC_MAX + 1);
	assert_false(advocacy_print(&p.advocacy, &doc));
	assert_int_equal(doc.len, 0);
	end(&p);
}

static void
a_signature_is_for_one_delegate_and_by_one_steward(void **state)
{
	struct person ana = person_named("Ana"), bo = person_named("Bo"),
		      eve = person_named("Eve");
	struct credential c;
	struct published p;
	struct writer doc = {0};
	size_t len;

	(void)state;
	begin(&p);
	assert_int_equal(credential_read(p.capsule.credential, &c), VERDICT_OK);
	memcpy(p.advocacy.key, ana.key, CRYPT_KEY);
	memcpy(p.advocacy.member, c.claim[CREDENTIAL_HAS_MEMBER].hash,
		CRYPT_HASH);
	assert_true(advocacy_print(&p.advocacy, &doc));
	len = doc.len;
	assert_false(advocacy_add(&doc, &p.publish, eve.key, ana.key));
	assert_false(advocacy_add(&doc, &p.publish, bo.key, eve.key));
	assert_int_equal(doc.len, len);
	assert_true(advocacy_add(&doc, &p.publish, bo.key, ana.key));
	assert_int_equal(credential_read(writer_view(&doc), &c), VERDICT_OK);
	assert_int_equal(
		integrity_check(writer_view(&doc), &c.proofs[0]), VERDICT_OK);
	writer_clear(&doc);
	end(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_texts_of_the_mandate_are_bound_by_their_hashes),
		cmocka_unit_test(the_first_eight_texts_are_bound_each_once),
		cmocka_unit_test(a_publication_without_an_issuer_makes_none),
		cmocka_unit_test(a_date_without_a_text_makes_none),
		cmocka_unit_test(
			a_signature_is_for_one_delegate_and_by_one_steward),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
