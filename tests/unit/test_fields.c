#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ballots/base/crypt.h"
#include "ballots/record/fields.h"
#include "ballots/record/jcs.h"
#include "tests/lib/anyjson.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct fields
walk(const char *doc)
{
	assert_int_equal(jcs_check(bytes_of_string(doc)), VERDICT_OK);
	return fields_of(bytes_of_string(doc));
}

static void
assert_says(struct bytes said, const char *expected)
{
	assert_true(bytes_equal(said, bytes_of_string(expected)));
}

/* A small decoder as every other: a list of fields and one question. */
struct sample {
	int64_t amount;
	bool draft;
	struct bytes kind;
	int64_t marks[3];
	size_t n_marks;
	struct bytes note; /* may be left out */
};

static bool
sample_decode(const char *doc, struct sample *out)
{
	struct fields f = walk(doc);
	struct sample s = {0};

	s.amount = fields_int(&f, "amount", 1, 100);
	s.draft = fields_bool(&f, "draft");
	s.kind = fields_word(&f, "kind");
	fields_list(&f, "marks", 1, 3);
	while (fields_more(&f))
		s.marks[s.n_marks++] = fields_int(&f, NULL, -9, 9);
	fields_end(&f);
	if (fields_has(&f, "note"))
		s.note = fields_string(&f, "note", 10);
	if (!fields_done(&f))
		return false;
	*out = s;
	return true;
}

static void
a_decoder_is_a_list_of_fields(void **state)
{
	struct sample s;

	(void)state;
	assert_true(sample_decode("{\"amount\":7,\"draft\":true,\"kind\":\"a-"
				  "b\",\"marks\":[-9,0,9]}",
		&s));
	assert_int_equal(s.amount, 7);
	assert_true(s.draft);
	assert_says(s.kind, "a-b");
	assert_int_equal(s.n_marks, 3);
	assert_int_equal(s.marks[0], -9);
	assert_int_equal(s.marks[2], 9);
	assert_int_equal(s.note.len, 0);
	assert_true(sample_decode("{\"amount\":1,\"draft\":false,\"kind\":\"k\""
				  ",\"marks\":[1],\"note\":\"\\n\\\"\"}",
		&s));
	assert_says(s.note, "\\n\\\"");
}

static void
whatever_differs_from_the_list_is_refused(void **state)
{
	static const char *const bad[] = {
		"[]",
		"7",
		"{}",
		/* a bound */
		"{\"amount\":0,\"draft\":true,\"kind\":\"k\",\"marks\":[1]}",
		"{\"amount\":101,\"draft\":true,\"kind\":\"k\",\"marks\":[1]}",
		"{\"amount\":1,\"draft\":true,\"kind\":\"\",\"marks\":[1]}",
		"{\"amount\":1,\"draft\":true,\"kind\":\"a b\",\"marks\":[1]}",
		"{\"amount\":1,\"draft\":true,\"kind\":\"k\",\"marks\":[]}",
		"{\"amount\":1,\"draft\":true,\"kind\":\"k\",\"marks\":[1,2,3,"
		"4]}",
		"{\"amount\":1,\"draft\":true,\"kind\":\"k\",\"marks\":[1],"
		"\"note\":\"12345678901\"}",
		/* a type */
		"{\"amount\":\"1\",\"draft\":true,\"kind\":\"k\",\"marks\":[1]"
		"}",
		"{\"amount\":1,\"draft\":1,\"kind\":\"k\",\"marks\":[1]}",
		"{\"amount\":1,\"draft\":null,\"kind\":\"k\",\"marks\":[1]}",
		"{\"amount\":1,\"draft\":true,\"kind\":7,\"marks\":[1]}",
		"{\"amount\":1,\"draft\":true,\"kind\":\"\xc3\xa9\",\"marks\":["
		"1]}",
		"{\"amount\":1,\"draft\":true,\"kind\":\"\\\\\",\"marks\":[1]}",
		"{\"amount\":1,\"draft\":true,\"kind\":\"k\",\"marks\":{}}",
		"{\"amount\":1,\"draft\":true,\"kind\":\"k\",\"marks\":[[1]]}",
		/* a name too few, too many, or another */
		"{\"amount\":1,\"draft\":true,\"kind\":\"k\"}",
		"{\"aaa\":0,\"amount\":1,\"draft\":true,\"kind\":\"k\","
		"\"marks\":[1]}",
		"{\"amount\":1,\"draft\":true,\"kind\":\"k\",\"marks\":[1],"
		"\"more\":0}",
		"{\"amount\":1,\"draft\":true,\"kind\":\"k\",\"marks\":[1],"
		"\"note\":\"\",\"z\":0}",
		"{\"amount\":1,\"drafts\":true,\"kind\":\"k\",\"marks\":[1]}",
	};
	struct sample s;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		if (sample_decode(bad[i], &s))
			fail_msg("%s", bad[i]);
}

