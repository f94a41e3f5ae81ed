#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

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
		{.names = 3, .another_place = true},
		{.text = "Papers", .names = 1, .nonce = "n", .client = "c"},
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
		assert_int_equal(c.n_names, recipes[i].names);
		for (size_t n = 0; n < c.n_names; n++)
			assert_true(bytes_equal(c.names[n].text,
				bytes_of_string(capsules_names[n])));
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
	bad = c;
	bad.n_names = SCOPE_PLACES + 1;
	assert_int_equal(capsule_print(&bad, &out), VERDICT_MALFORMED);
	bad = c;
	bad.n_names = 1;
	bad.names[0].lang = BYTES("en");
	assert_int_equal(capsule_print(&bad, &out), VERDICT_MALFORMED);
	bad.names[0].text = BYTES("\xff");
	assert_int_equal(capsule_print(&bad, &out), VERDICT_MALFORMED);
	assert_int_equal(out.len, 0);
	capsule_clear(&c);
	writer_clear(&doc);
}

/* A name of that many bytes, and that many names of one. */
static enum verdict
print_with(struct capsule *c, size_t len, size_t n)
{
	struct writer name = {0}, out = {0};
	enum verdict v;

	for (size_t i = 0; i < len; i++)
		writer_put_u8(&name, 'n');
	for (c->n_names = 0; c->n_names < n; c->n_names++) {
		c->names[c->n_names].lang = BYTES("en");
		c->names[c->n_names].text = writer_view(&name);
	}
	v = capsule_print(c, &out);
	writer_clear(&name);
	writer_clear(&out);
	return v;
}

static void
names_are_short_and_few(void **state)
{
	static const struct capsules_recipe good;
	struct writer doc = {0};
	struct capsule c;

	(void)state;
	capsules_make(&good, &doc);
	assert_int_equal(capsule_read(writer_view(&doc), &c), VERDICT_OK);
	assert_int_equal(
		print_with(&c, LIMIT_CAPSULE_NAME, SCOPE_PLACES), VERDICT_OK);
	assert_int_equal(
		print_with(&c, LIMIT_CAPSULE_NAME + 1, 1), VERDICT_MALFORMED);
	capsule_clear(&c);
	writer_clear(&doc);
}

static void
names_belong_to_their_places(void **state)
{
	static const struct capsules_recipe named = {
		.names = 3, .another_place = true};
	struct capsule_parts *p = test_calloc(1, sizeof(*p));
	struct writer doc = {0}, less = {0};
	struct capsule c;

	(void)state;
	capsules_make(&named, &doc);
	assert_int_equal(capsule_parts_read(writer_view(&doc), p), VERDICT_OK);
	assert_true(p->named);
	for (size_t i = 0; i < 3; i++)
		assert_ptr_equal(
			capsule_parts_name(p, i), &p->capsule.names[i]);
	assert_null(capsule_parts_name(p, 3));
	assert_null(capsule_parts_name(p, SCOPE_PLACES));
	capsule_parts_clear(p);
	memset(p, 0, sizeof(*p));

	/* Without that of the first they are still those of the others. */
	assert_int_equal(capsule_read(writer_view(&doc), &c), VERDICT_OK);
	c.names[0] = c.names[1];
	c.names[1] = c.names[2];
	c.n_names = 2;
	assert_int_equal(capsule_print(&c, &less), VERDICT_OK);
	assert_int_equal(capsule_parts_read(writer_view(&less), p), VERDICT_OK);
	assert_true(p->named);
	assert_null(capsule_parts_name(p, 0));
	assert_ptr_equal(capsule_parts_name(p, 1), &p->capsule.names[0]);
	assert_ptr_equal(capsule_parts_name(p, 2), &p->capsule.names[1]);
	capsule_parts_clear(p);
	test_free(p);
	capsule_clear(&c);
	writer_clear(&doc);
	writer_clear(&less);
}

/*
 * What a counterparty carries: two delegates, two stewards, one witness, and a
 * name of 40 letters.
 */
static void
a_capsule_in_a_million_records_fits_into_eight_kilobytes(void **state)
{
	static const struct capsules_recipe named = {.names = 1};
	struct writer doc = {0};

	(void)state;
	assert_int_equal(strlen(capsules_names[0]), 40);
	capsules_make(&named, &doc);
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
		cmocka_unit_test(names_are_short_and_few),
		cmocka_unit_test(names_belong_to_their_places),
		cmocka_unit_test(
			a_capsule_in_a_million_records_fits_into_eight_kilobytes),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
