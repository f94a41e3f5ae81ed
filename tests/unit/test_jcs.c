#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>

#include "ballots/record/jcs.h"
#include "tests/lib/anyjson.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct judged {
	const char *doc;
	enum verdict verdict;
};

static void
check_all(const struct judged *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		enum verdict v = jcs_check(bytes_of_string(cases[i].doc));

		if (v != cases[i].verdict)
			fail_msg("%s: %s, not %s", cases[i].doc,
				verdict_name(v),
				verdict_name(cases[i].verdict));
	}
}

static void
the_whole_document_is_one_value_without_whitespace(void **state)
{
	static const struct judged cases[] = {
		{"{}", VERDICT_OK},
		{"[]", VERDICT_OK},
		{"\"\"", VERDICT_OK},
		{"0", VERDICT_OK},
		{"true", VERDICT_OK},
		{"false", VERDICT_OK},
		{"null", VERDICT_OK},
		{"[true,false,null,[],{},\"\"]", VERDICT_OK},
		{"", VERDICT_MALFORMED},
		{" {}", VERDICT_NOT_CANONICAL},
		{"{} ", VERDICT_NOT_CANONICAL},
		{"{}\n", VERDICT_NOT_CANONICAL},
		{"[1, 2]", VERDICT_NOT_CANONICAL},
		{"{\"a\": 1}", VERDICT_NOT_CANONICAL},
		{"{ \"a\":1}", VERDICT_NOT_CANONICAL},
		{"{}{}", VERDICT_MALFORMED},
		{"[1 2]", VERDICT_NOT_CANONICAL},
		{"[1,]", VERDICT_MALFORMED},
		{"[,1]", VERDICT_MALFORMED},
		{"[1", VERDICT_MALFORMED},
		{"[1}", VERDICT_MALFORMED},
		{"{\"a\":1,}", VERDICT_MALFORMED},
		{"{\"a\"}", VERDICT_MALFORMED},
		{"{\"a\":}", VERDICT_MALFORMED},
		{"{a:1}", VERDICT_MALFORMED},
		{"{\"a\":1]", VERDICT_MALFORMED},
		{"tru", VERDICT_MALFORMED},
		{"truefalse", VERDICT_MALFORMED},
		{"nul", VERDICT_MALFORMED},
		{"'a'", VERDICT_MALFORMED},
		{"\xef\xbb\xbf{}", VERDICT_MALFORMED},
	};

	(void)state;
	check_all(cases, COUNT(cases));
	assert_int_equal(jcs_check(bytes_of(NULL, 0)), VERDICT_MALFORMED);
	assert_int_equal(jcs_check(bytes_of("{}\0", 3)), VERDICT_MALFORMED);
	assert_int_equal(jcs_check(bytes_of("\"\0\"", 3)), VERDICT_MALFORMED);
}

static void
numbers_are_integers_of_53_bits_in_one_form(void **state)
{
	static const struct judged cases[] = {
		{"9007199254740991", VERDICT_OK},
		{"-9007199254740991", VERDICT_OK},
		{"-1", VERDICT_OK},
		{"10", VERDICT_OK},
		{"9007199254740992", VERDICT_NOT_CANONICAL},
		{"-9007199254740992", VERDICT_NOT_CANONICAL},
		{"99999999999999999999999999", VERDICT_NOT_CANONICAL},
		{"-0", VERDICT_NOT_CANONICAL},
		{"1.5", VERDICT_NOT_CANONICAL},
		{"1.0", VERDICT_NOT_CANONICAL},
		{"1e3", VERDICT_NOT_CANONICAL},
		{"1E3", VERDICT_NOT_CANONICAL},
		{"01", VERDICT_MALFORMED},
		{"00", VERDICT_MALFORMED},
		{"00.5", VERDICT_MALFORMED},
		{"-0.5", VERDICT_NOT_CANONICAL},
		{"+1", VERDICT_MALFORMED},
		{"-", VERDICT_MALFORMED},
		{"-a", VERDICT_MALFORMED},
		{".5", VERDICT_MALFORMED},
		{"0x10", VERDICT_MALFORMED},
		{"NaN", VERDICT_MALFORMED},
	};

	(void)state;
	check_all(cases, COUNT(cases));
}