static void
objects_are_stepped_into_and_out_of(void **state)
{
	struct fields f = walk("{\"a\":{\"b\":{\"c\":1},\"d\":2},\"e\":3}");

	(void)state;
	fields_object(&f, "a");
	fields_object(&f, "b");
	assert_int_equal(fields_int(&f, "c", 0, 9), 1);
	fields_end(&f);
	assert_int_equal(fields_int(&f, "d", 0, 9), 2);
	fields_end(&f);
	assert_int_equal(fields_int(&f, "e", 0, 9), 3);
	assert_true(fields_done(&f));
}

static void
a_leftover_in_an_inner_object_is_refused(void **state)
{
	struct fields f = walk("{\"a\":{\"b\":1,\"c\":2},\"d\":3}");

	(void)state;
	fields_object(&f, "a");
	fields_int(&f, "b", 0, 9);
	fields_end(&f);
	assert_int_equal(fields_int(&f, "d", 0, 9), 0);
	assert_false(fields_done(&f));
}

static void
a_forgotten_end_is_never_a_good_walk(void **state)
{
	struct fields f = walk("{\"a\":{\"b\":1},\"c\":2}");
	struct fields last = walk("{\"a\":{\"b\":1}}");
	struct fields list = walk("{\"a\":[1]}");

	(void)state;
	fields_object(&f, "a");
	fields_int(&f, "b", 0, 9);
	fields_int(&f, "c", 0, 9);
	assert_false(fields_done(&f));

	fields_object(&last, "a");
	fields_int(&last, "b", 0, 9);
	assert_false(fields_done(&last));

	fields_list(&list, "a", 1, 1);
	fields_int(&list, NULL, 0, 9);
	assert_false(fields_done(&list));
}

static void
an_end_too_many_is_never_a_good_walk(void **state)
{
	struct fields f = walk("{\"a\":1}");

	(void)state;
	fields_int(&f, "a", 0, 9);
	fields_end(&f);
	assert_true(f.bad);
	assert_int_equal(f.depth, 1);
}

static void
a_loop_never_runs_longer_than_its_list_may_be(void **state)
{
	struct fields f = walk("{\"a\":[1,2,3,4,5]}");
	int turns = 0;

	(void)state;
	fields_list(&f, "a", 0, 3);
	while (fields_more(&f)) {
		fields_value(&f, NULL);
		turns++;
	}
	assert_int_equal(turns, 3);
	fields_end(&f);
	assert_false(fields_done(&f));
}

static void
lists_of_fixed_length_are_read_without_a_loop(void **state)
{
	struct fields f = walk("{\"a\":[1,[2,3]]}");

	(void)state;
	fields_list(&f, "a", 2, 2);
	assert_int_equal(fields_int(&f, NULL, 0, 9), 1);
	fields_list(&f, NULL, 2, 2);
	assert_int_equal(fields_int(&f, NULL, 0, 9), 2);
	assert_int_equal(fields_int(&f, NULL, 0, 9), 3);
	fields_end(&f);
	fields_end(&f);
	assert_true(fields_done(&f));
}

