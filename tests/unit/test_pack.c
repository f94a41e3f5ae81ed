#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ballots/base/pack.h"

static const enum pack_form forms[] = {PACK_GZIP, PACK_ZLIB};

static void
what_is_packed_comes_back(void **state)
{
	static const char *const texts[] = {"", "a", "abcabcabcabcabcabc"};

	(void)state;
	for (size_t f = 0; f < 2; f++)
		for (size_t i = 0; i < 3; i++) {
			struct bytes text = bytes_of_string(texts[i]);
			struct writer packed = {0}, out = {0};

			pack_put(forms[f], text, &packed);
			assert_int_equal(
				pack_open(forms[f], writer_view(&packed),
					text.len + 1, &out),
				VERDICT_OK);
			assert_true(bytes_equal(writer_view(&out), text));
			assert_int_equal(
				pack_open(forms[1 - f], writer_view(&packed),
					100, &out),
				VERDICT_MALFORMED);
			writer_clear(&packed);
			writer_clear(&out);
		}
}

static void
no_more_than_the_room_is_unpacked(void **state)
{
	uint8_t *zeros = test_calloc(1, 100000);
	struct writer packed = {0}, out = {0};

	(void)state;
	pack_put(PACK_ZLIB, bytes_of(zeros, 100000), &packed);
	assert_true(packed.len < 200);
	assert_int_equal(
		pack_open(PACK_ZLIB, writer_view(&packed), 99999, &out),
		VERDICT_TOO_LARGE);
	assert_int_equal(out.len, 0);
	assert_int_equal(
		pack_open(PACK_ZLIB, writer_view(&packed), 100000, &out),
		VERDICT_OK);
	assert_int_equal(out.len, 100000);
	writer_clear(&packed);
	writer_clear(&out);
	test_free(zeros);
}

static void
what_is_cut_off_changed_or_longer_is_refused(void **state)
{
	struct writer packed = {0}, out = {0};

	(void)state;
	pack_put(PACK_ZLIB, BYTES("twelve months, twelve reports"), &packed);
	for (size_t n = 0; n < packed.len; n++)
		assert_int_not_equal(
			pack_open(PACK_ZLIB,
				bytes_slice(writer_view(&packed), 0, n), 100,
				&out),
			VERDICT_OK);
	for (size_t i = 0; i < packed.len; i++) {
		packed.data[i] ^= 1;
		assert_int_not_equal(
			pack_open(PACK_ZLIB, writer_view(&packed), 100, &out),
			VERDICT_OK);
		packed.data[i] ^= 1;
	}
	writer_put_u8(&packed, 0);
	assert_int_equal(pack_open(PACK_ZLIB, writer_view(&packed), 100, &out),
		VERDICT_MALFORMED);
	assert_int_equal(out.len, 0);
	writer_clear(&packed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_packed_comes_back),
		cmocka_unit_test(no_more_than_the_room_is_unpacked),
		cmocka_unit_test(what_is_cut_off_changed_or_longer_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
