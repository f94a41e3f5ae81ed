#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/limits.h"
#include "ballots/base/mem.h"
#include "ballots/record/stamp.h"
#include "tests/lib/rng.h"

/* 64 zero bytes in base64. */
#define SIG                                                                    \
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"                         \
	"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="

static void
a_record_comes_back_as_it_went_in(void **state)
{
	struct rng r = rng_start();

	(void)state;
	for (int i = 0; i < 1000; i++) {
		uint8_t act[50];
		struct stamp s = {.time_s = rng_next(&r) >> (27 + i % 37),
			.act = bytes_of(act, (size_t)i % 50)};
		struct writer w = {0};
		struct stamp back;

		rng_fill(&r, act, sizeof(act));
		rng_fill(&r, s.sig, sizeof(s.sig));
		stamp_encode(&s, &w);
		assert_int_equal(
			stamp_decode(writer_view(&w), &back), VERDICT_OK);
		assert_int_equal(back.time_s, s.time_s);
		assert_memory_equal(back.sig, s.sig, sizeof(s.sig));
		assert_true(bytes_equal(back.act, s.act));
		writer_clear(&w);
	}
}

static void
the_stamp_has_one_form(void **state)
{
	static const char *const bad[] = {
		"",
		"7",
		"7 ",
		"7 " SIG,
		" " SIG "\n{}",
		"07 " SIG "\n{}",
		"-7 " SIG "\n{}",
		"+7 " SIG "\n{}",
		"7  " SIG "\n{}",
		"7\t" SIG "\n{}",
		"7 " SIG " {}",
		"7 " SIG "\r\n{}",
		"7 A" SIG "\n{}",
		"7 \n{}",
		"253402300800 " SIG "\n{}",
		"99999999999999999999 " SIG "\n{}",
	};
	struct stamp s;

	(void)state;
	assert_int_equal(stamp_decode(BYTES("0 " SIG "\n"), &s), VERDICT_OK);
	assert_int_equal(stamp_decode(BYTES("253402300799 " SIG "\n{}"), &s),
		VERDICT_OK);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(stamp_decode(bytes_of_string(bad[i]), &s),
			VERDICT_MALFORMED);
}

static void
a_signature_is_canonical_base64(void **state)
{
	char record[] = "7 " SIG "\n{}";
	struct stamp s;

	(void)state;
	/* The last digit carries four bits that no byte has. */
	record[2 + 85] = 'B';
	assert_int_equal(
		stamp_decode(bytes_of_string(record), &s), VERDICT_MALFORMED);
	record[2 + 85] = 'Q';
	assert_int_equal(stamp_decode(bytes_of_string(record), &s), VERDICT_OK);
}

static void
every_byte_of_the_stamp_counts(void **state)
{
	char record[] = "1767225600 " SIG "\n{}";
	size_t stamp_len = sizeof("1767225600 " SIG "\n") - 1;

	(void)state;
	for (size_t at = 0; at < stamp_len; at++) {
		char was = record[at];

		for (unsigned c = 0; c < 256; c++) {
			struct writer w = {0};
			struct stamp s;

			record[at] = (char)c;
			if (stamp_decode(bytes_of(record, sizeof(record) - 1),
				    &s) != VERDICT_OK)
				continue;
			stamp_encode(&s, &w);
			assert_true(bytes_equal(writer_view(&w),
				bytes_of(record, sizeof(record) - 1)));
			writer_clear(&w);
		}
		record[at] = was;
	}
}

static void
what_is_larger_than_a_record_may_be_is_refused(void **state)
{
	static const uint8_t act[LIMIT_RECORD_BYTES];
	struct stamp s = {.time_s = 1, .act = bytes_of(act, LIMIT_ACT_BYTES)};
	struct writer w = {0};

	(void)state;
	stamp_encode(&s, &w);
	assert_int_equal(stamp_decode(writer_view(&w), &s), VERDICT_OK);
	writer_put_u8(&w, ' ');
	assert_int_equal(stamp_decode(writer_view(&w), &s), VERDICT_TOO_LARGE);
	assert_int_equal(
		stamp_decode(bytes_of(act, LIMIT_RECORD_BYTES + 1), &s),
		VERDICT_TOO_LARGE);
	writer_clear(&w);
}

static void
a_refusal_leaves_the_output_alone(void **state)
{
	struct stamp s = {.time_s = 42};

	(void)state;
	assert_int_equal(
		stamp_decode(BYTES("7 " SIG " {}"), &s), VERDICT_MALFORMED);
	assert_int_equal(s.time_s, 42);
}

static void
a_signature_fits_one_act_and_one_key(void **state)
{
	static const uint8_t seed[CRYPT_SEED] = {1},
			     other_seed[CRYPT_SEED] = {2};
	uint8_t key[CRYPT_KEY], other[CRYPT_KEY], secret[CRYPT_SECRET];
	uint8_t sig[CRYPT_SIG];

	(void)state;
	crypt_pair(other_seed, other, secret);
	crypt_pair(seed, key, secret);
	stamp_sign(BYTES("{}"), secret, sig);
	assert_true(stamp_verify(BYTES("{}"), key, sig));
	assert_false(stamp_verify(BYTES("[]"), key, sig));
	assert_false(stamp_verify(BYTES("{}"), other, sig));
	/* The purpose line is part of what is signed. */
	assert_true(
		crypt_verify(key, BYTES(""), BYTES("union-act/v1\n{}"), sig));
}

static void
the_id_of_an_act_is_its_hash(void **state)
{
	/* printf '{}' | sha256sum */
	static const uint8_t begins[] = {0x44, 0x13, 0x6f, 0xa3};
	uint8_t id[CRYPT_HASH];

	(void)state;
	stamp_act_id(BYTES("{}"), id);
	assert_memory_equal(id, begins, sizeof(begins));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_comes_back_as_it_went_in),
		cmocka_unit_test(the_stamp_has_one_form),
		cmocka_unit_test(a_signature_is_canonical_base64),
		cmocka_unit_test(every_byte_of_the_stamp_counts),
		cmocka_unit_test(
			what_is_larger_than_a_record_may_be_is_refused),
		cmocka_unit_test(a_refusal_leaves_the_output_alone),
		cmocka_unit_test(a_signature_fits_one_act_and_one_key),
		cmocka_unit_test(the_id_of_an_act_is_its_hash),
	};

	if (!crypt_init())
		return 1;
	return rng_report(cmocka_run_group_tests(tests, NULL, NULL));
}
