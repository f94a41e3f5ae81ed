#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/record/origin.h"
#include "ballots/record/scope.h"
#include "ballots/record/text.h"
#include "tests/lib/capsules.h"
#include "tests/lib/credentials.h"

/* The terms of a mandate, out of a capsule. */
static void
begin(const struct capsules_recipe *r, struct writer *doc, struct capsule *c,
	struct act *terms)
{
	capsules_make(r, doc);
	assert_int_equal(capsule_read(writer_view(doc), c), VERDICT_OK);
	assert_int_equal(act_decode(c->act, terms), VERDICT_OK);
}

static void
counterparties_come_before_ceilings(void **state)
{
	static const struct capsules_recipe both = {.another_place = true};
	struct writer doc = {0};
	struct scope_item item;
	struct capsule c;
	struct act terms;

	(void)state;
	begin(&both, &doc, &c, &terms);
	assert_true(scope_at(&terms, 0, &item));
	assert_true(!item.ceiling && item.i == 0 && item.has_key);
	assert_memory_equal(item.key, person_named("Moe").key, CRYPT_KEY);
	assert_true(scope_at(&terms, 1, &item));
	assert_true(!item.ceiling && item.i == 1 && !item.has_key);
	assert_true(scope_at(&terms, 2, &item));
	assert_true(item.ceiling && item.i == 0 && item.limit == 90);
	assert_false(scope_at(&terms, 3, &item));
	assert_false(scope_party(&terms, 2, &item));
	assert_true(scope_ceiling(&terms, 0, &item));
	assert_false(scope_ceiling(&terms, 1, &item));
	capsule_clear(&c);
	writer_clear(&doc);
}

static void
without_ceilings_there_are_none(void **state)
{
	static const struct capsules_recipe good;
	struct writer doc = {0};
	struct scope_item item;
	struct capsule c;
	struct act terms;

	(void)state;
	begin(&good, &doc, &c, &terms);
	assert_true(scope_at(&terms, 0, &item));
	assert_false(scope_at(&terms, 1, &item));
	assert_false(scope_ceiling(&terms, 0, &item));
	capsule_clear(&c);
	writer_clear(&doc);
}

static void
a_text_is_among_them_in_its_language_alone(void **state)
{
	static const struct capsules_recipe named = {.names = 1};
	uint8_t hash[CRYPT_HASH];
	struct writer doc = {0};
	struct scope_item item;
	struct capsule c;
	struct act terms;

	(void)state;
	begin(&named, &doc, &c, &terms);
	assert_true(scope_party(&terms, 0, &item));
	text_hash(c.names[0].salt, c.names[0].text, hash);
	assert_true(text_among(item.texts, hash, BYTES("en")));
	assert_false(text_among(item.texts, hash, BYTES("uk")));
	assert_false(text_among(BYTES("[]"), hash, BYTES("en")));
	hash[31] ^= 1;
	assert_false(text_among(item.texts, hash, BYTES("en")));
	capsule_clear(&c);
	writer_clear(&doc);
}

static void
a_rehearsal_is_known_by_its_name(void **state)
{
	(void)state;
	assert_true(origin_is_rehearsal(BYTES("rehearsal.camp/0011")));
	assert_false(origin_is_rehearsal(BYTES("rehearsals.camp/0011")));
	assert_false(origin_is_rehearsal(BYTES("camp.rehearsal./0011")));
	assert_false(origin_is_rehearsal(BYTES("rehearsal")));
	assert_false(origin_is_rehearsal(BYTES("")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counterparties_come_before_ceilings),
		cmocka_unit_test(without_ceilings_there_are_none),
		cmocka_unit_test(a_text_is_among_them_in_its_language_alone),
		cmocka_unit_test(a_rehearsal_is_known_by_its_name),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