static void
a_document_may_be_a_list(void **state)
{
	struct fields f = fields_of_list(BYTES("[1,2]"), 2, 2);
	struct fields few = fields_of_list(BYTES("[1]"), 2, 2);
	struct fields object = fields_of_list(BYTES("{}"), 0, 2);

	(void)state;
	assert_int_equal(fields_int(&f, NULL, 0, 9), 1);
	assert_int_equal(fields_int(&f, NULL, 0, 9), 2);
	assert_true(fields_done(&f));
	assert_int_equal(fields_int(&few, NULL, 0, 9), 1);
	assert_false(fields_done(&few));
	assert_false(fields_done(&object));
}

static void
free_names_are_walked_one_by_one(void **state)
{
	struct fields f = walk("{\"classes\":{\"big\":1,\"small\":{\"x\":2}}}");

	(void)state;
	fields_map(&f, "classes", 1, 2);
	assert_true(fields_more(&f));
	assert_says(fields_next(&f), "big");
	assert_int_equal(fields_int(&f, NULL, 0, 9), 1);
	assert_true(fields_more(&f));
	assert_says(fields_next(&f), "small");
	fields_object(&f, NULL);
	assert_int_equal(fields_int(&f, "x", 0, 9), 2);
	fields_end(&f);
	assert_false(fields_more(&f));
	fields_end(&f);
	assert_true(fields_done(&f));
}

static void
a_name_must_be_followed_by_its_own_value(void **state)
{
	struct fields f = walk("{\"a\":1}");
	struct fields twice = walk("{\"a\":1,\"b\":2}");

	(void)state;
	fields_next(&f);
	assert_int_equal(fields_int(&f, "a", 0, 9), 0);
	assert_false(fields_done(&f));

	fields_next(&twice);
	assert_int_equal(fields_next(&twice).len, 0);
	assert_false(fields_done(&twice));
}

static void
names_and_elements_are_not_mixed_up(void **state)
{
	struct fields object = walk("{\"a\":1}");
	struct fields list = walk("{\"a\":[1]}");

	(void)state;
	assert_int_equal(fields_string(&object, NULL, 9).len, 0);
	assert_false(fields_done(&object));
	fields_list(&list, "a", 0, 9);
	assert_false(fields_has(&list, "a"));
	assert_int_equal(fields_int(&list, "a", 0, 9), 0);
	fields_end(&list);
	assert_false(fields_done(&list));
}

static void
bytes_in_strings_are_decoded(void **state)
{
	static const uint8_t key[32] = {1, 2, 3};
	uint8_t id[32], hash[32], did[32], blob[9];
	struct writer w = {0};
	struct jcs_printer p = jcs_printer_of(&w);
	struct fields f;

	(void)state;
	jcs_begin_object(&p);
	jcs_key(&p, "blob");
	jcs_base64(&p, bytes_of(key, 7));
	jcs_key(&p, "did");
	jcs_did(&p, key);
	jcs_key(&p, "hash");
	jcs_base64(&p, bytes_of(key, 32));
	jcs_key(&p, "id");
	jcs_id(&p, key);
	jcs_end_object(&p);

	f = fields_of(writer_view(&w));
	assert_int_equal(fields_blob(&f, "blob", blob, sizeof(blob)), 7);
	fields_did(&f, "did", did);
	fields_base64(&f, "hash", hash, 32);
	fields_id(&f, "id", id);
	assert_true(fields_done(&f));
	assert_memory_equal(blob, key, 7);
	assert_memory_equal(did, key, 32);
	assert_memory_equal(hash, key, 32);
	assert_memory_equal(id, key, 32);
	writer_clear(&w);
}

static void
a_bad_read_yields_zeros(void **state)
{
	static const uint8_t zeros[32];
	struct fields f = walk("{\"a\":\"AA==\"}");
	uint8_t out[32];

	(void)state;
	memset(out, 7, sizeof(out));
	fields_id(&f, "a", out);
	assert_memory_equal(out, zeros, 32);
	memset(out, 7, sizeof(out));
	fields_base64(&f, "a", out, 32);
	assert_memory_equal(out, zeros, 32);
	memset(out, 7, sizeof(out));
	fields_did(&f, "a", out);
	assert_memory_equal(out, zeros, 32);
	assert_int_equal(fields_blob(&f, "a", out, 32), 0);
	assert_int_equal(fields_string(&f, "a", 9).len, 0);
	assert_int_equal(fields_value(&f, "a").len, 0);
	assert_false(fields_bool(&f, "a"));
	assert_false(fields_has(&f, "a"));
	assert_false(fields_more(&f));
	assert_false(fields_done(&f));
}