static void
names_ascend_and_stand_once(void **state)
{
	static const struct judged cases[] = {
		{"{\"\":0}", VERDICT_OK},
		{"{\"\":0,\"A\":0,\"a\":0,\"aa\":0,\"ab\":0}", VERDICT_OK},
		{"{\"a b\":0,\"a~\":0}", VERDICT_OK},
		{"{\"a\":{\"b\":0},\"b\":{\"a\":0}}", VERDICT_OK},
		{"{\"b\":0,\"a\":0}", VERDICT_NOT_CANONICAL},
		{"{\"aa\":0,\"a\":0}", VERDICT_NOT_CANONICAL},
		{"{\"a\":0,\"a\":0}", VERDICT_NOT_CANONICAL},
		{"{\"\":0,\"\":0}", VERDICT_NOT_CANONICAL},
		{"{\"a\":0,\"B\":0}", VERDICT_NOT_CANONICAL},
		{"{\"\xc3\xa9\":0}", VERDICT_FORBIDDEN_CHARACTER},
		{"{\"a\\\"\":0}", VERDICT_FORBIDDEN_CHARACTER},
		{"{\"a\\n\":0}", VERDICT_FORBIDDEN_CHARACTER},
		{"{\"a\x7f\":0}", VERDICT_FORBIDDEN_CHARACTER},
		{"{\"a\n\":0}", VERDICT_MALFORMED},
		{"{\"a", VERDICT_MALFORMED},
	};

	(void)state;
	check_all(cases, COUNT(cases));
}

static void
strings_hold_plain_letters_and_four_escapes(void **state)
{
	static const struct judged cases[] = {
		{"\"\\\"\\\\\\n\\t\"", VERDICT_OK},
		{"\"/ \xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"", VERDICT_OK},
		{"\"\xe2\x80\xa7\"", VERDICT_OK}, /* U+2027 */
		{"\"\\/\"", VERDICT_NOT_CANONICAL},
		{"\"\\u0041\"", VERDICT_NOT_CANONICAL},
		{"\"\\b\"", VERDICT_FORBIDDEN_CHARACTER},
		{"\"\\f\"", VERDICT_FORBIDDEN_CHARACTER},
		{"\"\\r\"", VERDICT_FORBIDDEN_CHARACTER},
		{"\"\x7f\"", VERDICT_FORBIDDEN_CHARACTER},
		{"\"\xc2\x80\"", VERDICT_FORBIDDEN_CHARACTER},
		{"\"\xe2\x80\xa8\"", VERDICT_FORBIDDEN_CHARACTER}, /* U+2028 */
		{"\"\xe2\x80\xae\"", VERDICT_FORBIDDEN_CHARACTER}, /* U+202E */
		{"\"\xe2\x81\xa6\"", VERDICT_FORBIDDEN_CHARACTER}, /* U+2066 */
		{"\"\xef\xbf\xbf\"", VERDICT_FORBIDDEN_CHARACTER}, /* U+FFFF */
		{"\"\xed\xa0\x80\"", VERDICT_MALFORMED}, /* a surrogate */
		{"\"\xc3\"", VERDICT_MALFORMED},
		{"\"\xff\"", VERDICT_MALFORMED},
		{"\"\\x\"", VERDICT_MALFORMED},
		{"\"\\", VERDICT_MALFORMED},
		{"\"a", VERDICT_MALFORMED},
		{"\"\n\"", VERDICT_MALFORMED},
		{"\"\t\"", VERDICT_MALFORMED},
		{"\"a\"\"", VERDICT_MALFORMED},
	};

	(void)state;
	check_all(cases, COUNT(cases));
}

static void
sixteen_levels_are_read_and_not_one_more(void **state)
{
	static const char deepest[] = "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]";

	(void)state;
	assert_int_equal(jcs_check(bytes_of(deepest + 1, 2 * LIMIT_JSON_DEPTH)),
		VERDICT_OK);
	assert_int_equal(jcs_check(bytes_of_string(deepest)), VERDICT_TOO_DEEP);
}

/* What jansson makes of doc when it prints it again; NULL when it refuses. */
static char *
second_opinion(struct bytes doc)
{
	json_t *tree = json_loadb((const char *)doc.data, doc.len,
		JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
	char *text = tree == NULL
			     ? NULL
			     : json_dumps(tree, JSON_COMPACT | JSON_SORT_KEYS |
							JSON_ENCODE_ANY);

	json_decref(tree);
	return text;
}

/* Within the profile jansson prints canonical JSON too. */
static void
assert_prints_the_same(struct bytes doc)
{
	char *text = second_opinion(doc);

	assert_non_null(text);
	assert_true(bytes_equal(doc, bytes_of_string(text)));
	free(text);
}

static void
what_is_printed_is_canonical(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < 2000; i++) {
		struct writer w = {0};
		struct jcs_printer p = jcs_printer_of(&w);

		anyjson_value(&r, &p, (unsigned)rng_below(&r, 6));
		assert_int_equal(jcs_check(writer_view(&w)), VERDICT_OK);
		assert_prints_the_same(writer_view(&w));
		writer_clear(&w);
	}
}

static void
any_other_byte_is_refused_or_says_something_else_canonically(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < 30; i++) {
		struct writer w = {0};
		struct jcs_printer p = jcs_printer_of(&w);

		anyjson_object(&r, &p, 3);
		for (size_t at = 0; at < w.len; at++) {
			uint8_t was = w.data[at];

			for (unsigned c = 0; c < 256; c++) {
				w.data[at] = (uint8_t)c;
				if (jcs_check(writer_view(&w)) == VERDICT_OK)
					assert_prints_the_same(writer_view(&w));
			}
			w.data[at] = was;
		}
		writer_clear(&w);
	}
}

