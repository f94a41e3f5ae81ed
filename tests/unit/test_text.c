#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/coding.h"
#include "ballots/record/text.h"

static void
a_text_is_one_to_65535_bytes_of_plain_letters(void **state)
{
	static char longest[LIMIT_TEXT_BYTES + 1];

	(void)state;
	memset(longest, 'a', sizeof(longest));
	assert_int_equal(text_check(BYTES("a")), VERDICT_OK);
	assert_int_equal(text_check(BYTES("\"\\\n\t\xc3\xa9")), VERDICT_OK);
	assert_int_equal(
		text_check(bytes_of(longest, LIMIT_TEXT_BYTES)), VERDICT_OK);
	assert_int_equal(text_check(bytes_of(longest, sizeof(longest))),
		VERDICT_TOO_LARGE);
	assert_int_equal(text_check(BYTES("")), VERDICT_MALFORMED);
	assert_int_equal(text_check(BYTES("a\xff")), VERDICT_MALFORMED);
	assert_int_equal(
		text_check(BYTES("a\r\n")), VERDICT_FORBIDDEN_CHARACTER);
	assert_int_equal(text_check(BYTES("a\xe2\x80\xae")),
		VERDICT_FORBIDDEN_CHARACTER);
}

static void
the_hash_covers_purpose_salt_and_text(void **state)
{
	/* (printf 'union-text/v1\n'; head -c32 /dev/zero; printf 'Strike!') |
	 * sha256sum */
	static const char expected[] = "4e6dfcf01cd23b72992c165edabfa299e8c3c0c"
				       "bfafc3d7e113f32b25a4d0dd6";
	uint8_t salt[LIMIT_TEXT_SALT] = {0}, known[32], out[32];

	(void)state;
	assert_true(coding_read_hex(bytes_of_string(expected), known, 32));
	text_hash(salt, BYTES("Strike!"), out);
	assert_memory_equal(out, known, 32);
	salt[31] = 1;
	text_hash(salt, BYTES("Strike!"), out);
	assert_memory_not_equal(out, known, 32);
}

static void
language_tags_are_parts_between_hyphens(void **state)
{
	static const char *const good[] = {"en", "ckb", "zh-Hant", "es-419",
		"de-CH-1901", "sr-Latn-RS", "x-private"};
	static const char *const bad[] = {"", "-", "en-", "-en", "en--us",
		"en_US", "e n", "12", "abcdefghi", "en-abcdefghi", "\xc3\xa9",
		"@", "en-[", "aa-bb-cc-dd-ee-ff-gg-hh-ii-jj-kk-lll"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(text_language_ok(bytes_of_string(good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(text_language_ok(bytes_of_string(bad[i])));
}

static void
all_texts_that_an_act_names_are_found(void **state)
{
	struct bytes rest = BYTES(
		"{\"options\":[{\"effects\":[{\"do\":\"topic\",\"texts\":[{"
		"\"hash\":"
		"\"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\",\"lang\":"
		"\"en\"}"
		"]}],\"texts\":[]}],\"say\":\"{\\\"hash\\\":\\\"\",\"texts\":[{"
		"\"hash\":\"AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=\","
		"\"lang\":\"ar\"}]}");
	uint8_t hash[32];

	(void)state;
	assert_true(text_next(&rest, hash));
	assert_int_equal(hash[0], 1);
	assert_true(text_next(&rest, hash));
	assert_int_equal(hash[31], 2);
	assert_false(text_next(&rest, hash));
	assert_false(text_next(&rest, hash));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_one_to_65535_bytes_of_plain_letters),
		cmocka_unit_test(the_hash_covers_purpose_salt_and_text),
		cmocka_unit_test(language_tags_are_parts_between_hyphens),
		cmocka_unit_test(all_texts_that_an_act_names_are_found),
	};

	return crypt_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