static void
a_blob_over_its_bound_is_refused(void **state)
{
	struct fields f = walk("{\"a\":\"AAAAAA==\"}");
	struct fields fits = walk("{\"a\":\"AAAAAA==\"}");
	uint8_t out[4];

	(void)state;
	assert_int_equal(fields_blob(&f, "a", out, 3), 0);
	assert_false(fields_done(&f));
	assert_int_equal(fields_blob(&fits, "a", out, 4), 4);
	assert_true(fields_done(&fits));
}

static void
a_decoder_can_refuse_by_itself(void **state)
{
	struct fields f = walk("{}");

	(void)state;
	assert_true(fields_done(&f));
	fields_refuse(&f);
	assert_false(fields_done(&f));
}

static void
a_value_is_lent_as_it_stands(void **state)
{
	struct fields f =
		walk("{\"a\":{\"b\":[1,\"]}\\\"\"]},\"c\":\"d\",\"e\":-1}");

	(void)state;
	assert_says(fields_value(&f, "a"), "{\"b\":[1,\"]}\\\"\"]}");
	assert_says(fields_value(&f, "c"), "\"d\"");
	assert_says(fields_value(&f, "e"), "-1");
	assert_true(fields_done(&f));
}

static void
a_member_is_found_without_a_walk(void **state)
{
	struct bytes doc = BYTES("{\"a\":{\"kind\":1},\"kind\":\"x\"}");

	(void)state;
	assert_says(fields_find(doc, "kind"), "\"x\"");
	assert_int_equal(fields_find(doc, "b").len, 0);
	assert_int_equal(fields_find(BYTES("[]"), "b").len, 0);
}

static void
a_walk_tells_the_whole_document(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < 1000; i++) {
		struct writer w = {0}, again = {0};
		struct jcs_printer p = jcs_printer_of(&w);
		struct jcs_printer second = jcs_printer_of(&again);

		anyjson_object(&r, &p, 4);
		anyjson_print_again(writer_view(&w), &second);
		assert_true(bytes_equal(writer_view(&w), writer_view(&again)));
		writer_clear(&w);
		writer_clear(&again);
	}
}

static void
an_empty_list_holds_no_value(void **state)
{
	struct fields f = fields_of_list(BYTES("[]"), 0, 1);

	(void)state;
	assert_int_equal(fields_value(&f, NULL).len, 0);
	assert_false(fields_done(&f));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_list_holds_no_value),
		cmocka_unit_test(a_decoder_is_a_list_of_fields),
		cmocka_unit_test(whatever_differs_from_the_list_is_refused),
		cmocka_unit_test(objects_are_stepped_into_and_out_of),
		cmocka_unit_test(a_leftover_in_an_inner_object_is_refused),
		cmocka_unit_test(a_forgotten_end_is_never_a_good_walk),
		cmocka_unit_test(an_end_too_many_is_never_a_good_walk),
		cmocka_unit_test(a_loop_never_runs_longer_than_its_list_may_be),
		cmocka_unit_test(lists_of_fixed_length_are_read_without_a_loop),
		cmocka_unit_test(a_document_may_be_a_list),
		cmocka_unit_test(free_names_are_walked_one_by_one),
		cmocka_unit_test(a_name_must_be_followed_by_its_own_value),
		cmocka_unit_test(names_and_elements_are_not_mixed_up),
		cmocka_unit_test(bytes_in_strings_are_decoded),
		cmocka_unit_test(a_bad_read_yields_zeros),
		cmocka_unit_test(a_blob_over_its_bound_is_refused),
		cmocka_unit_test(a_decoder_can_refuse_by_itself),
		cmocka_unit_test(a_value_is_lent_as_it_stands),
		cmocka_unit_test(a_member_is_found_without_a_walk),
		cmocka_unit_test(a_walk_tells_the_whole_document),
	};

	if (!crypt_init())
		return 1;
	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