static void
a_document_cut_short_is_refused(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < 100; i++) {
		struct writer w = {0};
		struct jcs_printer p = jcs_printer_of(&w);

		anyjson_object(&r, &p, 3);
		for (size_t len = 0; len < w.len; len++)
			assert_int_equal(jcs_check(bytes_of(w.data, len)),
				VERDICT_MALFORMED);
		writer_clear(&w);
	}
}

static void
unescaping_gives_back_the_text(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < 1000; i++) {
		struct writer text = {0}, printed = {0}, again = {0};
		struct jcs_printer p = jcs_printer_of(&printed);

		anyjson_letters(&r, &text);
		jcs_string(&p, writer_view(&text));
		jcs_unescape(
			bytes_of(printed.data + 1, printed.len - 2), &again);
		assert_true(
			bytes_equal(writer_view(&text), writer_view(&again)));
		writer_clear(&text);
		writer_clear(&printed);
		writer_clear(&again);
	}
}

static void
ids_keys_and_bytes_are_printed_as_strings(void **state)
{
	static const uint8_t id[32] = {0xab, [31] = 0x01};
	struct writer w = {0};
	struct jcs_printer p = jcs_printer_of(&w);

	(void)state;
	jcs_begin_array(&p);
	jcs_id(&p, id);
	jcs_base64(&p, bytes_of(id, 4));
	jcs_did(&p, id);
	jcs_raw(&p, BYTES("{\"a\":[]}"));
	jcs_end_array(&p);
	assert_string_equal(writer_string(&w),
		"[\"ab000000000000000000000000000000000000000000000000000000"
		"00000001\",\"qwAAAA==\",\"did:key:z6Mkqxmm8wKsAX9YxnQJfrWBwZ"
		"165Etf9LfPYLemud2CAnqN\",{\"a\":[]}]");
	writer_clear(&w);
}

/*
 * RFC 8785 in its author's words: cyberphone/json-canonicalization, commit
 * 19d51d7fe467, testdata/output.  Documents within the profile stand; letters
 * outside it are refused by name, never repaired.
 */
static void
the_official_cases_stand_where_the_profile_allows_them(void **state)
{
	static const struct judged cases[] = {
		{"[56,{\"1\":[],\"10\":null,\"d\":true}]", VERDICT_OK},
		{"{\"Unnormalized Unicode\":\"A\u030a\"}", VERDICT_OK},
		{"{\"peach\":\"This sorting order\",\"p\u00e9ch\u00e9\":"
		 "\"is wrong according to French\"}",
			VERDICT_FORBIDDEN_CHARACTER},
		{"{\"\":\"empty\",\"1\":{\"f\":{\"F\":5,\"f\":\"hi\"}},"
		 "\"10\":{},\"111\":[{\"E\":\"no\",\"e\":\"yes\"}],"
		 "\"A\":{},\"a\":{}}",
			VERDICT_OK},
		{"{\"\":\"empty\",\"1\":{\"\\n\":56}}",
			VERDICT_FORBIDDEN_CHARACTER},
		{"[null,true,false]", VERDICT_OK},
		{"[333333333.3333333]", VERDICT_NOT_CANONICAL},
		{"[1e+30]", VERDICT_NOT_CANONICAL},
		{"[4.5,0.002,1e-27]", VERDICT_NOT_CANONICAL},
		{"[\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"]",
			VERDICT_NOT_CANONICAL},
		{"[\"\u20ac$\\nA'B\\\"\\\\\\\\\\\"/\"]", VERDICT_OK},
		{"{\"1\":\"One\",\"</script>\":\"Browser Challenge\"}",
			VERDICT_OK},
		{"{\"1\":\"One\",\"\u20ac\":\"Euro Sign\"}",
			VERDICT_FORBIDDEN_CHARACTER},
	};

	(void)state;
	check_all(cases, sizeof(cases) / sizeof(cases[0]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_official_cases_stand_where_the_profile_allows_them),
		cmocka_unit_test(
			the_whole_document_is_one_value_without_whitespace),
		cmocka_unit_test(numbers_are_integers_of_53_bits_in_one_form),
		cmocka_unit_test(names_ascend_and_stand_once),
		cmocka_unit_test(strings_hold_plain_letters_and_four_escapes),
		cmocka_unit_test(sixteen_levels_are_read_and_not_one_more),
		cmocka_unit_test(what_is_printed_is_canonical),
		cmocka_unit_test(
			any_other_byte_is_refused_or_says_something_else_canonically),
		cmocka_unit_test(a_document_cut_short_is_refused),
		cmocka_unit_test(unescaping_gives_back_the_text),
		cmocka_unit_test(ids_keys_and_bytes_are_printed_as_strings),
	};

	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
