#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "ballots/record/capsule_parts.h"
#include "tests/lib/capsules.h"
#include "tests/lib/credentials.h"

static void
what_is_read_prints_as_the_same_bytes(void **state)
{
	static const struct capsules_recipe recipes[] = {
		{.text = NULL},
		{.text = "Papers, \"soon\"\n\nwithin 90\tdays \\ \u0437\u0430"},
		{.nonce = "n-1", .client = "https://city.example"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(recipes) / sizeof(recipes[0]); i++) {
		struct writer doc = {0}, again = {0};
		struct capsule c;

		capsules_make(&recipes[i], &doc);
		assert_int_equal(
			capsule_read(writer_view(&doc), &c), VERDICT_OK);
		assert_int_equal(capsule_print(&c, &again), VERDICT_OK);
		assert_true(
			bytes_equal(writer_view(&doc), writer_view(&again)));
		if (recipes[i].text != NULL)
			assert_true(bytes_equal(
				c.text.text, bytes_of_string(recipes[i].text)));
		capsule_clear(&c);
		writer_clear(&doc);
		writer_clear(&again);
	}
}

static void
a_record_stands_as_it_does_in_the_ledger(void **state)
{
	static const struct capsules_recipe good;
	struct capsule_parts *p = test_calloc(1, sizeof(*p));
	struct writer doc = {0};

	(void)state;
	capsules_make(&good, &doc);
	assert_int_equal(capsule_parts_read(writer_view(&doc), p), VERDICT_OK);
	assert_true(capsule_parts_stands(p, &p->capsule.result));
	assert_true(capsule_parts_stands(p, &p->capsule.publish));
	p->capsule.publish.index ^= 1;
	assert_false(capsule_parts_stands(p, &p->capsule.publish));
	capsule_parts_clear(p);
	test_free(p);
	writer_clear(&doc);
}

static void
parts_that_make_no_capsule_are_refused(void **state)
{
	static const struct capsules_recipe good;
	struct writer doc = {0}, out = {0};
	struct capsule c, bad;

	(void)state;
	capsules_make(&good, &doc);
	assert_int_equal(capsule_read(writer_view(&doc), &c), VERDICT_OK);
	bad = c;
	bad.act = BYTES("{\"b\":1,\"a\":2}");
	assert_int_equal(capsule_print(&bad, &out), VERDICT_NOT_CANONICAL);
	bad = c;
	bad.status = BYTES("\x01");
	assert_int_equal(capsule_print(&bad, &out), VERDICT_MALFORMED);
	bad = c;
	bad.result.proof.n = TREE_TEXT_MAX + 1;
	assert_int_equal(capsule_print(&bad, &out), VERDICT_MALFORMED);
	assert_int_equal(out.len, 0);
	capsule_clear(&c);
	writer_clear(&doc);
}

/* What a counterparty carries: two delegates, two stewards, one witness. */
static void
a_capsule_in_a_million_records_fits_into_eight_kilobytes(void **state)
{
	static const struct capsules_recipe good;
	struct writer doc = {0};

	(void)state;
	capsules_make(&good, &doc);
	print_message("[   SIZE   ] %zu bytes\n", doc.len);
	assert_true(doc.len < 8192);
	writer_clear(&doc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_read_prints_as_the_same_bytes),
		cmocka_unit_test(a_record_stands_as_it_does_in_the_ledger),
		cmocka_unit_test(parts_that_make_no_capsule_are_refused),
		cmocka_unit_test(
			a_capsule_in_a_million_records_fits_into_eight_kilobytes),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
